"""Pure: days, working hours, closing days and holidays in; deadlines as aware times out.

A *day* is always a day in Europe/Oslo. Every time returned is aware and in UTC, so that the
difference between two of them is the time that really passes, also when the clocks change.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
OFFICE_CLOSES = time(16, 0)
NO_DAYS: frozenset[date] = frozenset()

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, closed: frozenset[date] = NO_DAYS) -> bool:
    """Whether the office works: no weekend, no public holiday, not one of its own closing days."""
    return day.weekday() < _SATURDAY and day not in closed and day not in _public_holidays(day.year)


def first_working_day(day: date, closed: frozenset[date] = NO_DAYS) -> date:
    """The day itself if the office works then, otherwise the next day it does."""
    while not is_working_day(day, closed):
        day += _ONE_DAY
    return day


def nearest_working_day(day: date, since: date, closed: frozenset[date] = NO_DAYS) -> date:
    """The day itself if the office works then, otherwise the day closest to it that it does, none
    before ``since``; of two as close the earlier.
    """
    after = first_working_day(max(day, since), closed)
    before = add_working_days(day, -1, closed)
    if before < since or after - day < day - before:
        return after
    return before


def add_working_days(day: date, n: int, closed: frozenset[date] = NO_DAYS) -> date:
    """The nth working day after a day, or before it when n is negative; zero is the day itself."""
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day


def answer_deadline(
    received: datetime,
    days: int,
    closed: frozenset[date] = NO_DAYS,
    *,
    office_closes: time = OFFICE_CLOSES,
) -> datetime:
    """When an answer is due: as the office closes, so many working days after the day it came.

    What comes on a day the office is shut counts as come on the next day it works.
    """
    if days < 0:
        raise ValueError("an answer cannot be due before the question")
    counted_from = first_working_day(oslo_day(received), closed)
    return local(add_working_days(counted_from, days, closed), office_closes)


def last_free_cancellation(
    starts: datetime,
    *,
    working_days: int | None = None,
    hours: int | None = None,
    closed: frozenset[date] = NO_DAYS,
) -> datetime:
    """The last moment an appointment can be cancelled for nothing.

    Either so many hours before, as they really pass, or the same time of day so many working days
    earlier: with one working day a Monday at nine is cancelled by Friday at nine.
    """
    if (working_days is None) == (hours is None):
        raise ValueError("say either working days or hours")
    if (working_days or 0) < 0 or (hours or 0) < 0:
        raise ValueError("the limit lies before the appointment")
    if not working_days:
        return _utc(starts) - timedelta(hours=hours or 0)
    clock = _utc(starts).astimezone(OSLO).time()
    return local(add_working_days(oslo_day(starts), -working_days, closed), clock)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """When a day begins and the next one does: 24 hours apart, or 23 or 25 as the clocks change."""
    return local(day, time.min), local(day + _ONE_DAY, time.min)


def oslo_day(moment: datetime) -> date:
    """The day a moment falls on."""
    return _utc(moment).astimezone(OSLO).date()


def local(day: date, clock: time) -> datetime:
    """The moment the clock on the wall shows this time on this day.

    The hour that is missing in March is read as if the clocks had not been moved yet, so half
    past two is shown as half past three; of the hour that comes twice in October the first is
    meant (RFC 5545, 3.3.5).
    """
    if clock.tzinfo is not None:
        raise ValueError("the time of day already has a zone of its own")
    return datetime.combine(day, clock.replace(fold=0), OSLO).astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone could mean any moment")
    return moment.astimezone(UTC)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # slow to load

    return frozenset(country_holidays("NO", years=year))
