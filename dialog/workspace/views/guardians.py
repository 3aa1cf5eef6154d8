"""Who acts for a patient: a doctor decides it where the patient cannot; the office can end it."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor, Area
from dialog.conversations.policy import Kind
from dialog.conversations.texts import KIND
from dialog.errors import NotFound
from dialog.people import actions, queries, texts
from dialog.people.policy import (
    EndReason,
    GuardianBasis,
    ProxyKind,
    last_day,
    may_appoint,
    may_manage_office,
)
from dialog.people.queries import Person, Representative
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip
from dialog.workspace.said import said, say

MOST = 2000
MEANS = {
    GuardianBasis.GUARDIAN: gettext_lazy(
        "Vedtaket fra Statsforvalteren sier at det gjelder helse."
    ),
    GuardianBasis.FUTURE_POWER: gettext_lazy("Den er trådt i kraft, og sier at den gjelder helse."),
    GuardianBasis.NEXT_OF_KIN: gettext_lazy(
        "Lege har vurdert at pasienten mangler samtykkekompetanse for det dette gjelder."
    ),
}


class GuardianForm(Form):
    """Who it is, on what ground, in what, and until when."""

    identity_number = fields.Line(
        label=gettext_lazy("Fødselsnummer til den som skal handle for pasienten"),
        help_text=gettext_lazy("11 siffer."),
        inputmode="numeric",
        max_length=20,
    )
    family_name = fields.Line(
        label=gettext_lazy("Etternavn"),
        help_text=gettext_lazy("Nummer og etternavn må passe sammen."),
        max_length=100,
    )
    basis = fields.Choice(
        label=gettext_lazy("Hva bygger dere på?"),
        choices=fields.options(
            (one, texts.GUARDIAN_BASIS[one], MEANS[one]) for one in GuardianBasis
        ),
    )
    explanation = fields.Words(
        label=gettext_lazy("Begrunnelse"),
        help_text=gettext_lazy(
            "Hva er vurdert, av hvem, og hvor ligger dokumentet? Pasienten kan lese dette."
        ),
        max_length=MOST,
    )
    areas = fields.Choices(
        label=gettext_lazy("Hva skal personen kunne gjøre for pasienten?"),
        help_text=gettext_lazy("Ikke mer enn det som er bestemt."),
        choices=[(str(area), KIND[Kind(area)]) for area in Area],
    )
    last = fields.Day(
        label=gettext_lazy("Siste dag det gjelder"),
        help_text=gettext_lazy("Inntil fem år. Det kan avsluttes når som helst."),
    )

    def clean_areas(self) -> list[Area]:
        """The services, as people know them."""
        return [Area(one) for one in self.cleaned_data["areas"]]

    def clean_basis(self) -> GuardianBasis:
        """The ground itself."""
        return GuardianBasis(self.cleaned_data["basis"])


class EndForm(Form):
    """Why it is to end."""

    reason = fields.Choice(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Pasienten kan lese dette i loggen sin."),
        choices=[(str(one), texts.END_REASON[one]) for one in EndReason],
    )

    def clean_reason(self) -> EndReason:
        """The reason itself."""
        return EndReason(self.cleaned_data["reason"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One who acts for the patient, as the page says it."""

    name: str
    about: list[str]
    explanation: str
    end: str


def guardians(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Those who act for the patient, and for doctors room for one more who decides in the
    patient's place.
    """
    by = acting(request)
    patient = _patient(by, patient_uuid)
    decides = may_appoint(by)
    form = GuardianForm(request.POST or None)
    form.fields["last"].widget.attrs["max"] = last_day(queries.today()).isoformat()
    if form.is_bound:
        submit(form, partial(actions.appoint_guardian, by=by, patient_uuid=patient_uuid))
        if form.done:
            say(request, _("Det er registrert, og gjelder fra nå."))
            return redirect("workspace:guardians", patient_uuid)
    return show(
        request,
        "workspace/guardians.html",
        form,
        strip=strip(patient),
        found=[_shown(by, patient_uuid, one) for one in queries.representatives_of(by, patient.id)],
        decides=decides,
        said=said(request),
        lanes=lanes(by),
        back_to=reverse("workspace:patient", args=[patient_uuid]),
        back_words=patient.name,
    )


def end_acting(request: HttpRequest, patient_uuid: UUID, proxy_uuid: UUID) -> HttpResponse:
    """Stop somebody from acting for the patient, after saying why."""
    by = acting(request)
    patient = _patient(by, patient_uuid)
    found = {one.proxy_uuid: one for one in queries.representatives_of(by, patient.id)}
    if proxy_uuid not in found or not may_manage_office(by):
        raise NotFound
    back = reverse("workspace:guardians", args=[patient_uuid])
    form = EndForm(request.POST or None)
    if form.is_bound:
        act = partial(actions.end_acting, by=by, patient_uuid=patient_uuid, proxy_uuid=proxy_uuid)
        submit(form, act)
        if form.done:
            say(request, _("Det er avsluttet."))
            return redirect(back)
    return show(
        request,
        "ui/confirm.html",
        form,
        layout="ui/workspace_page.html",
        heading=_("Skal %(name)s ikke lenger handle for %(patient)s?")
        % {"name": found[proxy_uuid].name, "patient": patient.name},
        sentences=[
            _("Det gjelder med en gang. Det som allerede er sendt, er ikke borte."),
            _("Begge ser under Fullmakter at det ikke gjelder lenger."),
        ],
        yes=_("Ja, avslutt"),
        no=_("Nei, la det stå"),
        no_href=back,
        dangerous=True,
    )


def _patient(by: Actor, patient_uuid: UUID) -> Person:
    """Somebody on a list here; a look that the patient can read about."""
    patient = actions.look_up_patient(by=by, patient_uuid=patient_uuid)
    if not queries.on_a_list_here(by, patient.id):
        raise NotFound
    return patient


def _shown(by: Actor, patient_uuid: UUID, one: Representative) -> Shown:
    period = {"since": dates.day(one.since), "last": dates.day(one.last) if one.last else ""}
    end = reverse("workspace:end_acting", args=[patient_uuid, one.proxy_uuid])
    areas = ", ".join(str(KIND[Kind(area)]) for area in one.areas)
    how_long = _("Fra %(since)s til og med %(last)s") if one.last else _("Fra %(since)s")
    about = [_decided(one), "" if one.kind is ProxyKind.PARENT else areas, how_long % period]
    return Shown(
        name=one.name,
        about=[line for line in about if line],
        explanation=one.ground.explanation if one.ground else "",
        end=end if may_manage_office(by) else "",
    )


def _decided(one: Representative) -> str:
    if one.kind is ProxyKind.MANDATE:
        return _("Fullmakt. Pasienten har gitt den.")
    if one.kind is ProxyKind.PARENT:
        return _("Forelder. Et legekontor har registrert dette.")
    if one.ground is None:
        return _("Et annet legekontor har registrert dette.")
    return _("%(basis)s. %(doctor)s bestemte det.") % {
        "basis": texts.GUARDIAN_BASIS[one.ground.basis],
        "doctor": one.ground.decided_by,
    }
