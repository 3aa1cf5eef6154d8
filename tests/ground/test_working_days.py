"""Working days and deadlines, around every holiday of seven years."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.working_days import (
    OSLO,
    add_working_days,
    answer_deadline,
    first_working_day,
    is_working_day,
    last_free_cancellation,
    local,
    nearest_working_day,
)

YEARS = range(2024, 2031)
# Easter Sundays from the tables of the almanac, so that nothing here is computed by what is tested.
EASTER = {
    2023: date(2023, 4, 9),
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
}

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
moments = st.builds(datetime.combine, days, st.times(), tzinfo=st.sampled_from([UTC, OSLO]))
closing_days = st.frozensets(days, max_size=40)


def holidays_of(year: int) -> set[date]:
    movable = {EASTER[year] + timedelta(days=n) for n in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)]
    return movable | {date(year, month, day) for month, day in fixed}


HOLIDAYS = {day for year in EASTER for day in holidays_of(year)}


def near_holidays(year: int) -> list[date]:
    return sorted({day + timedelta(days=n) for day in holidays_of(year) for n in range(-4, 5)})


def works(day: date) -> bool:
    return day.isoweekday() <= 5 and day not in HOLIDAYS


def working_days_among(first: date, last: date) -> int:
    return sum(works(first + timedelta(days=k)) for k in range((last - first).days + 1))


def oslo(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


class TestWorkingDay:
    def test_every_day_of_seven_years_is_right(self) -> None:
        first, last = date(2024, 1, 1), date(2030, 12, 31)
        every_day = [first + timedelta(days=n) for n in range((last - first).days + 1)]

        wrong = [day for day in every_day if is_working_day(day) != works(day)]

        assert wrong == []

    def test_christmas_eve_is_a_working_day_until_the_office_closes_it(self) -> None:
        eve = date(2026, 12, 24)

        assert is_working_day(eve)
        assert not is_working_day(eve, frozenset({eve}))

    def test_the_first_working_day_after_maundy_thursday_is_tuesday(self) -> None:
        assert first_working_day(date(2026, 4, 2)) == date(2026, 4, 7)

    def test_the_first_working_day_of_a_working_day_is_itself(self) -> None:
        assert first_working_day(date(2026, 4, 1)) == date(2026, 4, 1)


class TestNearestWorkingDay:
    @pytest.mark.parametrize(
        ("day", "nearest"),
        [
            (date(2026, 11, 27), date(2026, 11, 27)),
            (date(2026, 11, 28), date(2026, 11, 27)),
            (date(2026, 11, 29), date(2026, 11, 30)),
            (date(2026, 4, 5), date(2026, 4, 7)),
            (date(2026, 4, 3), date(2026, 4, 1)),
        ],
    )
    def test_it_is_the_closest_one(self, day: date, nearest: date) -> None:
        assert nearest_working_day(day, date(2026, 1, 1)) == nearest

    def test_of_two_as_close_the_earlier(self) -> None:
        day = date(2026, 11, 25)

        assert nearest_working_day(day, date(2026, 1, 1), frozenset({day})) == date(2026, 11, 24)

    def test_none_before_the_first_day_there_is_to_choose(self) -> None:
        assert nearest_working_day(date(2026, 11, 28), date(2026, 11, 28)) == date(2026, 11, 30)

    def test_the_offices_own_closing_days_are_none(self) -> None:
        closed = frozenset({date(2026, 11, 26), date(2026, 11, 27)})

        assert nearest_working_day(date(2026, 11, 28), date(2026, 11, 1), closed) == date(
            2026, 11, 30
        )


class TestAddWorkingDays:
    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            (date(2026, 11, 23), 1, date(2026, 11, 24)),
            (date(2026, 11, 27), 1, date(2026, 11, 30)),
            (date(2026, 11, 28), 1, date(2026, 11, 30)),
            (date(2026, 11, 30), -1, date(2026, 11, 27)),
            (date(2026, 4, 1), 1, date(2026, 4, 7)),
            (date(2026, 4, 7), -1, date(2026, 4, 1)),
            (date(2026, 5, 13), 2, date(2026, 5, 18)),
            (date(2026, 12, 31), 1, date(2027, 1, 4)),
            (date(2026, 12, 5), 0, date(2026, 12, 5)),
        ],
    )
    def test_known_cases(self, day: date, n: int, expected: date) -> None:
        assert add_working_days(day, n) == expected

    @given(day=days, n=st.integers(1, 30), closed=closing_days)
    def test_exactly_so_many_working_days_lie_between(
        self, day: date, n: int, closed: frozenset[date]
    ) -> None:
        end = add_working_days(day, n, closed)

        passed = [day + timedelta(days=k) for k in range(1, (end - day).days + 1)]
        assert is_working_day(end, closed)
        assert sum(is_working_day(each, closed) for each in passed) == n

    @given(day=days, n=st.integers(1, 30), closed=closing_days)
    def test_there_and_back_is_the_same_working_day(
        self, day: date, n: int, closed: frozenset[date]
    ) -> None:
        start = first_working_day(day, closed)

        assert add_working_days(add_working_days(start, n, closed), -n, closed) == start


class TestAnswerDeadline:
    @pytest.mark.parametrize(
        ("received", "days", "due"),
        [
            (oslo(2026, 11, 23, 8, 0), 5, oslo(2026, 11, 30, 16, 0)),
            (oslo(2026, 11, 23, 23, 59), 5, oslo(2026, 11, 30, 16, 0)),
            (oslo(2026, 11, 24, 0, 0), 5, oslo(2026, 12, 1, 16, 0)),
            (oslo(2026, 11, 21, 12, 0), 1, oslo(2026, 11, 24, 16, 0)),
            (oslo(2026, 4, 3, 12, 0), 1, oslo(2026, 4, 8, 16, 0)),
            (oslo(2026, 4, 1, 12, 0), 1, oslo(2026, 4, 7, 16, 0)),
            (oslo(2026, 11, 23, 8, 0), 0, oslo(2026, 11, 23, 16, 0)),
            (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), 1, oslo(2026, 11, 24, 16, 0)),
        ],
    )
    def test_known_cases(self, received: datetime, days: int, due: datetime) -> None:
        assert answer_deadline(received, days) == due

    def test_a_closing_day_moves_the_deadline(self) -> None:
        closed = frozenset({date(2026, 11, 24)})

        due = answer_deadline(oslo(2026, 11, 23, 8, 0), 1, closed, office_closes=time(15, 30))

        assert due == oslo(2026, 11, 25, 15, 30)

    @pytest.mark.parametrize("year", YEARS)
    def test_around_every_holiday_it_falls_n_working_days_later(self, year: int) -> None:
        for day, hour, n in product(near_holidays(year), (0, 8, 15, 23), (1, 2, 5)):
            due = answer_deadline(local(day, time(hour)), n).astimezone(OSLO)

            assert due.time() == time(16, 0)
            assert works(due.date())
            assert working_days_among(day, due.date()) == n + 1

    @given(first=moments, second=moments, n=st.integers(0, 10), closed=closing_days)
    def test_what_came_later_is_never_due_earlier(
        self, first: datetime, second: datetime, n: int, closed: frozenset[date]
    ) -> None:
        earlier, later = sorted([first, second])

        assert answer_deadline(earlier, n, closed) <= answer_deadline(later, n, closed)

    def test_it_is_in_utc(self) -> None:
        assert answer_deadline(oslo(2026, 11, 23, 8, 0), 1).tzinfo is UTC

    def test_a_naive_time_is_refused(self) -> None:
        with pytest.raises(ValueError, match="without a zone"):
            answer_deadline(oslo(2026, 11, 23, 8, 0).replace(tzinfo=None), 1)

    def test_days_cannot_be_negative(self) -> None:
        with pytest.raises(ValueError, match="before the question"):
            answer_deadline(oslo(2026, 11, 23, 8, 0), -1)


class TestLastFreeCancellation:
    @pytest.mark.parametrize(
        ("starts", "working_days", "last"),
        [
            (oslo(2026, 11, 23, 9, 0), 1, oslo(2026, 11, 20, 9, 0)),
            (oslo(2026, 11, 24, 9, 0), 1, oslo(2026, 11, 23, 9, 0)),
            (oslo(2026, 4, 7, 9, 0), 1, oslo(2026, 4, 1, 9, 0)),
            (oslo(2026, 3, 30, 9, 0), 1, oslo(2026, 3, 27, 9, 0)),
            (oslo(2026, 10, 26, 9, 0), 1, oslo(2026, 10, 23, 9, 0)),
            (oslo(2026, 11, 28, 9, 0), 1, oslo(2026, 11, 27, 9, 0)),
            (oslo(2027, 1, 4, 8, 20), 2, oslo(2026, 12, 30, 8, 20)),
            (oslo(2026, 11, 23, 9, 0), 0, oslo(2026, 11, 23, 9, 0)),
        ],
    )
    def test_working_days_keep_the_clock(
        self, starts: datetime, working_days: int, last: datetime
    ) -> None:
        assert last_free_cancellation(starts, working_days=working_days) == last

    def test_hours_are_counted_as_they_pass_over_the_change(self) -> None:
        spring = last_free_cancellation(oslo(2026, 3, 29, 12, 0), hours=24)
        autumn = last_free_cancellation(oslo(2026, 10, 25, 12, 0), hours=24)

        assert spring == oslo(2026, 3, 28, 11, 0)
        assert autumn == oslo(2026, 10, 24, 13, 0)

    def test_closing_days_are_not_counted(self) -> None:
        closed = frozenset({date(2026, 11, 20)})

        last = last_free_cancellation(oslo(2026, 11, 23, 9, 0), working_days=1, closed=closed)

        assert last == oslo(2026, 11, 19, 9, 0)

    @pytest.mark.parametrize("year", YEARS)
    def test_around_every_holiday_it_keeps_the_clock_n_working_days_earlier(
        self, year: int
    ) -> None:
        clocks = (time(8, 0), time(11, 40), time(15, 40))
        for day, clock, n in product(near_holidays(year), clocks, (1, 2, 3)):
            last = last_free_cancellation(local(day, clock), working_days=n).astimezone(OSLO)

            assert last.time() == clock
            assert works(last.date())
            assert working_days_among(last.date(), day - timedelta(days=1)) == n

    @given(starts=moments, n=st.integers(0, 200), closed=closing_days)
    def test_it_never_lies_after_the_start(
        self, starts: datetime, n: int, closed: frozenset[date]
    ) -> None:
        start = starts.astimezone(UTC)

        by_days = last_free_cancellation(starts, working_days=n % 10, closed=closed)
        by_hours = last_free_cancellation(starts, hours=n)

        assert by_days <= start
        assert start - by_hours == timedelta(hours=n)

    @pytest.mark.parametrize(("working_days", "hours"), [(None, None), (1, 24)])
    def test_exactly_one_limit_is_given(self, working_days: int | None, hours: int | None) -> None:
        with pytest.raises(ValueError, match="either"):
            last_free_cancellation(oslo(2026, 11, 23, 9, 0), working_days=working_days, hours=hours)

    @pytest.mark.parametrize(("working_days", "hours"), [(-1, None), (None, -1)])
    def test_a_limit_after_the_start_is_refused(
        self, working_days: int | None, hours: int | None
    ) -> None:
        with pytest.raises(ValueError, match="lies before"):
            last_free_cancellation(oslo(2026, 11, 23, 9, 0), working_days=working_days, hours=hours)
