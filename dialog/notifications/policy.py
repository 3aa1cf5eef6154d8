"""What is told by SMS, how soon, and what stands in for what: tables and pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dialog.people.policy import OWN_VOICE, NotificationKind, age
from dialog.working_days import local, oslo_day

QUIET_FROM, QUIET_UNTIL = time(21), time(7)
REMINDED_FROM = time(10)
JUST_TOLD = timedelta(hours=24)
# A change to a time that begins this soon after the night is told at night: it cannot wait.
TO_GET_READY = timedelta(hours=2)
STALE = timedelta(hours=36)


class News(StrEnum):
    """What an SMS can say; there is no other."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    OFFERED = "offered"
    RUN_OUT = "run-out"
    REMINDER = "reminder"
    MESSAGE = "message"
    ANSWERED = "answered"
    UNREAD = "unread"
    RENEWAL = "renewal"
    TASK = "task"
    TASK_LATE = "task-late"


class AttemptState(StrEnum):
    """How far an attempt to tell somebody has come."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Reason(StrEnum):
    """Why nobody was told, or why telling failed."""

    NONE = ""
    CHOICE = "choice"
    NO_CONSENT = "no-consent"
    RESERVED = "reserved"
    OLD_CONTACT = "old-contact"
    NOT_REGISTERED = "not-registered"
    NO_PHONE = "no-phone"
    SAME_PHONE = "same-phone"
    MERGED = "merged"
    ALREADY_READ = "already-read"
    NOT_SO = "not-so"
    REFUSED = "refused"
    TOO_LATE = "too-late"
    NOT_DELIVERED = "not-delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one piece of news is treated.

    ``weight`` decides which of two in the same conversation is told when both wait; ``patience`` is
    how long it waits for more of the same; ``cannot_wait`` news breaks the quiet of the night.
    """

    kind: NotificationKind
    weight: int = 0
    patience: timedelta = timedelta()
    cannot_wait: bool = False


SHORTLY = timedelta(seconds=30)
RULES: Mapping[News, Rule] = {
    News.BOOKED: Rule(kind=NotificationKind.APPOINTMENT, weight=2, cannot_wait=True),
    News.MOVED: Rule(kind=NotificationKind.APPOINTMENT, weight=2, cannot_wait=True),
    News.CANCELLED: Rule(kind=NotificationKind.APPOINTMENT, weight=2, cannot_wait=True),
    News.CHANGED: Rule(kind=NotificationKind.APPOINTMENT, weight=2, cannot_wait=True),
    News.REFUSED: Rule(kind=NotificationKind.APPOINTMENT, weight=2),
    News.UNANSWERED: Rule(kind=NotificationKind.APPOINTMENT, weight=2),
    News.OFFERED: Rule(kind=NotificationKind.APPOINTMENT, weight=2),
    News.RUN_OUT: Rule(kind=NotificationKind.APPOINTMENT, weight=2),
    News.REMINDER: Rule(kind=NotificationKind.REMINDER, weight=1),
    News.MESSAGE: Rule(kind=NotificationKind.MESSAGE, patience=SHORTLY),
    News.ANSWERED: Rule(kind=NotificationKind.MESSAGE, patience=SHORTLY),
    News.UNREAD: Rule(kind=NotificationKind.MESSAGE, weight=1),
    News.RENEWAL: Rule(kind=NotificationKind.RENEWAL, weight=1, patience=SHORTLY),
    News.TASK: Rule(kind=NotificationKind.MESSAGE, weight=1),
    News.TASK_LATE: Rule(kind=NotificationKind.MESSAGE, weight=1),
}

# A receipt may say more than the last one, never less; a repeated or late one changes nothing.
RECEIPTS: Mapping[AttemptState, frozenset[AttemptState]] = {
    AttemptState.DELIVERED: frozenset({AttemptState.QUEUED, AttemptState.SENT}),
    AttemptState.FAILED: frozenset({AttemptState.QUEUED, AttemptState.SENT}),
}


# What names the time of an appointment.
TIMED = frozenset({News.BOOKED, News.MOVED, News.CANCELLED, News.CHANGED, News.REMINDER})

# What is only worth telling while there is something left to do.
TO_BE_DONE = frozenset({News.TASK, News.TASK_LATE})

# What the reader may have seen already by the time it is told.
MAY_BE_READ = frozenset({News.MESSAGE, News.ANSWERED, News.UNREAD, News.RENEWAL})


def too_late(news: News, *, made: datetime, now: datetime, starts: datetime | None) -> bool:
    """Whether the news is worth nothing any more: lain too long, or about a time that has begun."""
    begun = starts is not None and starts <= now and news is not News.CANCELLED
    return begun or now - made > STALE


def parents_are_told(born: date, on: date) -> bool:
    """Whether news about a person goes to the parents: until the sixteenth birthday (R42)."""
    return age(born, on) < OWN_VOICE


def outranks(new: News, waiting: News) -> bool:
    """Whether new news replaces what waits in the same conversation, rather than the reverse."""
    return RULES[new].weight >= RULES[waiting].weight


def send_at(news: News, *, made: datetime, now: datetime, starts: datetime | None) -> datetime:
    """When an SMS may go out: now or later; nothing at night but a change that cannot wait (R40).

    A moment not after ``now`` means at once.
    """
    ready = made + RULES[news].patience
    if now < ready:
        return ready
    morning = _end_of_night(now)
    if morning is None:
        return now
    urgent = RULES[news].cannot_wait and starts is not None and starts < morning + TO_GET_READY
    return now if urgent else morning


def _end_of_night(now: datetime) -> datetime | None:
    today = oslo_day(now)
    if now < local(today, QUIET_UNTIL):
        return local(today, QUIET_UNTIL)
    if now >= local(today, QUIET_FROM):
        return local(today + timedelta(days=1), QUIET_UNTIL)
    return None
