"""From and until which day somebody works at an office, both included."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)


class Presence(StrEnum):
    """Where somebody is in the days they work at an office."""

    COMING = "coming"
    HERE = "here"
    GONE = "gone"


class WrongDays(StrEnum):
    """Why these cannot be the days somebody works at an office."""

    HAS_BEGUN = "has-begun"
    BEGINS_IN_THE_PAST = "begins-in-the-past"
    ENDS_BEFORE_IT_BEGINS = "ends-before-it-begins"
    ENDS_IN_THE_PAST = "ends-in-the-past"


def presence(first: date, last: date | None, *, on: date) -> Presence:
    """Whether somebody with these days works here on a day; no last day: until further notice."""
    if on < first:
        return Presence.COMING
    return Presence.HERE if last is None or on <= last else Presence.GONE


def wrong_days(
    first: date, last: date | None, *, on: date, before: date | None = None
) -> WrongDays | None:
    """What is wrong with these days when they are said on a day; None: nothing.

    ``before`` is the first day as it stood. What has been is not written anew: access somebody has
    had is in the log, and ends today at the earliest.
    """
    begun = before is not None and before <= on
    if begun and first != before:
        return WrongDays.HAS_BEGUN
    if not begun and first < on:
        return WrongDays.BEGINS_IN_THE_PAST
    if last is None:
        return None
    if last < first:
        return WrongDays.ENDS_BEFORE_IT_BEGINS
    return WrongDays.ENDS_IN_THE_PAST if last < on else None


def days_off(work: Iterable[tuple[date, date | None]]) -> list[tuple[date, date]]:
    """The days before, between and after those on which somebody works at an office, each from a
    day and until, not including, another.
    """
    off, begins = [], date.min
    for first, last in sorted(work, key=lambda days: days[0]):
        if begins < first:
            off.append((begins, first))
        if last is None:
            return off
        begins = last + A_DAY
    return [*off, (begins, date.max)]
