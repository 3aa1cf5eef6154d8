"""What either side does to an appointment that is made: move it, cancel it, note who came."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.appointments.actions.booking import place_to_move_to
from dialog.appointments.actions.giving_back import give_back
from dialog.appointments.actions.holding import (
    Place,
    clear_marks,
    hold,
    let_go,
    lock_days,
    meeting_in,
    must_be_as_shown,
    must_be_free,
    place_of,
    still_meeting,
    the_constraint_decides,
)
from dialog.appointments.actions.wording import fact, say_if_said
from dialog.appointments.events import (
    AppointmentCancelled,
    AppointmentConverted,
    AppointmentFulfilled,
    AppointmentMissed,
    AppointmentMoved,
)
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, MeetingType, Step, after, is_late
from dialog.appointments.queries.doors import appointment_row
from dialog.appointments.queries.views import late_fee, steps_now
from dialog.conversations.actions.about import must_be_fresh
from dialog.conversations.actions.news import touch
from dialog.conversations.actions.turns import take_turn
from dialog.conversations.policy import Outcome, Status, Verb
from dialog.errors import NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.rows import action, once_more_on_deadlock


@once_more_on_deadlock
@action
def move(
    *,
    by: Actor,
    conversation_id: UUID,
    slot_id: UUID | None = None,
    practitioner: UUID | None = None,
    starts: datetime | None = None,
    minutes: int | None = None,
    text: str = "",
    overbook_because: str = "",
    seen: int | None = None,
) -> Appointment:
    """Change to another time in one step; the old one is kept until the new one holds (R72).

    A patient moves to a free time; the practice also to any other (``practitioner``, ``starts``).
    """
    one = ready(by, conversation_id, Step.MOVE, seen)
    before, was_with = one.period, one.practitioner_id
    if by.side is Side.PATIENT:
        lock_days((was_with, before))
        place, overbooked = _patients_place(by, one, slot_id), False
        fill = place.fill
    else:
        place = _practices_place(by, one, slot_id, practitioner, starts, minutes)
        lock_days((was_with, before), (place.practitioner_id, place.period))
        overbooked = hold(place, reason=overbook_because, besides=one.id)
        fill = place.give
    meeting = still_meeting(place.type, one.meeting)
    fill(one)
    one.meeting = meeting
    if overbooked:
        one.overbooked, one.overbooked_reason, one.slot_id = True, overbook_because, None
    _save_moved(one)
    clear_marks(one, was_with, before)
    say_if_said(by, one.conversation, text)
    take_turn(by, one.conversation, Verb.MOVE)
    record(by, AppointmentMoved(side=by.side, **fact(one)))
    return one


def ready(by: Actor, conversation_id: UUID, step: Step, seen: int | None = None) -> Appointment:
    """An appointment locked, fresh, and in a state in which this can be done now."""
    one = appointment_row(by, conversation_id, lock=True)
    must_be_fresh(one.conversation, seen)
    after(one.status, step, by)
    if step not in steps_now(by, one):
        raise WrongState
    return one


def _patients_place(by: Actor, one: Appointment, slot_id: UUID | None) -> Place:
    """A free time at the same office: after a change of GP the old time is not moved to the new."""
    if slot_id is None:
        raise NotFound
    place = place_to_move_to(by, slot_id)
    if place.schedule.practice_id != one.practice_id:
        raise NotFound
    must_be_free(place.practitioner_id, place.period)
    return place


def _practices_place(
    by: Actor,
    one: Appointment,
    slot_id: UUID | None,
    practitioner: UUID | None,
    starts: datetime | None,
    minutes: int | None,
) -> Place:
    """Any time to come; with the same person, and as long, where nothing else is said."""
    if one.practitioner is None or one.type is None:
        raise WrongState
    as_long = round((one.period.upper - one.period.lower).total_seconds() / 60)
    return place_of(
        by,
        slot_id=slot_id,
        practitioner=practitioner or one.practitioner.uuid,
        starts=starts,
        minutes=minutes or as_long,
        type_uuid=one.type.uuid,
        meeting=None,
    )


def _save_moved(one: Appointment) -> None:
    one.version += 1
    with the_constraint_decides():
        one.save()


@once_more_on_deadlock
@action
def cancel(
    *,
    by: Actor,
    conversation_id: UUID,
    text: str = "",
    accepted_fee: int | None = None,
    seen: int | None = None,
    shown: int | None = None,
) -> Appointment:
    """Give an appointment back, or take a wish or proposal off the table (R68).

    Past the last free moment the patient must have been shown what it costs, and say that amount
    (R70); the time is free for others at once either way. ``shown`` is which time the page had.
    """
    one = ready(by, conversation_id, Step.CANCEL, seen)
    must_be_as_shown(one, shown)
    booked = one.status == AppointmentStatus.BOOKED
    by_patient = by.side is Side.PATIENT
    one.late = by_patient and booked and is_late(one.free_until, timezone.now())
    if one.late and late_fee(one):
        if accepted_fee != late_fee(one):
            raise WrongState(
                _("Fristen for å avbestille gratis er ute. Se hva det koster før du avbestiller.")
            )
        one.accepted_late_fee = accepted_fee
    give_back(by, one)
    say_if_said(by, one.conversation, text)
    outcome = Outcome.WITHDRAWN if by_patient else Outcome.DECLINED
    take_turn(by, one.conversation, Verb.CANCEL, outcome=outcome)
    record(by, AppointmentCancelled(side=by.side, late=one.late, **fact(one)))
    return one


@action
def decline_proposal(
    *, by: Actor, conversation_id: UUID, text: str = "", shown: int | None = None
) -> Appointment:
    """Say no to the proposed time, and to any time for now."""
    one = appointment_row(by, conversation_id, lock=True)
    if one.status != AppointmentStatus.OFFERED:
        raise WrongState
    if by.side is not Side.PATIENT:
        raise NotAllowed
    return cancel(by=by, conversation_id=conversation_id, text=text, shown=shown)


@action
def expire_offer(*, by: Actor, conversation_id: UUID) -> None:
    """Let a proposal nobody answered run out; if the patient has written meanwhile, the wish
    stays.
    """
    one = appointment_row(by, conversation_id, lock=True)
    if one.offered_until is None or one.offered_until > timezone.now():
        return
    if one.conversation.status == Status.WITH_PRACTICE:
        let_go(one, after(one.status, Step.RELEASE, by))
        return
    after(one.status, Step.EXPIRE, by)
    give_back(by, one)
    take_turn(by, one.conversation, Verb.EXPIRE, outcome=Outcome.EXPIRED)
    record(by, AppointmentCancelled(side=by.side, late=False, **fact(one)))


@action
def convert(
    *,
    by: Actor,
    conversation_id: UUID,
    meeting: MeetingType,
    text: str = "",
    seen: int | None = None,
) -> Appointment:
    """Meet another way at the same time: by phone or video, or in person after all (R88)."""
    one = ready(by, conversation_id, Step.CONVERT, seen)
    if one.type is None:
        raise WrongState
    one.meeting = meeting_in(one.type, meeting)
    one.version += 1
    one.save(update_fields=["meeting", "version"])
    say_if_said(by, one.conversation, text)
    touch(one.conversation)
    record(by, AppointmentConverted(meeting=one.meeting, **fact(one)))
    return one


@action
def set_aside(*, by: Actor, conversation_id: UUID, seen: int | None = None) -> Appointment:
    """Let what is written about a time rest; a wish or a proposal has somebody who waits (R80)."""
    one = appointment_row(by, conversation_id, lock=True)
    must_be_fresh(one.conversation, seen)
    if one.status == AppointmentStatus.PENDING:
        raise WrongState(_("Pasienten venter på svar. Bekreft timen, eller si nei til den."))
    if one.status == AppointmentStatus.PROPOSED:
        raise WrongState(
            _("Pasienten venter på en time. Gi eller foreslå en time, eller si nei til ønsket.")
        )
    if one.status == AppointmentStatus.OFFERED:
        raise WrongState(
            _("Pasienten har ikke svart på forslaget ennå. Svar pasienten, eller gi timen.")
        )
    after(one.status, Step.SET_ASIDE, by)
    take_turn(by, one.conversation, Verb.REST)
    return one


@action
def mark_attended(*, by: Actor, conversation_id: UUID) -> Appointment:
    """Note that the patient came."""
    one = ready(by, conversation_id, Step.ATTEND)
    _mark(by, one, Step.ATTEND)
    record(by, AppointmentFulfilled(**fact(one)))
    return one


@action
def mark_absent(*, by: Actor, conversation_id: UUID) -> Appointment:
    """Note that the patient did not come (R90)."""
    one = ready(by, conversation_id, Step.MISS)
    _mark(by, one, Step.MISS)
    record(by, AppointmentMissed(**fact(one)))
    return one


def _mark(by: Actor, one: Appointment, step: Step) -> None:
    """The matter is over with it, unless the patient has written something nobody has answered."""
    lock_days((one.practitioner_id, one.period))
    one.status = after(one.status, step, by)
    one.marked_at, one.marked_by_id = timezone.now(), by.account_id
    one.version += 1
    with the_constraint_decides():
        one.save(update_fields=["status", "marked_at", "marked_by", "version"])
    clear_marks(one, one.practitioner_id, one.period)
    if one.conversation.status in (Status.RESTING, Status.WITH_PATIENT):
        take_turn(by, one.conversation, Verb.CLOSE, outcome=Outcome.ANSWERED)
