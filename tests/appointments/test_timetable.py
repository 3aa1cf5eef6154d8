"""Laying out times: whatever the hours, clocks and holidays, the clock on the wall is kept."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.appointments.timetable import Away, Extra, Hours, Time, Weekly, release, times
from dialog.working_days import is_working_day, local

OSLO = ZoneInfo("Europe/Oslo")
MORNING = Hours(starts=time(9), ends=time(11), type_id=1, minutes=20)
ALWAYS = date(2020, 1, 1)
WEEKLY = [Weekly(weekday=day, hours=MORNING, since=ALWAYS) for day in range(5)]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def days(first: date, n: int) -> list[date]:
    return [first + timedelta(days=one) for one in range(n)]


def clocks(found: list[Time]) -> list[str]:
    return [one.starts.astimezone(OSLO).strftime("%H:%M") for one in found]


class TestTimes:
    def test_hours_are_cut_into_whole_times(self) -> None:
        found = times([date(2026, 11, 24)], weekly=WEEKLY)

        assert clocks(found) == ["09:00", "09:20", "09:40", "10:00", "10:20", "10:40"]

    def test_a_pause_lies_between_them(self) -> None:
        paused = Hours(starts=time(9), ends=time(10), type_id=1, minutes=20, pause=5)

        found = times([date(2026, 11, 24)], weekly=[Weekly(weekday=1, hours=paused, since=ALWAYS)])

        assert clocks(found) == ["09:00", "09:25"]

    @pytest.mark.parametrize("change", [SPRING, AUTUMN])
    def test_nine_is_nine_the_day_before_and_after_the_clocks_change(self, change: date) -> None:
        found = times(days(change - timedelta(days=7), 15), weekly=WEEKLY)

        first_of_each = {one.starts.astimezone(OSLO).date(): one for one in reversed(found)}
        assert {one.starts.astimezone(OSLO).time() for one in first_of_each.values()} == {time(9)}
        assert len({one.starts.hour for one in first_of_each.values()}) == 2

    def test_nobody_is_met_on_a_holiday_or_a_closing_day(self) -> None:
        may = days(date(2027, 5, 17), 5)

        found = times(may, weekly=WEEKLY, closed=frozenset({date(2027, 5, 19)}))

        assert {one.starts.date() for one in found} == {
            date(2027, 5, 18), date(2027, 5, 20), date(2027, 5, 21),
        }  # fmt: skip

    def test_extra_hours_are_kept_on_a_day_that_is_otherwise_closed(self) -> None:
        saturday = date(2026, 11, 28)

        found = times([saturday], weekly=WEEKLY, extra=[Extra(day=saturday, hours=MORNING)])

        assert len(found) == 6

    def test_whole_days_away_leave_nothing(self) -> None:
        gone = Away(since=date(2026, 11, 24), until=date(2026, 11, 26))

        found = times(days(date(2026, 11, 23), 4), weekly=WEEKLY, away=[gone])

        assert {one.starts.day for one in found} == {23, 26}

    def test_hours_away_take_only_what_they_touch(self) -> None:
        gone = Away(
            since=date(2026, 11, 24), until=date(2026, 11, 25), starts=time(9, 30), ends=time(10)
        )

        found = times([date(2026, 11, 24)], weekly=WEEKLY, away=[gone])

        assert clocks(found) == ["09:00", "10:00", "10:20", "10:40"]

    def test_what_is_busy_takes_only_what_it_touches(self) -> None:
        meeting = local(date(2026, 11, 24), time(9, 20)), local(date(2026, 11, 24), time(9, 40))

        found = times([date(2026, 11, 24)], weekly=WEEKLY, busy=[meeting])

        assert clocks(found) == ["09:00", "09:40", "10:00", "10:20", "10:40"]

    def test_hours_end_the_day_before_their_last(self) -> None:
        until = [Weekly(weekday=1, hours=MORNING, since=ALWAYS, until=date(2026, 11, 24))]

        found = times(days(date(2026, 11, 17), 8), weekly=until)

        assert {one.starts.date() for one in found} == {date(2026, 11, 17)}


class TestRelease:
    def test_times_are_hidden_until_the_clock_says_so(self) -> None:
        assert release(date(2026, 11, 24), 0, time(8)) == datetime(2026, 11, 24, 7, tzinfo=UTC)

    def test_the_clock_is_the_one_on_the_wall_when_the_clocks_change_in_between(self) -> None:
        assert release(SPRING + timedelta(days=1), 2, time(8)) == datetime(
            2026, 3, 28, 7, tzinfo=UTC
        )

    def test_without_a_clock_they_are_shown_at_once(self) -> None:
        assert release(date(2026, 11, 24), None, None) is None


clock = st.builds(time, st.integers(0, 23), st.sampled_from([0, 10, 15, 20, 30, 45]))
hours = st.builds(
    lambda a, b, minutes, pause: Hours(
        starts=min(a, b), ends=max(a, b), type_id=minutes, minutes=minutes, pause=pause
    ),
    clock,
    clock,
    st.sampled_from([5, 10, 20, 45, 90]),
    st.sampled_from([0, 5, 15]),
)
around_a_change = st.sampled_from([SPRING, AUTUMN, date(2027, 5, 17), date(2026, 12, 25)])
moment = st.builds(
    lambda day, n, at: local(day + timedelta(days=n), at),
    around_a_change,
    st.integers(-3, 3),
    clock,
)


@given(
    change=around_a_change,
    weekly=st.lists(hours, max_size=4),
    extra=st.lists(st.tuples(st.integers(-3, 3), hours), max_size=3),
    busy=st.lists(st.tuples(moment, moment), max_size=5),
    closed=st.sets(st.integers(-3, 3), max_size=2),
)
def test_no_time_ever_overlaps_another_or_anything_in_the_way(
    change: date,
    weekly: list[Hours],
    extra: list[tuple[int, Hours]],
    busy: list[tuple[datetime, datetime]],
    closed: set[int],
) -> None:
    shut = frozenset(change + timedelta(days=n) for n in closed)
    added = [Extra(day=change + timedelta(days=n), hours=one) for n, one in extra]

    found = times(
        days(change - timedelta(days=3), 7),
        weekly=[Weekly(weekday=d, hours=one, since=ALWAYS) for d in range(5) for one in weekly],
        extra=added,
        busy=[(a, b) for a, b in busy if a < b],
        closed=shut,
    )

    extra_days = {one.day for one in added}
    for one in found:
        assert one.ends - one.starts == timedelta(minutes=one.type_id)
        assert not any(a < one.ends and one.starts < b for a, b in busy if a < b)
        day = one.starts.astimezone(OSLO).date()
        assert is_working_day(day, shut) or day in extra_days
    assert all(before.ends <= after.starts for before, after in pairwise(found))


@given(
    change=st.sampled_from([SPRING, AUTUMN]),
    n=st.integers(-10, 10),
    at=st.builds(time, st.integers(4, 21), st.sampled_from([0, 20, 40])),
)
def test_a_weekly_clock_is_the_same_clock_every_week(change: date, n: int, at: time) -> None:
    day = change + timedelta(days=n)
    one_hour = Hours(starts=at, ends=at.replace(hour=at.hour + 1), type_id=1, minutes=20)
    weekly = [Weekly(weekday=each, hours=one_hour, since=ALWAYS) for each in range(5)]

    found = times([day, day + timedelta(days=7)], weekly=weekly)

    assert {one.starts.astimezone(OSLO).time() for one in found[::3]} <= {at}


@given(day=st.sampled_from([SPRING, AUTUMN]), hour=st.integers(0, 22))
def test_every_hour_of_the_days_the_clocks_change_is_laid_out_without_overlap(
    day: date, hour: int
) -> None:
    one_hour = Hours(starts=time(hour), ends=time(hour + 1), type_id=1, minutes=10)

    found = times([day], extra=[Extra(day=day, hours=one_hour)])

    assert all(before.ends <= after.starts for before, after in pairwise(found))
    passes = (local(day, time(hour + 1)) - local(day, time(hour))).total_seconds() / 60
    assert len(found) == max(0, passes // 10)
