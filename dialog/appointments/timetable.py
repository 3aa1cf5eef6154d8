"""Pure: weekly hours, absences, extra hours and busy periods in; the times to publish out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialog.working_days import day_bounds, is_working_day, local


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A stretch of a day that is cut into times of one type; ``pause`` minutes lie between them."""

    starts: time
    ends: time
    type_id: int
    minutes: int
    pause: int = 0
    release_days: int | None = None
    release_clock: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """Hours that come back every week, from a day and until, not including, another."""

    weekday: int
    hours: Hours
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether these hours are on this day."""
        return (
            day.weekday() == self.weekday
            and self.since <= day
            and (self.until is None or day < self.until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Days, or hours on each of them, when nobody is met; ``until`` is the first day back."""

    since: date
    until: date
    starts: time | None = None
    ends: time | None = None

    def period(self, day: date) -> tuple[datetime, datetime] | None:
        """What this takes of a day."""
        if not self.since <= day < self.until:
            return None
        if self.starts is None or self.ends is None:
            return day_bounds(day)
        return local(day, self.starts), local(day, self.ends)


def is_away(away: Iterable[Away], day: date) -> bool:
    """Whether any of these takes something of a day."""
    return any(one.period(day) for one in away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Hours on one day beside the weekly ones, also when the office is otherwise closed."""

    day: date
    hours: Hours


@dataclass(frozen=True, slots=True)
class Time:
    """One time to publish; ``released`` is when patients may see it, if not at once."""

    starts: datetime
    ends: datetime
    type_id: int
    released: datetime | None = None


def times(
    days: Iterable[date],
    *,
    weekly: Iterable[Weekly] = (),
    extra: Iterable[Extra] = (),
    away: Iterable[Away] = (),
    busy: Iterable[tuple[datetime, datetime]] = (),
    closed: frozenset[date] = frozenset(),
) -> list[Time]:
    """The times of these days, in order, none of which overlaps another or anything in the way."""
    weekly, extra, away = list(weekly), list(extra), list(away)
    in_the_way = sorted(busy)
    found: list[Time] = []
    for day in days:
        begins, ends = day_bounds(day)
        absent = [period for one in away if (period := one.period(day))]
        absent += [one for one in in_the_way if one[0] < ends and begins < one[1]]
        for time_ in sorted(_cut(day, weekly, extra, closed), key=_in_order):
            clear = not found or found[-1].ends <= time_.starts
            if clear and not _overlaps(time_, absent):
                found.append(time_)
    return found


def _cut(
    day: date, weekly: list[Weekly], extra: list[Extra], closed: frozenset[date]
) -> Iterator[Time]:
    for one in extra:
        if one.day == day:
            yield from _pieces(day, one.hours)
    if is_working_day(day, closed):
        for each in weekly:
            if each.on(day):
                yield from _pieces(day, each.hours)


def _pieces(day: date, hours: Hours) -> Iterator[Time]:
    starts, end = local(day, hours.starts), local(day, hours.ends)
    length, pause = timedelta(minutes=hours.minutes), timedelta(minutes=hours.pause)
    released = release(day, hours.release_days, hours.release_clock)
    while starts + length <= end:
        yield Time(starts, starts + length, hours.type_id, released)
        starts += length + pause


def release(day: date, days: int | None, clock: time | None) -> datetime | None:
    """When the times of a day are shown: at this clock so many days before, or at once."""
    if days is None or clock is None:
        return None
    return local(day - timedelta(days=days), clock)


def _in_order(one: Time) -> tuple[datetime, datetime, int]:
    return one.starts, one.ends, one.type_id


def _overlaps(one: Time, periods: Iterable[tuple[datetime, datetime]]) -> bool:
    return any(starts < one.ends and one.starts < ends for starts, ends in periods)
