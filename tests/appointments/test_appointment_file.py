"""The file for a patient's own calendar, read back by a parser that had no part in writing it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.appointments.calendar_file import appointment_file, busy_periods
from dialog.working_days import day_bounds, local

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CHANGE_DAYS = [date(2024, 3, 31), date(2024, 10, 27), date(2026, 3, 29), date(2026, 10, 25),
               date(2030, 3, 31), date(2030, 10, 27)]  # fmt: skip


def made(starts: datetime, ends: datetime | None = None, **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "place": "Storgata legesenter",
        "sequence": 0,
        "cancelled": False,
        "phone": "22 33 44 55",
        "now": NOW,
    }
    until = ends or starts + timedelta(minutes=20)
    return appointment_file("1f2e@storgata", starts, until, **given | changes)


def read(data: bytes) -> Any:
    import vobject  # here, for it takes long to load, and every worker loads this file

    return vobject.readOne(data.decode())


def hours_of(day: date) -> Iterator[datetime]:
    moment, end = day_bounds(day)
    while moment < end:
        yield moment
        moment += timedelta(hours=1)


class TestReadByAnother:
    def test_it_says_when_where_and_no_more(self) -> None:
        calendar = read(made(local(date(2026, 11, 30), time(9, 0))))

        event = calendar.vevent
        assert calendar.method.value == "PUBLISH"
        assert event.summary.value == "Time"
        assert event.location.value == "Storgata legesenter"
        assert event.description.value == "Kan du ikke komme? Ring 22 33 44 55."
        assert event.status.value == "CONFIRMED"
        assert event.uid.value == "1f2e@storgata"
        assert event.sequence.value == "0"
        assert event.dtstamp.value == NOW
        assert {child.name for child in event.getChildren()} <= {
            "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION",
            "DESCRIPTION", "STATUS", "TRANSP", "CLASS",
        }  # fmt: skip

    def test_the_time_is_on_the_clock_of_oslo_by_the_files_own_rules(self) -> None:
        event = read(made(datetime(2026, 6, 1, 7, 0, tzinfo=UTC))).vevent

        assert (event.dtstart.value.hour, event.dtend.value.minute) == (9, 20)
        assert event.dtstart.value.utcoffset() == timedelta(hours=2)

    @pytest.mark.parametrize("day", CHANGE_DAYS)
    def test_every_hour_around_the_change_is_the_same_moment(self, day: date) -> None:
        hours = list(hours_of(day))

        found = [read(made(moment)).vevent.dtstart.value.astimezone(UTC) for moment in hours]

        assert found == hours

    def test_a_place_with_any_letters_and_signs_comes_through(self) -> None:
        place = 'Čuđiid "legesenter"; Ŧ, æøå\\ – 2. etasje\nBak kirken'

        event = read(made(NOW, place=place)).vevent

        assert event.location.value == place

    @given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=120))
    def test_any_place_comes_through(self, place: str) -> None:
        assert read(made(NOW, place=place)).vevent.location.value == place

    def test_without_a_phone_nothing_is_said_of_one(self) -> None:
        assert not hasattr(read(made(NOW, phone="")).vevent, "description")


class TestChanges:
    def test_a_moved_appointment_has_the_same_name_and_a_higher_number(self) -> None:
        event = read(made(local(date(2026, 12, 1), time(10, 0)), sequence=3)).vevent

        assert (event.uid.value, event.sequence.value) == ("1f2e@storgata", "3")

    def test_a_cancelled_appointment_says_so_and_takes_no_time(self) -> None:
        data = made(local(date(2026, 12, 1), time(10, 0)), sequence=4, cancelled=True)

        event = read(data).vevent
        assert (event.status.value, event.transp.value) == ("CANCELLED", "TRANSPARENT")
        assert event.summary.value == "Time (avlyst)"
        assert not hasattr(event, "description")

    def test_our_own_reader_finds_the_period_again(self) -> None:
        starts = local(date(2026, 10, 25), time(2, 30))
        window = {"since": starts - timedelta(days=1), "until": starts + timedelta(days=1)}

        [found] = busy_periods(made(starts), **window)

        assert (found.starts, found.ends) == (starts, starts + timedelta(minutes=20))

    def test_lines_are_folded_and_end_as_the_format_wants(self) -> None:
        lines = made(NOW, place="Å" * 200).split(b"\r\n")

        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line for line in lines)
