"""Fullmakter: letting somebody act for oneself, and ending it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor, Area, Role
from dialog.conversations.policy import Kind
from dialog.conversations.texts import KIND
from dialog.errors import NotFound
from dialog.people import actions, queries, texts
from dialog.people.policy import ProxyKind, is_young
from dialog.people.queries import Mandate
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit

SAVED = {
    "gitt": gettext_lazy("Fullmakten er gitt. Den gjelder fra nå."),
    "avsluttet": gettext_lazy("Fullmakten er avsluttet. Den gjelder ikke lenger."),
}


class MandateForm(Form):
    """To whom, for what, and for how long."""

    identity_number = fields.Line(
        label=gettext_lazy("Fødselsnummer til den som skal få fullmakt"),
        help_text=gettext_lazy("11 siffer. Spør personen om du er i tvil."),
    )
    family_name = fields.Line(
        label=gettext_lazy("Etternavn til den som skal få fullmakt"),
        help_text=gettext_lazy("Nummer og etternavn må passe sammen."),
    )
    areas = fields.Choices(
        label=gettext_lazy("Hva skal personen kunne gjøre for deg?"),
        help_text=gettext_lazy(
            "Personen ser da også det du og legekontoret har skrevet i dette før."
        ),
        choices=[(str(area), KIND[Kind(area)]) for area in Area],
    )
    last = fields.Day(
        label=gettext_lazy("Siste dag fullmakten gjelder"),
        required=False,
        help_text=gettext_lazy("La feltet stå tomt hvis den skal gjelde til du avslutter den."),
    )

    def clean_areas(self) -> list[Area]:
        """The services, as people know them."""
        return [Area(one) for one in self.cleaned_data["areas"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One mandate as it stands on the page."""

    name: str
    what: str
    how_long: str
    stopped: bool
    end: str
    decided: str = ""
    explanation: str = ""


def mandates(request: HttpRequest) -> HttpResponse:
    """Who acts for oneself, for whom one acts, and what has ended (R23)."""
    by = acting(request)
    if by.role is not Role.PATIENT:
        return show(request, "portal/mandates_of_another.html", back_to=reverse("portal:home"))
    mine = queries.mandates(by)
    return show(
        request,
        "portal/mandates.html",
        given=_shown(one for one in mine.given if not one.over),
        received=_shown(one for one in mine.received if not one.over),
        ended=_shown(one for one in (*mine.given, *mine.received) if one.over),
        young=_young(by),
        saved=SAVED.get(request.GET.get("lagret", ""), ""),
        back_to=reverse("portal:settings"),
    )


def give(request: HttpRequest) -> HttpResponse:
    """Give somebody a mandate."""
    by = acting(request)
    if by.role is not Role.PATIENT or _young(by):
        return redirect("portal:mandates")
    form = MandateForm(request.POST) if request.method == "POST" else MandateForm()
    form.fields["last"].widget.attrs["min"] = (queries.today() + timedelta(days=1)).isoformat()
    if request.method == "POST":
        submit(form, partial(actions.give_mandate, by=by))
        if form.done:
            return redirect(f"{reverse('portal:mandates')}?lagret=gitt")
    return show(request, "portal/mandate_give.html", form, back_to=reverse("portal:mandates"))


def end(request: HttpRequest, mandate_uuid: UUID) -> HttpResponse:
    """End a mandate, from either side."""
    by = acting(request)
    one, given = queries.mandate(by, mandate_uuid)
    if not one.may_end:
        raise NotFound
    form = Form(request.POST) if request.method == "POST" else Form()
    if request.method == "POST":
        submit(form, partial(actions.revoke_proxy, by=by, proxy_uuid=mandate_uuid))
        if form.done:
            return redirect(f"{reverse('portal:mandates')}?lagret=avsluttet")
    return show(
        request,
        "ui/confirm.html",
        form,
        heading=_("Vil du avslutte fullmakten?"),
        sentences=[
            _("%(name)s kan da ikke lenger se eller gjøre noe for deg her.") % {"name": one.name}
            if given
            else _("Du kan da ikke lenger se eller gjøre noe for %(name)s her.")
            % {"name": one.name},
            _("Det gjelder med en gang. Det som allerede er sendt, er ikke borte."),
        ],
        yes=_("Avslutt fullmakten"),
        no=_("Behold den"),
        no_href=reverse("portal:mandates"),
        dangerous=True,
        back_to=reverse("portal:mandates"),
    )


def _young(by: Actor) -> bool:
    return is_young(queries.the_patient(by).born, queries.today())


def _shown(found: Iterable[Mandate]) -> list[Shown]:
    return [
        Shown(
            name=one.name,
            what=_what(one),
            how_long=_how_long(one),
            stopped=one.stopped and not one.over,
            end=reverse("portal:mandate_end", args=[one.uuid]) if one.may_end else "",
            decided=_decided(one),
            explanation=one.ground.explanation if one.ground else "",
        )
        for one in found
    ]


def _what(one: Mandate) -> str:
    kind = str(texts.GUARDIAN_BASIS[one.ground.basis] if one.ground else texts.PROXY[one.kind])
    if one.kind is ProxyKind.PARENT:
        return kind
    return f"{kind}: {', '.join(str(KIND[Kind(area)]) for area in one.areas)}"


def _decided(one: Mandate) -> str:
    if one.ground is None:
        return ""
    return _("%(doctor)s har bestemt dette. Er du uenig, ring legekontoret.") % {
        "doctor": one.ground.decided_by
    }


def _how_long(one: Mandate) -> str:
    since = dates.day(one.since)
    if one.last is None:
        return _("Fra %(since)s til en av dere avslutter") % {"since": since}
    return _("Fra %(since)s til og med %(last)s") % {"since": since, "last": dates.day(one.last)}
