"""What a patient does to get a time: take a free one, or ask in words."""

from collections.abc import Iterable
from datetime import date
from typing import NoReturn
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.appointments import texts
from dialog.appointments.actions.giving_back import end_at_the_former_gps
from dialog.appointments.actions.holding import (
    Place,
    known_weekdays,
    lock_patient,
    meeting_in,
    must_be_free,
    slot_to_take,
    the_constraint_decides,
)
from dialog.appointments.actions.wording import begun_with, fact
from dialog.appointments.events import (
    AppointmentBooked,
    AppointmentRequested,
    AppointmentReserved,
)
from dialog.appointments.models import Appointment, Schedule, Slot
from dialog.appointments.policy import TO_COME, AppointmentStatus, DayPart, MeetingType
from dialog.appointments.queries.rules import open_since, open_until
from dialog.conversations import actions as conversations
from dialog.conversations import queries as services
from dialog.conversations.policy import Feature, Kind, Status
from dialog.conversations.switches import wanted
from dialog.errors import InvalidInput, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action, once_more_on_deadlock
from dialog.statements import answers, keep


@once_more_on_deadlock
@action
def book_slot(
    *,
    by: Actor,
    slot_id: UUID,
    text: str = "",
    meeting: MeetingType | None = None,
    continues_id: UUID | None = None,
) -> Appointment:
    """Take a free time (R60); if somebody was a moment faster, nothing has happened (R63).

    Where the record system must say yes it is kept for the patient meanwhile, and is not booked.
    """
    owner = _list_of(by)
    place = may_take(by, owner, slot_id, meeting)
    _must_have_room(by, place.schedule)
    must_be_free(place.practitioner_id, place.period)
    elsewhere = place.schedule.confirmed_elsewhere
    conversation = conversations.start(
        by=by,
        kind=Kind.APPOINTMENT,
        patient_id=by.patient,
        text=text,
        status=Status.WITH_PRACTICE if elsewhere else Status.RESTING,
        continues_id=continues_id,
        offered_by=owner,
    )
    end_at_the_former_gps(by, continues_id, conversation.patient_list_id)
    booked = begun_with(by, conversation)
    booked.status = AppointmentStatus.PENDING if elsewhere else AppointmentStatus.BOOKED
    booked.unconfirmed = elsewhere
    place.fill(booked)
    with the_constraint_decides():
        keep(booked)
    record(
        by,
        AppointmentReserved(**fact(booked))
        if elsewhere
        else AppointmentBooked(side=by.side, **fact(booked)),
    )
    return booked


def _list_of(by: Actor) -> people.ListOwner:
    owner = people.list_of(by.patient) if by.side is Side.PATIENT else None
    if owner is None:
        raise services.on_no_list(by.patient)
    return owner


def place_to_move_to(by: Actor, slot_id: UUID) -> Place:
    """Where a patient may move an appointment to: what they may take without asking first."""
    place = may_take(by, _list_of(by), slot_id)
    if place.schedule.confirmed_elsewhere:
        raise WrongState(texts.NOT_MOVED_HERE)
    return place


def may_take(
    by: Actor, owner: people.ListOwner, slot_id: UUID, meeting: MeetingType | None = None
) -> Place:
    """A published time this patient may take now; it and the switches stay as they are."""
    slot = slot_to_take(slot_id)
    schedule = slot.schedule
    met, closed = answers(
        people.may_be_met(owner.list_id, schedule.practitioner_id),
        people.days_closed(schedule.practice_id),
    )
    if not met:
        _only_the_office_gives(owner, schedule)
    asked = wanted(Kind.APPOINTMENT, young=by.young)
    services.must_offer(owner.list_id, *asked, Feature.DIRECT_BOOKING)
    _must_be_open(schedule, slot)
    return Place(
        schedule=schedule,
        type=slot.type,
        meeting=meeting_in(slot.type, meeting),
        period=slot.period,
        slot_id=slot.id,
        closed=closed,
    )


def _only_the_office_gives(owner: people.ListOwner, schedule: Schedule) -> NoReturn:
    """Say so of somebody whom the office has taken out of booking while the page was open (R192);
    whoever these patients never meet is not found.
    """
    if people.may_be_met(owner.list_id, schedule.practitioner_id, kept_out=True).answer():
        raise WrongState(texts.ONLY_THE_OFFICE_GIVES)
    raise NotFound


def _must_be_open(schedule: Schedule, slot: Slot) -> None:
    now = timezone.now()
    if slot.withdrawn_at is not None:
        raise WrongState(_("Legekontoret har trukket denne timen tilbake. Velg en annen time."))
    hidden = slot.released_at is not None and slot.released_at > now
    starts = slot.period.lower
    within = (
        open_since(schedule.lead_minutes, now) <= starts < open_until(schedule.horizon_days, now)
    )
    if hidden or not within or not (slot.type.bookable and slot.type.active):
        raise WrongState(_("Denne timen kan ikke bestilles her nå. Velg en annen time."))


def _must_have_room(by: Actor, schedule: Schedule) -> None:
    if schedule.most_open is None:
        return
    lock_patient(by.patient)
    open_now = Appointment.objects.filter(
        patient_id=by.patient,
        practitioner_id=schedule.practitioner_id,
        made_side=Side.PATIENT,
        status__in=TO_COME,
        starts__gt=timezone.now(),
    ).count()
    if open_now >= schedule.most_open:
        raise WrongState(
            _(
                "Du har allerede så mange timer som du kan bestille selv her. "
                "Avbestill en av dem, eller ring legekontoret."
            )
        )


@action
def request_appointment(
    *,
    by: Actor,
    text: str,
    meeting: MeetingType | None = None,
    practitioner: UUID | None = None,
    weekdays: Iterable[int] = (),
    parts: Iterable[DayPart] = (),
    earliest: date | None = None,
    latest: date | None = None,
    continues_id: UUID | None = None,
) -> Appointment:
    """Ask for a time in words, with the days and times that suit (R61)."""
    _must_make_sense(text, earliest, latest)
    whose = _asked_for(by, practitioner)
    conversation = conversations.start(
        by=by,
        kind=Kind.APPOINTMENT,
        patient_id=by.patient,
        text=text,
        continues_id=continues_id,
    )
    end_at_the_former_gps(by, continues_id, conversation.patient_list_id)
    wished = begun_with(by, conversation)
    wished.status, wished.practitioner_id = AppointmentStatus.PROPOSED, whose
    wished.meeting = MeetingType(meeting) if meeting else ""
    wished.wished_weekdays = known_weekdays(weekdays)
    wished.wished_parts = sorted({DayPart(part) for part in parts})
    wished.wished_earliest, wished.wished_latest = earliest, latest
    wished.save(force_insert=True)
    record(by, AppointmentRequested(**fact(wished)))
    return wished


def _must_make_sense(text: str, earliest: date | None, latest: date | None) -> None:
    if not text.strip():
        raise InvalidInput(_("Skriv kort hva du trenger time til."), field="text")
    if latest is not None and latest < max(earliest or latest, people.today()):
        raise InvalidInput(_("Velg en dato som ikke har vært."), field="latest")


def _asked_for(by: Actor, practitioner: UUID | None) -> int | None:
    owner = _list_of(by)
    if practitioner is None:
        return None
    for one in people.clinicians_for_list(owner.list_id):
        if one.uuid == practitioner:
            return one.id
    raise NotFound
