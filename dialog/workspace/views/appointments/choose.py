"""Choosing a time for a patient: a free one, or any other; to give, propose or move to."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.policy import APPOINTMENT, MeetingType, Step
from dialog.errors import WrongState
from dialog.people import queries as people
from dialog.people.policy import NotificationKind
from dialog.people.queries import Clinician
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact
from dialog.working_days import local
from dialog.workspace.onward import onward
from dialog.workspace.reach import reach_of
from dialog.workspace.times import (
    buttons,
    clinician_from,
    day_from,
    meetings,
    time_facts,
    uuid_from,
    wish_facts,
)

DAYS = 14
GIVE, PROPOSE = "give", "propose"
HOW = fields.options(
    [
        (GIVE, gettext_lazy("Gi timen med en gang"), gettext_lazy("Pasienten får den bekreftet.")),
        (
            PROPOSE,
            gettext_lazy("Foreslå timen"),
            gettext_lazy("Den holdes av til du får svar."),
        ),
    ]
)


class TimeForm(Form):
    """A free time, or a day and clock of one's own; and what goes with it."""

    how = fields.Choice(label=gettext_lazy("Hva vil du gjøre?"), choices=HOW, initial=GIVE)
    meeting = fields.Select(label=gettext_lazy("Hvordan skal dere møtes?"), required=False)
    text = fields.Words(
        label=gettext_lazy("Noen ord til pasienten"),
        max_length=APPOINTMENT.longest,
        required=False,
        rows=2,
    )
    day = fields.Day(label=gettext_lazy("Dag"), required=False)
    starts = fields.Clock(label=gettext_lazy("Klokka"), required=False)
    minutes = fields.Number(
        label=gettext_lazy("Antall minutter"),
        help_text=gettext_lazy("Lar du det stå tomt, brukes den vanlige lengden."),
        required=False,
    )
    overbook_because = fields.Line(
        label=gettext_lazy("Hvorfor dobbeltbooker du?"),
        help_text=gettext_lazy("Bare når det allerede er noe da. Pasienten ser det ikke."),
        required=False,
        max_length=200,
    )
    seen = fields.Hidden(required=False)

    def fit(self, *, moving: bool) -> None:
        """Ask only what there is to choose: who moves does not change how one meets."""
        choices = [("", _("Som timen er laget for")), *meetings()]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]  # a Select
        if moving:
            del self.fields["how"], self.fields["meeting"]

    def clean(self) -> dict[str, Any]:
        """The same, as the actions want it."""
        said = dict(self.cleaned_data)
        slot_id = uuid_from(str(self.data.get("time", "")))
        day, clock = said.pop("day", None), said.pop("starts", None)
        if slot_id is None and not (day and clock):
            self.add_error("starts" if day else "day", _("Velg dag og klokkeslett."))
            return said
        seen = str(said.pop("seen", ""))
        if "meeting" in said:
            said["meeting"] = MeetingType(said["meeting"]) if said["meeting"] else None
        return {
            **said,
            "slot_id": slot_id,
            "starts": None if slot_id or not (day and clock) else local(day, clock),
            "minutes": None if slot_id else said.get("minutes"),
            "seen": int(seen) if seen.isdecimal() else None,
        }


def answer_otherwise(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Answer a wish with any time, or change a proposal."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    if not one.steps & {Step.OFFER, Step.GIVE}:
        raise WrongState
    facts = time_facts(one) if one.starts else wish_facts(one)
    return _choose(
        request,
        partial(_give_or_propose, by=by, conversation_id=conversation_id),
        heading=_("Velg time til %(name)s") % {"name": one.patient_name},
        facts=facts,
        back=reverse("workspace:conversation", args=[conversation_id]),
        onward_from=conversation_id,
    )


def give(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Give a patient a time without having been asked."""
    by = acting(request)
    patient = people.patient_for(by, patient_uuid)
    return _choose(
        request,
        partial(_give_or_propose, by=by, patient=patient_uuid),
        heading=_("Gi time til %(name)s") % {"name": patient.name},
        facts=[
            Fact(name=_("Født"), value=dates.numeric(patient.born)),
            Fact(name=_("SMS om timen"), value=_told_of_it(patient)),
        ],
        back=reverse("workspace:patient", args=[patient_uuid]),
    )


def _told_of_it(patient: people.Person) -> str:
    """Whether the patient gets to know by SMS, and why not, before the time is given (R9)."""
    reach = reach_of(patient, NotificationKind.APPOINTMENT)
    if reach.told:
        return _("Pasienten får SMS.")
    return " ".join((_("Nei."), *reach.why, _("Si fra på telefon eller i brev.")))


def _give_or_propose(*, by: Actor, how: str, **said: Any) -> object:
    act = actions.propose_time if how == PROPOSE else actions.give_time
    return act(by=by, **said)


def move(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Move an appointment to another time; the old one is kept until the new one holds (R72)."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    if Step.MOVE not in one.steps:
        raise WrongState
    return _choose(
        request,
        partial(actions.move, by=by, conversation_id=conversation_id),
        heading=_("Flytt timen til %(name)s") % {"name": one.patient_name},
        facts=time_facts(one)[:2],
        back=reverse("workspace:conversation", args=[conversation_id]),
        onward_from=conversation_id,
        moving=True,
    )


def _choose(
    request: HttpRequest,
    act: Callable[..., Any],
    *,
    heading: str,
    facts: list[Fact],
    back: str,
    onward_from: UUID | None = None,
    moving: bool = False,
) -> HttpResponse:
    by = acting(request)
    whose = clinician_from(request, by)
    form = TimeForm(request.POST if request.method == "POST" else None)
    form.fit(moving=moving)
    if form.is_bound:
        made = submit(form, partial(_with, act, whose))
        if made is not None:
            return _done(request, form, made, onward_from, moving=moving)
    first = day_from(request)
    return show(
        request,
        "workspace/appointments/choose.html",
        form,
        heading=heading,
        facts=facts,
        whose=whose,
        everybody=people.clinicians_of_practice(by),
        first=first,
        days=buttons(queries.office_slots(by, practitioner=whose.uuid, first=first, days=DAYS)),
        moving=moving,
        back_to=back,
    )


def _with(act: Callable[..., Any], whose: Clinician, **said: Any) -> Any:
    """A published time says itself whose it is."""
    chosen = {} if said["slot_id"] else {"practitioner": whose.uuid}
    return act(**said, **chosen)


def _done(
    request: HttpRequest, form: Form, made: Any, onward_from: UUID | None, *, moving: bool
) -> HttpResponse:
    if onward_from is None or moving:
        return redirect("workspace:conversation", made.conversation_id)
    proposed = form.cleaned_data.get("how") == PROPOSE
    return onward(
        request,
        onward_from,
        _("Forslaget er sendt til pasienten.") if proposed else _("Pasienten har fått timen."),
    )
