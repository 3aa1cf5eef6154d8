"""The timebook at the office, over HTTP, and the calendar that is read into it."""

from datetime import time
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dialog.appointments import queries
from dialog.demo.cast import Cast
from dialog.people.policy import Profession
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    seen,
    workday,
)
from tests.doors import post

NOT_FOUND = 404


class TestTimebook:
    def here(self, cast: Cast, name: str = "own_timebook", *args: Any) -> str:
        return reverse(f"workspace:{name}", args=[clinician(cast.lund), *args])

    def test_the_doctor_sees_and_changes_it(self, cast: Cast, as_lund: Client) -> None:
        words = as_lund.get(self.here(cast)).content.decode()

        assert "Vanlig time" in words
        assert "Endre reglene" in words

    def test_the_secretary_sees_it(self, cast: Cast, as_siri: Client) -> None:
        words = as_siri.get(self.here(cast)).content.decode()

        assert "Vanlig time" in words
        assert "Endre reglene" not in words
        assert as_siri.get(self.here(cast, "rules")).status_code == 403

    def test_a_stranger_finds_none(self, cast: Cast, as_berg: Client) -> None:
        for name in ("own_timebook", "rules", "add_hours", "import_calendar", "new_type"):
            assert as_berg.get(self.here(cast, name)).status_code == NOT_FOUND

    def test_a_number_nobody_means_is_said_at_the_field(self, cast: Cast, as_lund: Client) -> None:
        said = {"lead_minutes": 60, "horizon_days": 14, "release_days": "", "cancelling": "h24"}

        answer = post(as_lund, self.here(cast, "rules"), most_open="9" * 20, **said)

        assert answer.status_code == 422
        assert "Tallet må være 100 eller mindre." in answer.content.decode()

    def test_rules_are_saved(self, cast: Cast, as_lund: Client) -> None:
        said = {
            "lead_minutes": 120,
            "horizon_days": 14,
            "release_days": "0",
            "release_clock": "08.00",
            "most_open": 2,
            "cancelling": "h24",
        }

        assert post(as_lund, self.here(cast, "rules"), **said).status_code == 302

        rules = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund))).rules
        assert (rules.lead_minutes, rules.release_clock, rules.cancel_hours) == (120, time(8), 24)
        assert as_lund.get(self.here(cast, "rules")).status_code == 200

    def test_a_release_day_needs_a_clock(self, cast: Cast, as_lund: Client) -> None:
        said = {
            "lead_minutes": 0,
            "horizon_days": 14,
            "release_days": "1",
            "cancelling": "always",
        }

        assert post(as_lund, self.here(cast, "rules"), **said).status_code == 422

    def test_weekly_hours_come_and_go(self, cast: Cast, as_lund: Client) -> None:
        kind = free(cast.kari)[0].type.uuid
        said = {
            "release_days": "at-once",
            "weekdays": ["0", "2"],
            "starts": "16.00",
            "ends": "17.00",
            "type_uuid": kind,
        }

        assert post(as_lund, self.here(cast, "add_hours"), **said).status_code == 302
        book = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund)))
        made = [one for one in book.hours if one.starts == time(16)]
        assert [one.weekday for one in made] == [0, 2]
        post(as_lund, self.here(cast), hours=made[0].uuid)

        book = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund)))
        assert [one.weekday for one in book.hours if one.starts == time(16)] == [2]

    def test_hours_on_top_of_others_are_refused_in_words(self, cast: Cast, as_lund: Client) -> None:
        kind = free(cast.kari)[0].type.uuid
        said = {
            "release_days": "at-once",
            "weekdays": ["0"],
            "starts": "09.00",
            "ends": "10.00",
            "type_uuid": kind,
        }

        answer = post(as_lund, self.here(cast, "add_hours"), **said)

        assert answer.status_code == 409
        assert "overlapper" in answer.content.decode()

    def test_days_away_and_extra_days(self, cast: Cast, as_lund: Client) -> None:
        kind = free(cast.kari)[0].type.uuid
        away = {"first": workday(5).isoformat(), "last": workday(6).isoformat(), "note": "Kurs"}
        extra = {"day": workday(7), "starts": "17.00", "ends": "18.00", "type_uuid": kind}

        assert post(as_lund, self.here(cast, "add_absence"), **away).status_code == 302
        assert post(as_lund, self.here(cast, "add_extra"), **extra).status_code == 302

        words = as_lund.get(self.here(cast)).content.decode()
        assert "Kurs" in words
        assert "Ekstra timer" in words

    def test_a_type_is_made_and_changed(self, cast: Cast, as_lund: Client) -> None:
        said = {"name": "Lang time", "minutes": 40, "meetings": ["in-person"], "bookable": "on"}
        assert post(as_lund, self.here(cast, "new_type"), **said).status_code == 302
        book = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund)))
        made = next(one for one in book.types if one.name == "Lang time")
        assert not made.shared

        changed = {**said, "minutes": 60}
        assert (
            post(as_lund, self.here(cast, "change_type", made.uuid), **changed).status_code == 302
        )

        book = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund)))
        assert next(one for one in book.types if one.uuid == made.uuid).minutes == 60

    def test_the_lab_is_the_offices(self, cast: Cast, as_siri: Client) -> None:
        lab = clinician(cast.siri, Profession.LAB)

        assert as_siri.get(reverse("workspace:rules", args=[lab])).status_code == 200

    def test_a_type_that_is_not_there_is_not_found(self, cast: Cast, as_lund: Client) -> None:
        assert as_lund.get(self.here(cast, "change_type", uuid4())).status_code == NOT_FOUND


class TestImport:
    def file(self, *lines: str) -> SimpleUploadedFile:
        whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//NO", *lines, "END:VCALENDAR"]
        return SimpleUploadedFile("min.ics", "\r\n".join([*whole, ""]).encode(), "text/calendar")

    def busy(self) -> SimpleUploadedFile:
        return self.file(
            "BEGIN:VEVENT", "UID:1", f"DTSTART:{at(time(9)):%Y%m%dT%H%M%SZ}", "DURATION:PT1H",
            "SUMMARY:Tannlege med Per", "END:VEVENT",
        )  # fmt: skip

    def test_first_one_sees_what_it_blocks_then_says_yes(self, cast: Cast, as_lund: Client) -> None:
        booked(cast.kari, free(cast.kari)[0])
        here = reverse("workspace:import_calendar", args=[clinician(cast.lund)])

        shown = post(as_lund, here, file=self.busy(), replace="on").content.decode()

        assert "Kari Nordmann" in shown
        assert "Tannlege" not in shown
        assert not seen(
            cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund))
        ).imports
        carried = shown.split('name="busy" value="')[1].split('"')[0]
        answer = post(as_lund, here, busy=carried, name="min.ics", replace="1")

        assert answer.status_code == 302
        book = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund)))
        assert [one.periods for one in book.imports] == [1]
        post(
            as_lund,
            reverse("workspace:own_timebook", args=[clinician(cast.lund)]),
            **{"import": book.imports[0].id},
        )
        book = seen(cast.lund, lambda: queries.timebook(cast.lund, clinician(cast.lund)))
        assert not book.imports

    def test_a_broken_file_says_which_line(self, cast: Cast, as_lund: Client) -> None:
        here = reverse("workspace:import_calendar", args=[clinician(cast.lund)])
        broken = self.file("BEGIN:VEVENT", "UID:1", "DTSTART:i morgen", "END:VEVENT")

        answer = post(as_lund, here, file=broken)

        assert answer.status_code == 422
        assert "Linje 6" in answer.content.decode()

    def test_no_file_is_asked_for_one(self, cast: Cast, as_lund: Client) -> None:
        here = reverse("workspace:import_calendar", args=[clinician(cast.lund)])

        assert post(as_lund, here, replace="on").status_code == 422

    def test_the_secretary_imports_nothing_for_the_doctor(
        self, cast: Cast, as_siri: Client
    ) -> None:
        here = reverse("workspace:import_calendar", args=[clinician(cast.lund)])

        assert as_siri.get(here).status_code == 403
