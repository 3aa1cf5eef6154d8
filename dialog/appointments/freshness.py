"""Pure: how long what a record system has said is free holds, and how long one waits for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FRESH_FOR = timedelta(seconds=60)
GIVEN_UP_AFTER = timedelta(seconds=15)
# Whoever comes later asks anew, so that a record system that is back is noticed.
ASKED_ANEW_AFTER = timedelta(seconds=60)
# As far ahead as a timebook is open unless it says otherwise. A page shows a fortnight at most, so
# whatever day it begins on, it is within what was asked from one of these steps.
ASKED_DAYS, STEP = 56, 42


class Freshness(StrEnum):
    """How free times stand to what the record system would say now.

    ``asked``: it has not answered yet; ``old``: it does not answer.
    """

    FRESH = "fresh"
    ASKED = "asked"
    OLD = "old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The last time somebody's record system was asked, if ever, and what came of it."""

    at: datetime | None = None
    answered_at: datetime | None = None
    failed_at: datetime | None = None


def freshness(last: Asked, now: datetime) -> Freshness | None:
    """How it stands; None when it is time to ask."""
    if last.at is None:
        return None
    if last.answered_at is not None:
        return Freshness.FRESH if now - last.answered_at < FRESH_FOR else None
    if last.failed_at is not None:
        return Freshness.OLD if now - last.failed_at < GIVEN_UP_AFTER else None
    waited = now - last.at
    if waited < GIVEN_UP_AFTER:
        return Freshness.ASKED
    return Freshness.OLD if waited < ASKED_ANEW_AFTER else None


def together(found: Iterable[Freshness | None]) -> Freshness:
    """How several stand together: fresh when all are, and old only when nobody is waited for."""
    states = set(found)
    if states & {None, Freshness.ASKED}:
        return Freshness.ASKED
    return Freshness.OLD if Freshness.OLD in states else Freshness.FRESH


def asked_from(day: date, today: date) -> date:
    """From which day to ask for a page that begins on a day: few, so that one answer does for many
    pages and nobody can ask for endlessly many.
    """
    return today + timedelta(days=max((day - today).days, 0) // STEP * STEP)
