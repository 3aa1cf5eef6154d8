"""Events that repeat: over both changes, with their exceptions, and never without end."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import recurring_ical_events
from hypothesis import example, given
from hypothesis import strategies as st

from dialog.appointments import calendar_file
from dialog.appointments.calendar_file import BrokenCalendar
from dialog.working_days import OSLO, local
from tests.appointments.ics import CUSTOMIZED, MONDAY, SINCE, UNTIL, busy, event, oslo


class TestRepeating:
    def test_nine_stays_nine_over_both_changes(self) -> None:
        weekly = event(
            "UID:1", "DTSTART;TZID=Europe/Oslo:20260105T090000", "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;BYDAY=MO",
        )  # fmt: skip

        found = busy(*weekly)

        assert len(found) == 52
        assert {f"{each.starts.astimezone(OSLO):%a %H:%M}" for each in found} == {"Mon 09:00"}

    def test_in_utc_it_follows_utc(self) -> None:
        weekly = event("UID:1", "DTSTART:20260105T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")

        assert {each.starts.hour for each in busy(*weekly)} == {8}

    def test_another_zones_own_changes_count(self) -> None:
        london = event(
            "UID:1", "DTSTART;TZID=America/New_York:20260302T090000", "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=5",
        )  # fmt: skip

        found = [oslo(each) for each in busy(*london)]

        assert found == [
            "03-02 15:00-16:00", "03-09 14:00-15:00", "03-16 14:00-15:00",
            "03-23 14:00-15:00", "03-30 15:00-16:00",
        ]  # fmt: skip

    def test_the_files_own_zone_repeats_on_its_clock(self) -> None:
        daily = event(
            "UID:1", "DTSTART;TZID=Customized Time Zone:20260101T090000", "DURATION:PT1H",
            "RRULE:FREQ=DAILY",
        )  # fmt: skip

        found = busy(*CUSTOMIZED, *daily)

        assert len(found) == 365
        assert {each.starts.astimezone(OSLO).hour for each in found} == {9}

    @pytest.mark.parametrize(
        ("until", "last"),
        [
            ("20260119", "01-19 09:00-10:00"),
            ("20260119T090000", "01-19 09:00-10:00"),
            ("20260119T085959", "01-12 09:00-10:00"),
            ("20260119T080000Z", "01-19 09:00-10:00"),
            ("20260119T075959Z", "01-12 09:00-10:00"),
        ],
    )
    def test_until_is_the_last_moment(self, until: str, last: str) -> None:
        weekly = event(
            "UID:1", "DTSTART;TZID=Europe/Oslo:20260105T090000", "DURATION:PT1H",
            f"RRULE:FREQ=WEEKLY;UNTIL={until}",
        )  # fmt: skip

        assert oslo(busy(*weekly)[-1]) == last

    def test_exceptions_additions_and_replacements(self) -> None:
        master = event(
            "UID:1", "SEQUENCE:1", "DTSTART;TZID=Europe/Oslo:20260105T090000", "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=Europe/Oslo:20260112T090000",
            "EXDATE:20260119T080000Z,20260126T080000Z", "RDATE;TZID=Europe/Oslo:20260107T120000",
            "RDATE;VALUE=PERIOD:20260108T080000Z/PT2H,20260109T080000Z/20260109T083000Z",
        )  # fmt: skip
        moved = event(
            "UID:1", "SEQUENCE:1", "RECURRENCE-ID;TZID=Europe/Oslo:20260202T090000",
            "DTSTART;TZID=Europe/London:20260203T130000", "DURATION:PT30M",
        )  # fmt: skip
        gone = event(
            "UID:1", "RECURRENCE-ID:20260209T080000Z", "STATUS:CANCELLED",
            "DTSTART;TZID=Europe/Oslo:20260209T090000", "DURATION:PT1H",
        )  # fmt: skip

        found = [oslo(each) for each in busy(*moved, *master, *gone)]

        assert found == [
            "01-05 09:00-10:00", "01-07 12:00-13:00", "01-08 09:00-11:00", "01-09 09:00-09:30",
            "02-03 14:00-14:30",
        ]  # fmt: skip

    def test_this_and_future_moves_the_rest(self) -> None:
        master = event(
            "UID:1", "DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4",
        )  # fmt: skip
        later = event(
            "UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T090000", "SEQUENCE:1",
            "DTSTART:20260119T110000", "DURATION:PT1H",
        )  # fmt: skip

        found = [oslo(each) for each in busy(*master, *later)]

        assert found == [
            "01-05 09:00-10:00", "01-12 09:00-10:00", "01-19 11:00-12:00", "01-26 11:00-12:00",
        ]  # fmt: skip

    def test_a_replacement_without_its_series_blocks_by_itself(self) -> None:
        alone = event(
            "UID:1", "RECURRENCE-ID:20260119T090000", "DTSTART:20260119T110000", "DURATION:PT1H",
        )  # fmt: skip

        assert [oslo(each) for each in busy(*alone)] == ["01-19 11:00-12:00"]

    def test_only_the_newest_of_two_with_one_name_counts(self) -> None:
        old = event("UID:1", "SEQUENCE:1", "DTSTART:20260119T090000", "DURATION:PT1H")
        new = event("UID:1", "SEQUENCE:2", "DTSTART:20260119T110000", "DURATION:PT1H")

        assert [oslo(each) for each in busy(*new, *old)] == ["01-19 11:00-12:00"]

    def test_two_with_one_name_and_neither_newer_both_block(self) -> None:
        one = event("UID:1", "DTSTART:20260119T090000", "DURATION:PT1H")
        other = event("UID:1", "DTSTART:20260119T110000", "DURATION:PT1H")

        assert len(busy(*one, *other)) == 2

    def test_a_night_shift_ends_by_the_clock_when_it_changes(self) -> None:
        nights = event(
            "UID:1", "DTSTART;TZID=Europe/Oslo:20260327T220000",
            "DTEND;TZID=Europe/Oslo:20260328T070000", "RRULE:FREQ=DAILY;COUNT=3",
        )  # fmt: skip

        found = busy(*nights)

        assert [oslo(each) for each in found] == [
            "03-27 22:00-07:00", "03-28 22:00-07:00", "03-29 22:00-07:00",
        ]  # fmt: skip
        assert [each.ends - each.starts for each in found] == [
            timedelta(hours=9), timedelta(hours=8), timedelta(hours=9),
        ]  # fmt: skip

    def test_what_begins_in_the_hour_that_is_missing_is_there_all_the_same(self) -> None:
        early = event(
            "UID:1", "DTSTART;TZID=Europe/Oslo:20260328T025700", "DURATION:PT3M",
            "RRULE:FREQ=DAILY;COUNT=3",
        )  # fmt: skip

        assert [oslo(each) for each in busy(*early)] == [
            "03-28 02:57-03:00", "03-29 03:57-04:00", "03-30 02:57-03:00",
        ]  # fmt: skip

    @example(first=date(2026, 3, 8), clock=time(2, 57), every=1, count=22, minutes=3)
    @given(
        first=st.dates(date(2025, 12, 1), date(2026, 12, 31)),
        clock=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
        every=st.integers(1, 5),
        count=st.integers(1, 40),
        minutes=st.integers(1, 600),
    )
    def test_a_daily_series_agrees_with_counting_days(
        self, first: date, clock: time, every: int, count: int, minutes: int
    ) -> None:
        starts = f"DTSTART;TZID=Europe/Oslo:{first:%Y%m%d}T{clock:%H%M%S}"
        rule = f"RRULE:FREQ=DAILY;INTERVAL={every};COUNT={count}"

        found = busy(*event("UID:1", starts, f"DURATION:PT{minutes}M", rule))

        days = [first + timedelta(days=every * n) for n in range(count)]
        begun = [local(day, clock) for day in days]
        assert {each.starts for each in found} <= set(begun)
        assert {each for each in begun if SINCE <= each < UNTIL} <= {each.starts for each in found}


class TestTooMuch:
    @pytest.mark.parametrize("frequency", ["SECONDLY", "MINUTELY", "DAILY;BYHOUR=1,2,3;BYSECOND="
                                           + ",".join(map(str, range(60)))])  # fmt: skip
    def test_a_rule_too_dense_to_reckon_is_refused_at_once(self, frequency: str) -> None:
        with pytest.raises(BrokenCalendar) as broken:
            busy(*event("UID:1", "DTSTART:19700101T000000", f"RRULE:FREQ={frequency}"))

        assert "gjentas så ofte" in broken.value.reason

    def test_more_times_than_the_cap_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(calendar_file, "MAX_INSTANCES", 51)
        weekly = ("UID:1", "DTSTART:20260101T090000", "DURATION:PT5M", "RRULE:FREQ=WEEKLY;COUNT=")

        assert len(busy(*event(*weekly[:-1], weekly[-1] + "51"))) == 51
        with pytest.raises(BrokenCalendar) as broken:
            busy(*event(*weekly[:-1], weekly[-1] + "52"))

        assert "mer enn 51 opptatte tider" in broken.value.reason

    def test_reckoning_that_takes_too_long_is_stopped(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(calendar_file, "MAX_SECONDS", -1.0)

        with pytest.raises(BrokenCalendar) as broken:
            busy(*event(f"DTSTART:{MONDAY}T090000", "DURATION:PT5M"))

        assert "for lang tid" in broken.value.reason

    @pytest.mark.parametrize("count", ["", ";COUNT=3", ";UNTIL=99991231T235959Z"])
    def test_a_rule_that_never_comes_true_gives_nothing(self, count: str) -> None:
        rule = f"RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31{count}"

        found = busy(*event("UID:1", "DTSTART:20260101T090000", "DURATION:PT5M", rule))

        assert [oslo(each) for each in found] == ["01-01 09:00-09:05"]

    def test_no_rule_is_tried_for_more_than_four_hundred_years(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[Any] = []
        reckon = recurring_ical_events.of
        monkeypatch.setattr(
            recurring_ical_events, "of", lambda each: asked.append(each) or reckon(each)
        )

        found = busy(
            *event("UID:1", "DTSTART:20260101T090000", "DURATION:PT5M", "RRULE:FREQ=DAILY")
        )

        [component] = asked[0].walk("VEVENT")
        assert component["DTSTART"].dt.year > 9999 - 400
        assert len(found) == 365

    def test_an_ordinary_calendar_of_years_is_within_the_caps(self) -> None:
        lines = [
            line
            for n in range(60)
            for line in event(
                f"UID:{n}", "DTSTART;TZID=Europe/Oslo:20160104T090000", "DURATION:PT20M",
                "RRULE:FREQ=WEEKLY;BYDAY=MO,WE",
            )
        ]  # fmt: skip

        found = busy(*lines, since=datetime(2026, 11, 1, tzinfo=UTC))

        assert len(found) == 18
