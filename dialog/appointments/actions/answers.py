"""How a wish is answered: a time given outright, a proposal, and what the patient says to it."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.appointments import texts
from dialog.appointments.actions.holding import (
    Place,
    clear_marks,
    hold,
    known_weekdays,
    let_go,
    lock_days,
    must_be_as_shown,
    place_of,
    the_constraint_decides,
)
from dialog.appointments.actions.wording import begun_with, fact, say_if_said
from dialog.appointments.events import (
    AnotherTimeAsked,
    AppointmentBooked,
    AppointmentOffered,
)
from dialog.appointments.models import Appointment
from dialog.appointments.policy import (
    ANSWER_OFFER_WORKING_DAYS,
    AppointmentStatus,
    DayPart,
    MeetingType,
    Step,
    after,
    offer_ends,
)
from dialog.appointments.queries.doors import appointment_row
from dialog.conversations import actions as conversations
from dialog.conversations.actions.about import must_be_fresh
from dialog.conversations.actions.turns import take_turn
from dialog.conversations.policy import Kind, Status, Verb
from dialog.errors import NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.people.actions.last_days import works_on
from dialog.rows import action, once_more_on_deadlock
from dialog.working_days import answer_deadline, oslo_day


@once_more_on_deadlock
@action
def give_time(
    *,
    by: Actor,
    conversation_id: UUID | None = None,
    patient: UUID | None = None,
    slot_id: UUID | None = None,
    practitioner: UUID | None = None,
    starts: datetime | None = None,
    minutes: int | None = None,
    type_uuid: UUID | None = None,
    meeting: MeetingType | None = None,
    text: str = "",
    overbook_because: str = "",
    continues_id: UUID | None = None,
    seen: int | None = None,
) -> Appointment:
    """Give a patient a time outright: as the answer to a wish, or to begin with (R87).

    Either ``conversation_id`` or ``patient``; either ``slot_id`` or ``practitioner`` and
    ``starts``. ``overbook_because`` double-books where there is something already.
    """
    one = _to_answer(by, conversation_id, Step.GIVE, seen)
    place = place_of(
        by,
        slot_id=slot_id,
        practitioner=practitioner,
        starts=starts,
        minutes=minutes,
        type_uuid=type_uuid,
        meeting=meeting,
    )
    if one is None:
        one = _begin(by, patient, text, Status.RESTING, continues_id)
    else:
        say_if_said(by, one.conversation, text)
        take_turn(by, one.conversation, Verb.REST)
        one.version += 1
    one.status, one.offered_until = AppointmentStatus.BOOKED, None
    _hold_and_save(one, place, overbook_because)
    record(by, AppointmentBooked(side=by.side, **fact(one)))
    return one


@once_more_on_deadlock
@action
def propose_time(
    *,
    by: Actor,
    conversation_id: UUID | None = None,
    patient: UUID | None = None,
    slot_id: UUID | None = None,
    practitioner: UUID | None = None,
    starts: datetime | None = None,
    minutes: int | None = None,
    type_uuid: UUID | None = None,
    meeting: MeetingType | None = None,
    text: str = "",
    overbook_because: str = "",
    seen: int | None = None,
) -> Appointment:
    """Propose a time that is kept for the patient until they answer, or the proposal runs out."""
    one = _to_answer(by, conversation_id, Step.OFFER, seen)
    place = place_of(
        by,
        slot_id=slot_id,
        practitioner=practitioner,
        starts=starts,
        minutes=minutes,
        type_uuid=type_uuid,
        meeting=meeting,
    )
    if one is None:
        one = _begin(by, patient, text, Status.WITH_PATIENT, None)
    else:
        say_if_said(by, one.conversation, text)
        take_turn(by, one.conversation, Verb.REPLY)
        one.version += 1
    one.status = AppointmentStatus.OFFERED
    now = timezone.now()
    promised = answer_deadline(now, ANSWER_OFFER_WORKING_DAYS, people.closing_days(one.practice_id))
    one.offered_until = offer_ends(promised, place.period.lower, now)
    _hold_and_save(one, place, overbook_because)
    record(by, AppointmentOffered(**fact(one)))
    return one


def _to_answer(
    by: Actor, conversation_id: UUID | None, step: Step, seen: int | None
) -> Appointment | None:
    if by.side is not Side.PRACTICE:
        raise NotFound
    if conversation_id is None:
        return None
    one = appointment_row(by, conversation_id, lock=True)
    must_be_fresh(one.conversation, seen)
    after(one.status, step, by)
    return one


def _begin(
    by: Actor, patient: UUID | None, text: str, status: Status, continues_id: UUID | None
) -> Appointment:
    if patient is None:
        raise NotFound
    conversation = conversations.start(
        by=by,
        kind=Kind.APPOINTMENT,
        patient_id=people.patient_for(by, patient).id,
        text=text,
        status=status,
        continues_id=continues_id,
    )
    return begun_with(by, conversation)


def _hold_and_save(one: Appointment, place: Place, reason: str) -> None:
    lock_days((one.practitioner_id, one.period), (place.practitioner_id, place.period))
    vacated, was_with = one.period, one.practitioner_id
    overbooked = hold(place, reason=reason, besides=one.id)
    if one.status == AppointmentStatus.BOOKED:
        place.give(one)
    else:
        place.fill(one)
    if overbooked:
        one.overbooked, one.overbooked_reason, one.slot_id = True, reason, None
    with the_constraint_decides():
        one.save()
    clear_marks(one, was_with, vacated)


@once_more_on_deadlock
@action
def accept_proposal(*, by: Actor, conversation_id: UUID, shown: int | None = None) -> Appointment:
    """Say yes to the time the practice proposed; ``shown`` is which one the page had. Not when
    whoever it is with has stopped working there since.
    """
    one = appointment_row(by, conversation_id, lock=True)
    must_be_as_shown(one, shown)
    one.status = after(one.status, Step.ACCEPT, by)
    if one.offered_until is None or one.offered_until < timezone.now():
        raise WrongState(_("Forslaget er ikke lenger åpent. Be om en ny time."))
    if one.practitioner_id and not works_on(one.practitioner_id, oslo_day(one.period.lower)):
        raise WrongState(texts.NO_LONGER_AT_WORK)
    one.offered_until = None
    one.version += 1
    one.save(update_fields=["status", "offered_until", "version"])
    if one.conversation.status == Status.WITH_PATIENT:
        take_turn(by, one.conversation, Verb.REST)
    record(by, AppointmentBooked(side=by.side, **fact(one)))
    return one


@once_more_on_deadlock
@action
def ask_for_another(
    *,
    by: Actor,
    conversation_id: UUID,
    text: str = "",
    weekdays: tuple[int, ...] = (),
    parts: tuple[DayPart, ...] = (),
) -> Appointment:
    """The proposed time does not suit; ask for another one. The time is free for others again."""
    one = appointment_row(by, conversation_id, lock=True)
    status = after(one.status, Step.ASK_AGAIN, by)
    say_if_said(by, one.conversation, text)
    take_turn(by, one.conversation, Verb.REPLY)
    if weekdays or parts:
        one.wished_weekdays = known_weekdays(weekdays)
        one.wished_parts = sorted({DayPart(part) for part in parts})
    let_go(one, status)
    record(by, AnotherTimeAsked(**fact(one)))
    return one
