"""The clock, over every minute of both change days of seven years."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.working_days import (
    OSLO,
    answer_deadline,
    day_bounds,
    first_working_day,
    last_free_cancellation,
    local,
    oslo_day,
)

SPRING = [date(2024, 3, 31), date(2025, 3, 30), date(2026, 3, 29), date(2027, 3, 28),
          date(2028, 3, 26), date(2029, 3, 25), date(2030, 3, 31)]  # fmt: skip
AUTUMN = [date(2024, 10, 27), date(2025, 10, 26), date(2026, 10, 25), date(2027, 10, 31),
          date(2028, 10, 29), date(2029, 10, 28), date(2030, 10, 27)]  # fmt: skip
EVERY_MINUTE = [time(hour, minute) for hour, minute in product(range(24), range(60))]

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


class TestTheClock:
    @pytest.mark.parametrize("day", SPRING)
    def test_in_march_a_day_has_23_hours(self, day: date) -> None:
        start, end = day_bounds(day)

        assert end - start == timedelta(hours=23)

    @pytest.mark.parametrize("day", AUTUMN)
    def test_in_october_a_day_has_25_hours(self, day: date) -> None:
        start, end = day_bounds(day)

        assert end - start == timedelta(hours=25)

    @given(day=days)
    def test_days_meet_without_gap_or_overlap(self, day: date) -> None:
        start, end = day_bounds(day)

        assert end == day_bounds(day + timedelta(days=1))[0]
        assert oslo_day(start) == day
        assert oslo_day(end - timedelta(microseconds=1)) == day
        assert start.tzinfo is UTC

    @pytest.mark.parametrize("day", SPRING)
    def test_every_minute_of_the_spring_day(self, day: date) -> None:
        for clock in EVERY_MINUTE:
            moment = local(day, clock)

            shown = moment.astimezone(OSLO).time()
            offset = timedelta(hours=1) if clock < time(3) else timedelta(hours=2)
            assert moment == datetime.combine(day, clock, UTC) - offset
            assert shown == (clock.replace(hour=3) if clock.hour == 2 else clock)

    @pytest.mark.parametrize("day", AUTUMN)
    def test_every_minute_of_the_autumn_day(self, day: date) -> None:
        for clock in EVERY_MINUTE:
            moment = local(day, clock)

            offset = timedelta(hours=2) if clock < time(3) else timedelta(hours=1)
            assert moment == datetime.combine(day, clock, UTC) - offset
            assert moment.astimezone(OSLO).time() == clock

    @pytest.mark.parametrize("day", SPRING + AUTUMN)
    def test_every_hour_that_passes_on_a_change_day_belongs_to_it(self, day: date) -> None:
        start, end = day_bounds(day)
        hours = (end - start) // timedelta(hours=1)

        found = {oslo_day(start + timedelta(hours=n)) for n in range(hours)}

        assert found == {day}
        assert oslo_day(start - timedelta(hours=1)) < day < oslo_day(end)

    @pytest.mark.parametrize("day", SPRING + AUTUMN)
    def test_deadlines_hold_over_every_hour_of_a_change_day(self, day: date) -> None:
        start, end = day_bounds(day)
        moment = start
        while moment < end:
            due = answer_deadline(moment, 1).astimezone(OSLO)
            free = last_free_cancellation(moment, hours=24)
            by_days = last_free_cancellation(moment, working_days=1).astimezone(OSLO)

            assert due.time() == time(16, 0)
            assert first_working_day(day) < due.date()
            assert moment - free == timedelta(hours=24)
            assert by_days.time() == moment.astimezone(OSLO).time()
            assert by_days.date() < day
            moment += timedelta(hours=1)

    def test_the_first_of_the_doubled_hours_is_meant_even_if_the_second_is_marked(self) -> None:
        marked = time(2, 30, fold=1)

        assert local(date(2026, 10, 25), marked) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_a_clock_with_its_own_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="zone of its own"):
            local(date(2026, 11, 23), time(9, 0, tzinfo=UTC))

    def test_a_day_is_a_day_in_oslo_wherever_the_time_was_written(self) -> None:
        tokyo = datetime(2026, 11, 23, 7, 30, tzinfo=ZoneInfo("Asia/Tokyo"))

        assert oslo_day(tokyo) == date(2026, 11, 22)
