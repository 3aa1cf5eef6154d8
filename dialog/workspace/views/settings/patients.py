"""Who is on a list: one patient by hand, and a patient who moves or leaves (R191)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.people import actions, queries
from dialog.people.queries import ListOwner
from dialog.ui import fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page
from dialog.workspace.views.settings.followed import answered

LEAVES = "slutter"


class PatientForm(Form):
    """One patient, as the office knows them."""

    identity_number = fields.Line(
        label=_("Fødselsnummer"), help_text=_("11 siffer"), inputmode="numeric", max_length=20
    )
    given_name = fields.Line(label=_("Fornavn og mellomnavn"), max_length=100)
    family_name = fields.Line(label=_("Etternavn"), max_length=100)
    phone = fields.Phone(
        label=_("Mobiltelefon"),
        help_text=_("Pasienten får SMS om nye meldinger hit."),
        required=False,
        max_length=20,
    )
    email = fields.Email(label=_("E-post"), required=False)


def list_patients(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Put one patient on a list; whoever is on another office's list is asked first."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    form = PatientForm(request.POST or None)
    if form.is_bound:
        taken = submit(form, partial(actions.take_on, by=by, list_id=owner.list_id))
        if taken is not None:
            words = (
                _("Pasienten står på en annen liste, og blir spurt når hun eller han logger inn.")
                if taken.asked
                else _("Pasienten er lagt på listen.")
            )
            return done(request, words, "workspace:list_patients", list_uuid)
    return page(
        request,
        "patients",
        form,
        owner=owner,
        many=queries.patients_by_list(by).get(owner.list_id, 0),
        back_to=reverse("workspace:lists"),
        back_words=_("Pasientlister"),
    )


class MoveForm(Form):
    """Where a patient goes."""

    to = fields.Choice(label=_("Hva skjer?"))

    def __init__(self, lists: list[ListOwner], *args: Any) -> None:
        super().__init__(*args)
        others = (
            (str(one.list_id), _now("Til listen til %(name)s") % {"name": one.name}, "")
            for one in lists
        )
        self.fields["to"].choices = fields.options(  # type: ignore[attr-defined]  # a Choice
            [
                *others,
                (
                    LEAVES,
                    _("Slutter her"),
                    _("Bytter til et annet legekontor, eller flytter bort."),
                ),
            ]
        )


def patients_list(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Move a patient to another list here, or register that they leave."""
    by = managing(request)
    patient = queries.patient_for(by, patient_uuid)
    now = queries.list_of(patient.id)
    others = [one for one in queries.lists_of_practice(by) if not now or one.list_id != now.list_id]
    form = MoveForm(others, request.POST or None)
    if now is None:
        form.fields["to"].choices = form.fields["to"].choices[:-1]  # type: ignore[attr-defined]
    if form.is_bound and submit(form, partial(_move, by, patient.id)):
        words = _("Listen er endret. Samtaler som er i gang, gjøres ferdig der de begynte.")
        return done(request, words, "workspace:patients_list", patient_uuid)
    return page(
        request,
        "patients_list",
        form,
        patient=patient,
        now=now,
        answered=answered(by, patient.id),
        back_to=reverse("workspace:inbox"),
        back_words=_("Innboks"),
    )


def _move(by: Any, patient_id: int, to: str) -> bool:
    if to == LEAVES:
        actions.leave_list(by=by, patient_id=patient_id)
    else:
        actions.assign_gp(by=by, patient_id=patient_id, list_id=int(to))
    return True


def take_back_gp_change(request: HttpRequest, change_uuid: UUID) -> HttpResponse:
    """Stop asking a patient who has not answered."""
    actions.take_back_gp_change(by=managing(request), change_uuid=change_uuid)
    return done(request, _("Pasienten blir ikke spurt."), "workspace:lists")
