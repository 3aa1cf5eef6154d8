"""Avvik: what must be done about a breach, within how many hours, and who may do it.

The rules are articles 33 and 34 of the GDPR as we read them; nobody who knows the law has said that
they hold.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from dialog.actor import Actor, Duty, Side
from dialog.errors import NotAllowed, WrongState

# Article 33 (1): from when the office became aware of it, also at night and on Sundays.
WITHIN = timedelta(hours=72)
# How long before the clock has run out those who follow up the log are reminded, first to last.
REMINDERS = (timedelta(hours=48), timedelta(hours=24), timedelta(hours=6), timedelta(0))
LONGEST = 2000
LONGEST_LETTER = 4000
MOST_AT_ONCE = 500


class Kind(StrEnum):
    """What happened, as far as a list may show it."""

    WRONG_PATIENT = "wrong-patient"
    WRONG_DOCTOR = "wrong-doctor"
    SEEN = "seen"
    LOST = "lost"
    UNAVAILABLE = "unavailable"
    OTHER = "other"


class Risk(StrEnum):
    """How it may go for those whose information it is."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


class Status(StrEnum):
    """How far the office has come."""

    OPEN = "open"
    ASSESSED = "assessed"
    NOTIFIED = "notified"
    CLOSED = "closed"


class Step(StrEnum):
    """What can be done about it."""

    ASSESS = "assess"
    NOTIFY = "notify"
    CLOSE = "close"
    REOPEN = "reopen"


class Said(StrEnum):
    """What an addition to the register is."""

    NOTE = "note"
    MEASURE = "measure"
    NOTIFIED = "notified"
    CLOSED = "closed"
    REOPENED = "reopened"


class Told(StrEnum):
    """How somebody affected was told; ``exempt``: they need not be, and it is written down why."""

    PORTAL = "portal"
    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in-person"
    EXEMPT = "exempt"


class Must(StrEnum):
    """What the law asks for."""

    DOCUMENT = "document"
    NOTIFY = "notify"
    TELL = "tell"


class Obstacle(StrEnum):
    """What must be done before it is over."""

    NOT_ASSESSED = "not-assessed"
    NOT_NOTIFIED = "not-notified"
    NOT_TOLD = "not-told"


# An addition is also made to what is over; what is found out later is notified too, article 33 (4).
STEPS: Mapping[tuple[Status, Step], Status] = {
    (Status.OPEN, Step.ASSESS): Status.ASSESSED,
    (Status.ASSESSED, Step.ASSESS): Status.ASSESSED,
    (Status.ASSESSED, Step.NOTIFY): Status.NOTIFIED,
    (Status.ASSESSED, Step.CLOSE): Status.CLOSED,
    (Status.NOTIFIED, Step.ASSESS): Status.NOTIFIED,
    (Status.NOTIFIED, Step.NOTIFY): Status.NOTIFIED,
    (Status.NOTIFIED, Step.CLOSE): Status.CLOSED,
    (Status.CLOSED, Step.REOPEN): Status.ASSESSED,
}
# Article 33 (5), 33 (1) and 34 (1).
MUST: Mapping[Risk, frozenset[Must]] = {
    Risk.UNLIKELY: frozenset({Must.DOCUMENT}),
    Risk.RISK: frozenset({Must.DOCUMENT, Must.NOTIFY}),
    Risk.HIGH: frozenset({Must.DOCUMENT, Must.NOTIFY, Must.TELL}),
}
# What the office itself says, beside what it sends by the platform.
TOLD_OTHERWISE = (Told.PHONE, Told.IN_PERSON, Told.LETTER, Told.EXEMPT)


def may_follow_up(by: Actor) -> bool:
    """Whether this actor sees the register at all: those who follow up the log do."""
    return by.side is Side.PRACTICE and by.practice_id is not None and by.may(Duty.REVIEW_ACCESS)


def must_follow_up(by: Actor) -> None:
    """Refuse everybody who does not follow up the log."""
    if not may_follow_up(by):
        raise NotAllowed


def after(status: str, step: Step) -> Status:
    """How far one has come after a step; WrongState when it cannot be taken now."""
    found = STEPS.get((Status(status), step))
    if found is None:
        raise WrongState
    return found


def possible(status: str, step: Step) -> bool:
    """Whether a step can be taken now; what a page shows a button for."""
    return (Status(status), step) in STEPS


def required(risk: str) -> frozenset[Must]:
    """What the law asks for; nothing is known before the risk has been assessed."""
    return MUST[Risk(risk)] if risk else frozenset()


def deadline(aware_at: datetime) -> datetime:
    """When Datatilsynet must have been told."""
    return aware_at.astimezone(UTC) + WITHIN  # on our clocks a night may have 23 hours, or 25


def clock_runs(*, status: str, risk: str, notified: bool) -> bool:
    """Whether the hours count: until it is assessed that nobody need be told, or they have been."""
    if status == Status.CLOSED or notified:
        return False
    return not risk or Must.NOTIFY in required(risk)


def next_reminder(aware_at: datetime, now: datetime) -> datetime | None:
    """When to remind next; None when the last reminder has been due."""
    moments = (deadline(aware_at) - before for before in REMINDERS)
    return next((one for one in moments if one > now), None)


def hours_left(due: datetime, now: datetime) -> int:
    """Whole hours until a deadline; below zero when it has passed."""
    left = due - now
    hours = int(abs(left).total_seconds() // 3600)
    return hours if left >= timedelta(0) else -max(1, hours)


def is_late(aware_at: datetime, told_at: datetime) -> bool:
    """Whether Datatilsynet was told too late, so that it must be said why (article 33 (1))."""
    return told_at > deadline(aware_at)


def obstacles(*, risk: str, notified: bool, told: Iterable[bool]) -> list[Obstacle]:
    """What must be done before it is over; ``told`` says of each affected whether they have been.

    Nobody affected is known of when something high was only assessed: then that must be put right.
    """
    if not risk:
        return [Obstacle.NOT_ASSESSED]
    found: list[Obstacle] = []
    if Must.NOTIFY in required(risk) and not notified:
        found.append(Obstacle.NOT_NOTIFIED)
    everybody = list(told)
    if Must.TELL in required(risk) and not (everybody and all(everybody)):
        found.append(Obstacle.NOT_TOLD)
    return found
