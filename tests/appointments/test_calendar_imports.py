"""A calendar of one's own: what is busy in it is not free here."""

from datetime import time
from typing import Any

import pytest

from dialog.appointments import actions, queries
from dialog.appointments.calendar_file import BrokenCalendar
from dialog.demo.cast import Cast
from dialog.errors import (
    NotAllowed,
    NotFound,
)
from tests.appointments.lunds_timebook import lund, published
from tests.appointments.people_and_times import (
    at,
    booked,
    free,
    seen,
    workday,
)


def calendar(*starts: str, minutes: int = 60) -> bytes:
    events = [
        line
        for number, one in enumerate(starts)
        for line in (
            "BEGIN:VEVENT", f"UID:{number}", f"DTSTART:{one}", f"DURATION:PT{minutes}M",
            "SUMMARY:Tannlege", "END:VEVENT",
        )
    ]  # fmt: skip
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//NO", *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


class TestImportCalendar:
    def load(self, cast: Cast, data: bytes, **change: Any) -> Any:
        return actions.import_calendar(
            by=change.pop("by", cast.lund),
            practitioner=lund(cast),
            name="min.ics",
            data=data,
            **change,
        )

    def nine(self) -> str:
        return at(time(9)).strftime("%Y%m%dT%H%M%SZ")

    def test_busy_times_are_not_free(self, cast: Cast) -> None:
        self.load(cast, calendar(self.nine()))

        assert published(cast, workday())[0] == "10:00"

    def test_what_is_booked_stays_and_is_listed(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari)[0])

        self.load(cast, calendar(self.nine()))

        collisions = seen(cast.siri, lambda: queries.collisions(cast.siri, lund(cast)))
        assert [one.conversation_id for one in collisions] == [made.conversation_id]

    def test_the_preview_says_what_it_would_do_and_does_nothing(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari)[0])
        before = published(cast, workday())

        preview = seen(
            cast.lund,
            lambda: queries.preview_calendar(cast.lund, lund(cast), calendar(self.nine())),
        )

        assert len(preview.periods) == 1
        assert len(preview.blocked) == 3
        assert [one.conversation_id for one in preview.collisions] == [made.conversation_id]
        assert published(cast, workday()) == before

    def test_a_broken_file_changes_nothing_and_says_which_line(self, cast: Cast) -> None:
        before = published(cast, workday())
        broken = calendar(self.nine()).replace(b"DURATION:PT60M", b"DURATION:hele dagen")

        with pytest.raises(BrokenCalendar) as refused:
            self.load(cast, broken)

        assert refused.value.line == 7
        assert published(cast, workday()) == before
        assert not seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast))).imports

    def test_a_new_file_replaces_the_old(self, cast: Cast) -> None:
        self.load(cast, calendar(self.nine()))

        self.load(cast, calendar(at(time(10)).strftime("%Y%m%dT%H%M%SZ")))

        assert published(cast, workday())[:2] == ["09:00", "09:20"]

    def test_or_comes_beside_it(self, cast: Cast) -> None:
        self.load(cast, calendar(self.nine()))

        self.load(cast, calendar(at(time(10)).strftime("%Y%m%dT%H%M%SZ")), replace=False)

        assert published(cast, workday())[0] == "11:00"

    def test_a_stranger_imports_nothing(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                self.load(cast, calendar(self.nine()), by=who)


class TestRemoveImport:
    def test_the_times_are_free_again(self, cast: Cast) -> None:
        made = TestImportCalendar().load(cast, calendar(at(time(9)).strftime("%Y%m%dT%H%M%SZ")))

        actions.remove_import(by=cast.lund, import_id=made.id)

        assert published(cast, workday())[0] == "09:00"

    def test_a_stranger_removes_nothing(self, cast: Cast) -> None:
        made = TestImportCalendar().load(cast, calendar(at(time(9)).strftime("%Y%m%dT%H%M%SZ")))

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.remove_import(by=who, import_id=made.id)
