"""Calendar files that cannot be read: every fault by its line, and not a single period."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.appointments.calendar_file import BrokenCalendar, busy_periods
from tests.appointments.ics import CUSTOMIZED, MONDAY, SINCE, UNTIL, busy, event, ics


class TestBroken:
    def faults(self, data: bytes) -> list[tuple[int, str]]:
        with pytest.raises(BrokenCalendar) as broken:
            busy_periods(data, since=SINCE, until=UNTIL)
        assert broken.value.field == "file"
        return [(fault.line, fault.reason) for fault in broken.value.faults]

    @pytest.mark.parametrize(
        ("line", "number", "word"),
        [
            ("DTSTART:2026XX23T090000", 5, "DTSTART"),
            ("DTSTART:20260230T090000", 5, "DTSTART"),
            ("DTSTART:20261123T250000", 5, "DTSTART"),
            ("DTSTART:20261123T090000+0100", 5, "DTSTART"),
            ("DTSTART:20261123T090000,20261124T090000", 5, "DTSTART"),
            ("DTSTART:00010101T000000", 5, "DTSTART"),
            ("DTSTART:", 5, "DTSTART"),
            ("DTSTART;TZID=Nowhere/Land:20261123T090000", 5, "Tidssonen"),
            ('DTSTART;TZID="Europe:20261123T090000', 5, "kan ikke leses"),
            ("DTSTART;TZID=Europe:20261123T090000", 5, "Tidssonen"),
            ("DTSTART:99991231T230000Z\r\nDURATION:PT3H", 5, "DTSTART"),
            ("DTSTART;VALUE=DATE:99991231", 5, "DTSTART"),
            ("SUMMARY without a colon", 5, "kolon"),
            ("DURATION:1H", 4, "DTSTART"),
        ],
    )
    def test_the_line_and_the_reason_are_named(self, line: str, number: int, word: str) -> None:
        [(found, reason)] = self.faults(ics(*event(line)))

        assert found == number
        assert word in reason

    def test_what_is_begun_without_end_is_given_up_at_once(self) -> None:
        faults = self.faults(ics(*["BEGIN:VEVENT"] * 1000))

        assert len(faults) == 50

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("DTEND:20261123T080000", "slutter før"),
            ("DURATION:-PT1H", "slutter før"),
            ("DTEND;VALUE=DATE:20261124", "dager eller tider"),
            ("DTEND:tomorrow", "DTEND"),
            ("DURATION:1H", "Varigheten"),
            ("DTSTART:20261123T090000", "to ganger"),
            ("RRULE:FREQ=SOMETIMES", "RRULE"),
            ("RRULE:BYDAY=MO", "RRULE"),
            ("RRULE:", "RRULE"),
            ("RRULE:FREQ=WEEKLY;BYDAY=XX", "RRULE"),
            ("RRULE:FREQ=WEEKLY;INTERVAL=0", "RRULE"),
            ("RRULE:FREQ=WEEKLY;COUNT=0", "RRULE"),
            ("RRULE:FREQ=WEEKLY;UNTIL=soon", "RRULE"),
            ("RRULE:FREQ=DAILY;BYHOUR=25", "regnes ut"),
            ("EXDATE:20261123T0900", "EXDATE"),
            ("RDATE;VALUE=PERIOD:20261123T080000Z", "RDATE"),
            ("RDATE;VALUE=PERIOD:20261123T080000Z/20261123T070000Z", "slutter før"),
            ("RDATE;VALUE=PERIOD:20261123/P1D", "RDATE"),
            ("RECURRENCE-ID:x", "RECURRENCE-ID"),
        ],
    )
    def test_every_line_that_tells_when_is_checked(self, line: str, word: str) -> None:
        [(number, reason)] = self.faults(
            ics(*event("UID:1", "DTSTART:20261123T090000", line, "SUMMARY:secret"))
        )

        assert number in (4, 7)
        assert word in reason

    def test_the_sentence_says_the_line_in_plain_words(self) -> None:
        with pytest.raises(BrokenCalendar) as broken:
            busy(*event("DTSTART:tomorrow"))

        reason = "DTSTART er ikke en gyldig dag eller et gyldig klokkeslett."
        assert str(broken.value.sentence) == f"Linje 5: {reason}"
        assert (broken.value.line, broken.value.reason) == (5, reason)

    def test_lines_are_counted_as_an_editor_shows_them(self) -> None:
        folded = ("SUMMARY:one", " two", "\tthree", "DTSTART:2026", " XX23")

        [(number, _reason)] = self.faults(ics(*event(*folded), newline="\n"))

        assert number == 8

    def test_all_faults_are_named_and_nothing_is_read(self) -> None:
        good = event(f"DTSTART:{MONDAY}T090000", "DURATION:PT1H")

        found = self.faults(ics(*event("DTSTART:x"), *good, *event("DTSTART:y"), *event("UID:z")))

        assert [number for number, _reason in found] == [5, 12, 14]

    def test_a_long_list_is_shortened_in_the_sentence(self) -> None:
        with pytest.raises(BrokenCalendar) as broken:
            busy(*event("DTSTART:x") * 30)

        assert str(broken.value.sentence).count("Linje") == 10
        assert str(broken.value.sentence).endswith("Det er flere feil enn disse.")

    @pytest.mark.parametrize(
        "data",
        [b"", b"\r\n\r\n", b"<!doctype html><title>Logg inn</title>", b"\x89PNG\r\n\x1a\n",
         "BEGIN:VCALENDAR".encode("utf-16"), b"BEGIN:VCARD\r\nEND:VCARD\r\n"],
    )  # fmt: skip
    def test_another_kind_of_file_is_told_so_once(self, data: bytes) -> None:
        [(number, reason)] = self.faults(data)

        assert number == 0
        assert "ikke en kalenderfil" in reason

    def test_a_file_cut_short_is_found(self) -> None:
        whole = ics(*event(f"DTSTART:{MONDAY}T090000", "DURATION:PT1H"))

        [(number, reason)] = self.faults(whole[: whole.index(b"DURATION")])

        assert number == 5
        assert "slutter før kalenderen er ferdig" in reason

    def test_wrong_nesting_is_found(self) -> None:
        found = self.faults(ics("BEGIN:VEVENT", "DTSTART:20261123T090000", "END:VALARM"))

        assert found[0][0] == 6

    @pytest.mark.parametrize("line", ["SUMMARY:after", "BEGIN:VEVENT"])
    def test_a_line_outside_the_calendar_is_found(self, line: str) -> None:
        found = self.faults(ics() + line.encode())

        assert found[0] == (5, "Linjen står utenfor kalenderen.")

    def test_a_zone_that_explains_nothing_is_found(self) -> None:
        [(number, reason)] = self.faults(
            ics("BEGIN:VTIMEZONE", "TZID:Mine", "END:VTIMEZONE", *event("DTSTART:20261123"))
        )

        assert (number, reason) == (4, "Tidssonen kan ikke leses.")

    def test_a_fault_never_repeats_what_the_file_says(self) -> None:
        with pytest.raises(BrokenCalendar) as broken:
            busy(*event("SUMMARY:Kari Nordmann", "DTSTART:Kari Nordmann"), "Kari Nordmann")

        assert "Kari" not in f"{broken.value.sentence} {broken.value!r} {broken.value.faults}"

    @given(st.binary(max_size=200), st.integers(0, 300))
    def test_rubbish_anywhere_gives_periods_or_faults(self, rubbish: bytes, at: int) -> None:
        whole = ics(*CUSTOMIZED, *event(
            "UID:1", "DTSTART;TZID=Customized Time Zone:20260105T090000", "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260112T080000Z",
        ))  # fmt: skip

        try:
            found = busy_periods(whole[:at] + rubbish + whole[at:], since=SINCE, until=UNTIL)
        except BrokenCalendar as broken:
            found = []
            assert broken.faults
        assert all(each.starts < each.ends for each in found)

    def test_a_file_over_five_megabytes_is_refused_before_it_is_read(self) -> None:
        with pytest.raises(BrokenCalendar, match="invalid") as broken:
            busy_periods(b"x" * (5 * 1024 * 1024 + 1), since=SINCE, until=UNTIL)

        assert "større enn 5 MB" in broken.value.reason
