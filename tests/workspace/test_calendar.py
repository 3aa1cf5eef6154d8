"""The calendar at the office, over HTTP."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from dialog.appointments import actions
from dialog.demo.cast import Cast
from dialog.people import actions as people
from dialog.people.policy import Profession
from tests.appointments.people_and_times import (
    booked,
    clinician,
    free,
    patient_uuid,
    workday,
)
from tests.doors import post
from tests.workspace.calendar_pages import on, page

NOT_FOUND = 404


class TestCalendar:
    def test_the_doctor_comes_to_their_own(self, cast: Cast, as_lund: Client) -> None:
        response = as_lund.get(reverse("workspace:first_calendar"))

        assert response.headers["Location"].endswith(str(clinician(cast.lund)))

    def test_where_every_timebook_is_closed_it_says_so_and_leads_on(
        self, cast: Cast, as_berg: Client
    ) -> None:
        berg = cast.berg.practitioner_id or 0
        shared = {"list_id": next(iter(cast.berg.list_ids)), "name": "Felles", "team": [berg]}
        people.change_list(by=cast.berg, **shared)
        people.change_practitioner(
            by=cast.berg, practitioner_id=berg, name="Tor Berg", active=False
        )

        words = as_berg.get(reverse("workspace:first_calendar")).content.decode()

        assert "Ingen timebøker i bruk" in words
        assert reverse("workspace:timebooks") in words

    def test_it_says_who_comes_and_what_is_free(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari)

        words = page(as_siri, "calendar", clinician(cast.lund), query=on(made.period.lower.date()))

        assert "Kari Nordmann" in words
        assert "Ledig" in words

    def test_a_time_after_somebodys_last_day_collides(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari, free(cast.kari, doctor="Nina Vik")[0])
        nina, day = clinician(cast.siri, Profession.NURSE), made.period.lower.date()
        account = cast.nina.account
        actions.change_days(by=cast.lund, account_id=account, last=day - timedelta(days=1))

        words = page(as_siri, "calendar", nina, query=on(day))
        book = page(as_siri, "own_timebook", nina)

        assert "Jobber ikke her denne dagen" in words and "Kolliderer" in words
        assert "Det blir ikke lagt ut timer etter den dagen." in book

    def test_it_is_there_after_somebody_has_left_until_nobody_has_a_time_in_it(
        self, cast: Cast, as_siri: Client
    ) -> None:
        made = booked(cast.kari, free(cast.kari, doctor="Nina Vik")[0])
        nina, day = clinician(cast.siri, Profession.NURSE), made.period.lower.date()
        actions.remove_member(by=cast.lund, account_id=cast.nina.account)

        words = page(as_siri, "calendar", nina, query=on(day))

        assert "Nina Vik (ikke i bruk)" in words and "Kari Nordmann" in words
        assert reverse("workspace:own_timebook", args=[nina]) not in words

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
        for far in ("0001-01-01", "9999-12-31"):
            assert page(as_siri, "calendar", clinician(cast.lund), query=f"?dag={far}")

    def test_as_many_questions_however_full_it_is(
        self, cast: Cast, as_siri: Client, django_assert_max_num_queries: Any
    ) -> None:
        here = reverse("workspace:calendar", args=[clinician(cast.lund)])
        as_siri.get(here + on(workday()))
        for slot in free(cast.kari)[:3]:
            actions.give_time(by=cast.siri, patient=patient_uuid(cast.per), slot_id=slot.id)

        with django_assert_max_num_queries(30):
            as_siri.get(here + on(workday()))


def test_a_day_in_the_past_is_still_shown(cast: Cast, as_siri: Client) -> None:
    day = workday() - timedelta(days=60)

    assert page(as_siri, "calendar", clinician(cast.lund), query=on(day))
