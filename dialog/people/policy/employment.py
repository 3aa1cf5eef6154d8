"""From and until which day somebody works at an office, both included."""

from datetime import date
from enum import StrEnum


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
