"""Times at the office, over HTTP: the calendar, answers, and the timebooks."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus
from dialog.demo.cast import Cast
from dialog.people.policy import Profession
from dialog.working_days import OSLO
from tests.appointments.people_and_times import (
    A_MINUTE,
    at,
    booked,
    clinician,
    free,
    patient_uuid,
    seen,
    view,
    wished,
    workday,
)
from tests.doors import post, signed_in

NOT_FOUND = 404


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    response = client.get(reverse(f"workspace:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def on(day: Any) -> str:
    return f"?dag={day.isoformat()}"


class TestCalendar:
    def test_the_doctor_comes_to_their_own(self, cast: Cast, as_lund: Client) -> None:
        response = as_lund.get(reverse("workspace:first_calendar"))

        assert response.headers["Location"].endswith(str(clinician(cast.lund)))

    def test_it_says_who_comes_and_what_is_free(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari)

        words = page(as_siri, "calendar", clinician(cast.lund), query=on(made.period.lower.date()))

        assert "Kari Nordmann" in words
        assert "Ledig" in words

    def test_the_week_is_there_too(self, cast: Cast, as_siri: Client) -> None:
        booked(cast.kari)

        words = page(as_siri, "calendar", clinician(cast.lund), query=on(workday()) + "&vis=uke")

        assert "Kari Nordmann" in words

    def test_a_time_is_taken_back_and_published_again(self, cast: Cast, as_siri: Client) -> None:
        slot = free(cast.kari)[0]
        here = reverse("workspace:calendar", args=[slot.practitioner_uuid])

        post(as_siri, here, withdraw=slot.id)
        assert slot.id not in {one.id for one in free(cast.kari)}
        post(as_siri, here, restore=slot.id)

        assert slot.id in {one.id for one in free(cast.kari)}

    def test_one_that_somebody_has_stays(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari)

        answer = post(
            as_siri,
            reverse("workspace:calendar", args=[clinician(cast.lund)]),
            withdraw=made.slot_id,
        )

        assert answer.status_code == 409
        assert "Noen har tatt denne timen" in answer.content.decode()

    def test_another_offices_calendar_is_not_found(self, cast: Cast, as_berg: Client) -> None:
        answer = as_berg.get(reverse("workspace:calendar", args=[clinician(cast.lund)]))

        assert answer.status_code == NOT_FOUND

    def test_a_day_that_is_no_day_is_today(self, cast: Cast, as_siri: Client) -> None:
        assert page(as_siri, "calendar", clinician(cast.lund), query="?dag=2026-02-31")

    def test_as_many_questions_however_full_it_is(
        self, cast: Cast, as_siri: Client, django_assert_max_num_queries: Any
    ) -> None:
        here = reverse("workspace:calendar", args=[clinician(cast.lund)])
        as_siri.get(here + on(workday()))
        for slot in free(cast.kari)[:3]:
            actions.give_time(by=cast.siri, patient=patient_uuid(cast.per), slot_id=slot.id)

        with django_assert_max_num_queries(30):
            as_siri.get(here + on(workday()))


class TestAnsweringAWish:
    def test_the_wish_is_there_with_times_that_suit(self, cast: Cast, as_siri: Client) -> None:
        made = actions.request_appointment(by=cast.kari, text="Kontroll", weekdays=[1])

        words = page(as_siri, "conversation", made.conversation_id)

        assert "tirsdag" in words
        assert "Gi timen" in words

    def test_given_with_one_click(self, cast: Cast, as_siri: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]

        answer = post(
            as_siri,
            reverse("workspace:answer_wish", args=[made.conversation_id]),
            give=slot.id,
            text="Velkommen",
        )

        assert answer.status_code == 302
        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED

    def test_proposed_with_one_click(self, cast: Cast, as_siri: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]

        post(
            as_siri,
            reverse("workspace:answer_wish", args=[made.conversation_id]),
            propose=slot.id,
        )

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.OFFERED

    def test_when_it_was_just_taken_every_word_is_kept(self, cast: Cast, as_siri: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]
        booked(cast.per, slot)

        answer = post(
            as_siri,
            reverse("workspace:answer_wish", args=[made.conversation_id]),
            give=slot.id,
            text="Velkommen skal du være",
        )

        assert answer.status_code == 409
        assert "Velkommen skal du være" in answer.content.decode()

    def test_two_who_answer_at_once_is_one_answer(self, cast: Cast) -> None:
        made, slots = wished(cast.kari), free(cast.kari)
        here = reverse("workspace:answer_wish", args=[made.conversation_id])

        first = post(signed_in(cast.siri), here, give=slots[0].id)
        second = post(signed_in(cast.nina), here, give=slots[1].id)

        assert (first.status_code, second.status_code) == (302, 409)

    def test_any_other_time(self, cast: Cast, as_siri: Client) -> None:
        made = wished(cast.kari)
        here = reverse("workspace:choose_time", args=[made.conversation_id])
        assert as_siri.get(here).status_code == 200

        answer = post(
            as_siri,
            here,
            practitioner=clinician(cast.lund),
            how="give",
            day=workday().isoformat(),
            starts="15.30",
            minutes=30,
        )

        assert answer.status_code == 302
        assert view(cast.kari, made.conversation_id).starts == at(time(15, 30))

    def test_a_word_without_a_time_is_asked_for_one(self, cast: Cast, as_siri: Client) -> None:
        made = wished(cast.kari)

        answer = post(
            as_siri,
            reverse("workspace:choose_time", args=[made.conversation_id]),
            practitioner=clinician(cast.lund),
            how="give",
            text="Kom når du kan",
        )

        assert answer.status_code == 422
        assert "Kom når du kan" in answer.content.decode()

    def test_a_stranger_answers_nothing(self, cast: Cast, as_berg: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]

        for name in ("answer_wish", "convert", "mark"):
            answer = post(
                as_berg,
                reverse(f"workspace:{name}", args=[made.conversation_id]),
                give=slot.id,
                came="yes",
                meeting="phone",
            )
            assert answer.status_code == NOT_FOUND
        for name in ("choose_time", "move", "cancel"):
            answer = as_berg.get(reverse(f"workspace:{name}", args=[made.conversation_id]))
            assert answer.status_code == NOT_FOUND


class TestGivingATime:
    def test_from_the_patients_page(self, cast: Cast, as_siri: Client) -> None:
        slot = free(cast.kari)[0]
        here = reverse("workspace:give_time", args=[patient_uuid(cast.kari)])
        assert str(slot.id) in as_siri.get(here).content.decode()

        answer = post(as_siri, here, time=slot.id, how="give", practitioner=slot.practitioner_uuid)

        assert answer.status_code == 302
        assert seen(cast.kari, lambda: queries.my_appointments(cast.kari)).coming

    def test_double_booking_asks_why(self, cast: Cast, as_siri: Client) -> None:
        taken = booked(cast.per)
        here = reverse("workspace:give_time", args=[patient_uuid(cast.kari)])
        local = taken.period.lower.astimezone(OSLO)
        said = {
            "practitioner": clinician(cast.lund),
            "how": "give",
            "day": local.date().isoformat(),
            "starts": local.strftime("%H.%M"),
        }

        refused = post(as_siri, here, **said)
        assert refused.status_code == 409
        assert "Det er allerede en time da" in refused.content.decode()

        assert post(as_siri, here, **said, overbook_because="Haster").status_code == 302

    def test_another_offices_patient_is_not_found(self, cast: Cast, as_siri: Client) -> None:
        here = reverse("workspace:give_time", args=[patient_uuid(cast.bjarne)])

        assert as_siri.get(here).status_code == NOT_FOUND


class TestChangingATime:
    def test_it_is_moved(self, cast: Cast, as_siri: Client) -> None:
        made, other = booked(cast.kari), free(cast.kari)[5]
        here = reverse("workspace:move", args=[made.conversation_id])
        assert as_siri.get(here).status_code == 200

        post(as_siri, here, time=other.id, practitioner=other.practitioner_uuid)

        assert view(cast.kari, made.conversation_id).starts == other.starts

    def test_it_is_cancelled_with_a_word(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari)
        here = reverse("workspace:cancel", args=[made.conversation_id])
        assert "Vil du avlyse timen?" in as_siri.get(here).content.decode()

        post(as_siri, here, text="Legen er syk")

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED

    def test_one_meets_by_phone_instead(self, cast: Cast, as_lund: Client) -> None:
        made = booked(cast.kari)

        post(as_lund, reverse("workspace:convert", args=[made.conversation_id]), meeting="phone")

        assert view(cast.kari, made.conversation_id).meeting == "phone"

    @pytest.mark.parametrize(("came", "expected"), [("yes", "fulfilled"), ("no", "noshow")])
    def test_who_came_is_noted_from_the_calendar(
        self, cast: Cast, came: str, expected: str
    ) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower + A_MINUTE, tick=False):
            client = signed_in(cast.siri)
            words = page(
                client, "calendar", clinician(cast.lund), query=on(made.period.lower.date())
            )
            assert "Møtte ikke" in words
            post(
                client,
                reverse("workspace:mark", args=[made.conversation_id]),
                came=came,
                **{"from": "calendar"},
            )

        assert view(cast.siri, made.conversation_id).status == expected

    def test_the_panel_shows_each_state(self, cast: Cast, as_siri: Client) -> None:
        offered = actions.propose_time(
            by=cast.siri, patient=patient_uuid(cast.kari), slot_id=free(cast.kari)[0].id
        )
        taken = booked(cast.per)
        actions.cancel(by=cast.per, conversation_id=taken.conversation_id)

        assert "Foreslått" in page(as_siri, "conversation", offered.conversation_id)
        assert "Avlyst" in page(as_siri, "conversation", taken.conversation_id)


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


def test_a_day_in_the_past_is_still_shown(cast: Cast, as_siri: Client) -> None:
    day = workday() - timedelta(days=60)

    assert page(as_siri, "calendar", clinician(cast.lund), query=on(day))
