"""An office's own calendar: what blocks, and in which zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialog.appointments.calendar_file import Busy
from dialog.working_days import day_bounds
from tests.appointments.ics import CUSTOMIZED, MONDAY, at, busy, event, oslo


class TestZones:
    @pytest.mark.parametrize(
        ("start", "end", "hour"),
        [
            (f"DTSTART;TZID=Europe/Oslo:{MONDAY}T090000", f"DTEND:{MONDAY}T100000", 9),
            (f"DTSTART:{MONDAY}T090000Z", f"DTEND:{MONDAY}T100000Z", 10),
            (f"DTSTART:{MONDAY}T090000", f"DTEND:{MONDAY}T100000", 9),
            (f"DTSTART;TZID=Europe/London:{MONDAY}T090000", "DURATION:PT1H", 10),
            (f'DTSTART;TZID="W. Europe Standard Time":{MONDAY}T090000', "DURATION:PT1H", 9),
            (f"DTSTART;TZID=/maker.example/Europe/Oslo:{MONDAY}T090000", "DURATION:PT1H", 9),
            (f"DTSTART;TZID=Customized Time Zone:{MONDAY}T090000", "DURATION:PT1H", 9),
            (f"DTSTART;X-OTHER=1;TZID=Asia/Tokyo:{MONDAY}T170000", "DURATION:PT1H", 9),
            (f"dtstart;tzid=Europe/Oslo:{MONDAY}T090000", "dtend:20261123T090000Z", 9),
        ],
    )  # fmt: skip
    def test_a_time_is_read_in_the_zone_it_was_written_in(
        self, start: str, end: str, hour: int
    ) -> None:
        found = busy(*CUSTOMIZED, *event(start, end))

        assert found == [Busy(at(11, 23, hour), at(11, 23, hour + 1))]

    def test_a_zone_only_the_file_knows_follows_the_files_own_rules(self) -> None:
        summer = event("DTSTART;TZID=Customized Time Zone:20260701T090000", "DURATION:PT1H")

        assert busy(*CUSTOMIZED, *summer) == [Busy(at(7, 1, 9), at(7, 1, 10))]

    def test_a_zone_explained_after_it_is_used_is_found(self) -> None:
        early = event(f"DTSTART;TZID=Customized Time Zone:{MONDAY}T090000", "DURATION:PT1H")

        assert busy(*early, *CUSTOMIZED) == [Busy(at(11, 23, 9), at(11, 23, 10))]

    def test_the_result_is_in_utc(self) -> None:
        [found] = busy(*event(f"DTSTART:{MONDAY}T090000", "DURATION:PT1H"))

        assert found.starts.tzinfo is UTC
        assert found.ends.tzinfo is UTC

    @example(moment=datetime(2026, 3, 29, 2, 0), zone="Europe/Oslo")  # noqa: DTZ001
    @given(
        moment=st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30)),  # noqa: DTZ001
        zone=st.sampled_from(["Europe/Oslo", "America/New_York", "Asia/Kolkata", "UTC"]),
    )
    def test_any_time_in_any_zone_is_the_moment_it_says(self, moment: datetime, zone: str) -> None:
        moment = moment.replace(microsecond=0, fold=0)  # of the hour that comes twice the first
        start = f"DTSTART;TZID={zone}:{moment:%Y%m%dT%H%M%S}"

        [found] = busy(*event(start, "DURATION:PT30M"))

        assert found.starts == moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        assert found.ends - found.starts == timedelta(minutes=30)


class TestAllDay:
    @pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 23)])
    def test_it_blocks_the_whole_day_in_oslo(self, day: date) -> None:
        found = busy(*event(f"DTSTART;VALUE=DATE:{day:%Y%m%d}"))

        assert found == [Busy(*day_bounds(day))]

    def test_the_end_is_the_first_day_it_is_over(self) -> None:
        found = busy(*event("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261126"))

        assert found == [Busy(at(11, 23, 0), at(11, 26, 0))]

    def test_an_end_on_the_same_day_is_still_a_day(self) -> None:
        found = busy(*event("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261123"))

        assert found == [Busy(at(11, 23, 0), at(11, 24, 0))]

    def test_it_repeats_by_day(self) -> None:
        found = busy(*event(
            "UID:1", "DTSTART;VALUE=DATE:20260320", "DURATION:P2D", "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE;VALUE=DATE:20260403",
        ))  # fmt: skip

        assert found == [Busy(at(3, 20, 0), at(3, 22, 0)), Busy(at(3, 27, 0), at(3, 29, 0))]


class TestWhatDoesNotBlock:
    @pytest.mark.parametrize(
        "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "transp:transparent"]
    )
    def test_free_and_cancelled_events_are_left_out(self, line: str) -> None:
        assert busy(*event(f"DTSTART:{MONDAY}T090000", "DURATION:PT1H", line)) == []

    @pytest.mark.parametrize("line", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "STATUS:CONFIRMED"])
    def test_others_block(self, line: str) -> None:
        assert len(busy(*event(f"DTSTART:{MONDAY}T090000", "DURATION:PT1H", line))) == 1

    def test_an_event_without_length_takes_no_time(self) -> None:
        assert busy(*event(f"DTSTART:{MONDAY}T090000")) == []

    def test_alarms_tasks_and_notes_are_passed_over(self) -> None:
        alarm = ("BEGIN:VALARM", "TRIGGER:-PT10M", "DURATION:PT9H", "END:VALARM")
        task = ("BEGIN:VTODO", f"DTSTART:{MONDAY}T110000", "DURATION:PT1H", "END:VTODO")

        found = busy(*event(f"DTSTART:{MONDAY}T090000", "DURATION:PT1H", *alarm), *task)

        assert [oslo(each) for each in found] == ["11-23 09:00-10:00"]

    def test_a_calendar_without_events_is_not_broken(self) -> None:
        assert busy() == []


class TestTheWindow:
    NIGHT = event("DTSTART:20261122T220000", "DTEND:20261123T070000")

    def test_over_midnight_is_one_period(self) -> None:
        assert busy(*self.NIGHT) == [Busy(at(11, 22, 22), at(11, 23, 7))]

    def test_a_period_that_reaches_in_is_given_whole(self) -> None:
        found = busy(*self.NIGHT, since=at(11, 23, 0), until=at(11, 24, 0))

        assert found == [Busy(at(11, 22, 22), at(11, 23, 7))]

    @pytest.mark.parametrize(
        ("since", "until"), [((11, 23, 7), (11, 24, 0)), ((11, 22, 0), (11, 22, 22))]
    )
    def test_a_period_that_only_touches_is_outside(
        self, since: tuple[int, int, int], until: tuple[int, int, int]
    ) -> None:
        assert busy(*self.NIGHT, since=at(*since), until=at(*until)) == []

    def test_the_same_time_twice_is_given_once_and_in_order(self) -> None:
        morning = event("UID:a", f"DTSTART:{MONDAY}T090000", "DURATION:PT1H")
        again = event("UID:b", f"DTSTART:{MONDAY}T090000", "DURATION:PT1H")
        earlier = event("UID:c", f"DTSTART:{MONDAY}T080000", "DURATION:PT1H")

        found = busy(*morning, *again, *earlier)

        assert [oslo(each) for each in found] == ["11-23 08:00-09:00", "11-23 09:00-10:00"]
