"""What is taken where the record system decides: its yes, its no, and that nobody answered."""

from datetime import timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.appointments.actions.giving_back import give_back
from dialog.appointments.actions.holding import (
    lock_days,
    meeting_in,
    must_be_at_work,
    the_constraint_decides,
)
from dialog.appointments.actions.publishing import withdraw
from dialog.appointments.actions.wording import fact, say_if_said
from dialog.appointments.events import (
    AppointmentBooked,
    AppointmentRefused,
    AppointmentUnanswered,
)
from dialog.appointments.models import Appointment
from dialog.appointments.policy import (
    LONGEST_MINUTES,
    AppointmentStatus,
    MeetingType,
    Step,
    Withdrawn,
    after,
    is_late,
)
from dialog.appointments.queries.doors import appointment_row
from dialog.conversations import queries as conversations
from dialog.conversations.actions.about import must_be_fresh
from dialog.conversations.actions.news import touch
from dialog.conversations.actions.turns import take_turn
from dialog.conversations.policy import Outcome, Verb
from dialog.errors import InvalidInput, NotFound
from dialog.ledger.actions import record
from dialog.rows import action, once_more_on_deadlock


@once_more_on_deadlock
@action
def confirm(
    *,
    by: Actor,
    conversation_id: UUID,
    period: DateTimeTZRange | None = None,
    meeting: MeetingType | None = None,
    text: str = "",
    seen: int | None = None,
) -> Appointment:
    """Say yes to a time a patient has taken: it is booked now, as it is said here.

    ``period`` is the time the patient gets where it is another than the one taken. The same yes
    again changes nothing.
    """
    one = _to_answer(by, conversation_id)
    if _said_already(one, period, meeting):
        return one
    must_be_fresh(one.conversation, seen)
    one.status, one.unconfirmed = after(one.status, Step.CONFIRM, by), False
    if meeting is not None and one.type is not None:
        one.meeting = meeting_in(one.type, meeting)
    _promise(one, period)
    one.version += 1
    with the_constraint_decides():
        one.save()
    words_wait = seen is None and conversations.patient_waits_since(one.conversation, one.made_at)
    say_if_said(by, one.conversation, text)
    if words_wait:
        touch(one.conversation)
    else:
        take_turn(by, one.conversation, Verb.REST)
    record(by, AppointmentBooked(side=by.side, **fact(one)))
    return one


@once_more_on_deadlock
@action
def refuse(
    *, by: Actor, conversation_id: UUID, text: str = "", seen: int | None = None
) -> Appointment:
    """Say no to a time a patient has taken; the patient sees the nearest others. The same no again
    changes nothing. The time is nobody's until the record system offers it anew.
    """
    one = _to_answer(by, conversation_id)
    if one.unconfirmed and one.cancelled_side == Side.PRACTICE:
        return one
    must_be_fresh(one.conversation, seen)
    after(one.status, Step.REFUSE, by)
    give_back(by, one)
    if one.slot is not None and one.slot.withdrawn_at is None:
        withdraw([one.slot.id], timezone.now(), Withdrawn.ELSEWHERE)
    say_if_said(by, one.conversation, text)
    take_turn(by, one.conversation, Verb.CANCEL, outcome=Outcome.DECLINED)
    record(by, AppointmentRefused(**fact(one)))
    return one


@action
def expire_unanswered(*, by: Actor, conversation_id: UUID) -> None:
    """Let a time go that has begun before anybody said yes or no; the patient is told so."""
    one = appointment_row(by, conversation_id, lock=True)
    if one.status != AppointmentStatus.PENDING or one.period.lower > timezone.now():
        return
    after(one.status, Step.EXPIRE, by)
    give_back(by, one)
    take_turn(by, one.conversation, Verb.EXPIRE, outcome=Outcome.EXPIRED)
    record(by, AppointmentUnanswered(**fact(one)))


def _to_answer(by: Actor, conversation_id: UUID) -> Appointment:
    if by.side is not Side.PRACTICE:
        raise NotFound
    return appointment_row(by, conversation_id, lock=True)


def _said_already(
    one: Appointment, period: DateTimeTZRange | None, meeting: MeetingType | None
) -> bool:
    return (
        one.status == AppointmentStatus.BOOKED
        and one.confirmed_elsewhere
        and period in (None, one.period)
        and meeting in (None, one.meeting)
    )


def _promise(one: Appointment, period: DateTimeTZRange | None) -> None:
    """The time as it is now. What was free to cancel when it was taken stays so where the answer
    came too late to use it, and where the time is another.
    """
    now, another = timezone.now(), period is not None and period != one.period
    if another:
        _must_make_sense(period)
        must_be_at_work(one.practitioner_id, period, field="period")
        lock_days((one.practitioner_id, one.period), (one.practitioner_id, period))
        one.period, one.slot_id = period, None
    if is_late(one.free_until, now) and (another or not is_late(one.free_until, one.made_at)):
        one.free_until = None


def _must_make_sense(period: DateTimeTZRange) -> None:
    longest = timedelta(minutes=LONGEST_MINUTES)
    lower, upper = period.lower, period.upper
    if lower is None or upper is None or not lower < upper <= lower + longest:
        raise InvalidInput(_("Velg en lengde på 1 til 240 minutter."), field="period")
    if lower <= timezone.now():
        raise InvalidInput(_("Velg et tidspunkt som ikke har vært."), field="period")
