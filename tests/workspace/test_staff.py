"""The page of those who work at the office, over HTTP."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from dialog import rows
from dialog.actor import Role
from dialog.appointments import actions
from dialog.people import queries as people
from dialog.people.identity_number import synthetic
from dialog.ui.dates import day_of_month
from dialog.workspace.times import calendar_address
from tests.appointments.people_and_times import booked, day_of, free
from tests.doors import post, signed_in

NEW = synthetic(date(1979, 4, 5))


@pytest.fixture
def at_storgata(cast):
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        yield


class TestStaff:
    def add(self, client, **more):
        said = {"name": "Mona Lie", "identity_number": NEW, "role": "staff"} | more
        return post(client, reverse("workspace:staff"), **said)

    def test_somebody_new_can_sign_in_at_once(self, as_siri, at_storgata, cast):
        self.add(as_siri)

        mona = next(one for one in people.colleagues(cast.siri) if one.name == "Mona Lie")
        assert people.practice_actor(mona.account_id).role is Role.STAFF

    def test_only_a_doctor_can_add_a_doctor(self, as_siri, as_lund, at_storgata, cast):
        assert self.add(as_siri, role="practitioner").status_code == 422
        self.add(as_lund, role="practitioner")

        mona = next(one for one in people.clinicians_of_practice(cast.lund) if one.account_id)
        assert "Mona Lie" in {one.name for one in people.clinicians_of_practice(cast.lund)}
        assert mona.active

    def test_a_number_that_is_nobodys_is_refused_at_the_field(self, as_siri):
        answer = self.add(as_siri, identity_number=NEW[:-1])

        assert answer.status_code == 422
        assert "11 siffer" in answer.content.decode()

    @pytest.mark.parametrize("between", ["", " ", "-"])
    def test_somebody_who_works_here_is_not_added_twice(self, as_siri, between):
        assert self.add(as_siri).status_code == 302

        again = self.add(as_siri, identity_number=between.join((NEW[:6], NEW[6:])))

        assert again.status_code == 422
        assert "Personen jobber her allerede." in again.content.decode()

    def test_a_locum_is_shown_with_the_last_day_and_it_is_moved(self, as_siri, at_storgata, cast):
        last = people.today() + timedelta(days=16)
        self.add(as_siri, last=last.isoformat())
        mona = next(one for one in people.employees(cast.siri) if one.name == "Mona Lie")
        address = reverse("workspace:colleague_days", args=[mona.account_uuid])
        shown = as_siri.get(address).content.decode()

        answer = post(as_siri, address, last=(last + timedelta(days=1)).strftime("%d.%m.%Y"))

        assert f'value="{last.isoformat()}"' in shown and 'name="since"' not in shown
        assert answer.status_code == 302
        page = as_siri.get(reverse("workspace:staff")).content.decode()
        assert f"Vikar til og med {day_of_month(last + timedelta(days=1))}" in page

    def test_whoever_is_to_begin_is_shown_with_the_first_day(self, as_siri):
        first = people.today() + timedelta(days=3)

        self.add(as_siri, since=first.isoformat())

        page = as_siri.get(reverse("workspace:staff")).content.decode()
        assert f"Begynner {day_of_month(first)}" in page
        assert "Personen kan logge inn her fra første dag." in page

    def test_a_day_that_is_over_is_refused_at_the_field_and_every_word_kept(self, as_siri):
        yesterday = (people.today() - timedelta(days=1)).isoformat()

        answer = self.add(as_siri, last=yesterday)

        assert answer.status_code == 422
        assert "Siste dag kan ikke være før første dag." in answer.content.decode()
        assert yesterday in answer.content.decode() and "Mona Lie" in answer.content.decode()

    def test_whoever_is_removed_is_out_on_the_very_next_request(self, as_lund, cast):
        siris = signed_in(cast.siri)
        assert siris.get(reverse("workspace:settings")).status_code == 200

        post(as_lund, reverse("workspace:remove_colleague", args=[cast.siri.account_uuid]))

        answer = siris.get(reverse("workspace:settings"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/logg-inn")

    def test_times_after_the_last_day_are_said_and_shown_until_they_are_moved(self, as_lund, cast):
        last = people.today() + timedelta(days=4)
        one = next(slot for slot in free(cast.kari, doctor="Nina Vik") if day_of(slot) > last)
        made = booked(cast.kari, one)
        days = reverse("workspace:colleague_days", args=[cast.nina.account_uuid])
        before = as_lund.get(days).content.decode()

        answer = post(as_lund, days, last=last.isoformat())
        said = as_lund.get(answer.headers["Location"]).content.decode()

        assert "1 time er avtalt med personen framover." in before
        assert "1 time er avtalt på en dag personen ikke jobber her. Flytt" in said
        there = calendar_address(one.practitioner_uuid, day_of(one))
        assert "Nina Vik: 1 time" in said and there in unescape(said)
        actions.cancel(by=cast.siri, conversation_id=made.conversation_id)
        after = as_lund.get(reverse("workspace:staff")).content.decode()
        assert "Nina Vik: 1 time" not in after

    @pytest.mark.parametrize(
        ("many", "said"),
        [
            (0, ()),
            (1, ("1 time er avtalt med personen framover.", "Timen står. Flytt eller avlys den.")),
            (2, ("2 timer er avtalt med personen", "Timene står. Flytt eller avlys dem.")),
        ],
    )
    def test_before_somebody_is_removed_their_times_are_said(self, as_lund, cast, many, said):
        for one in free(cast.kari, doctor="Nina Vik")[:many]:
            booked(cast.kari, one)

        page = as_lund.get(reverse("workspace:remove_colleague", args=[cast.nina.account_uuid]))

        assert all(words in page.content.decode() for words in said)
        assert ("er avtalt med personen" in page.content.decode()) == bool(said)

    def test_a_doctor_with_a_list_cannot_be_removed_before_the_list_has_somebody(
        self, as_lund, cast
    ):
        self.add(as_lund, role="practitioner")
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            mona = next(one for one in people.colleagues(cast.lund) if one.name == "Mona Lie")

        answer = post(
            signed_in(people_actor(mona.account_id)),
            reverse("workspace:remove_colleague", args=[cast.lund.account_uuid]),
        )

        assert answer.status_code == 422
        assert as_lund.get(reverse("workspace:settings")).status_code == 200

    def test_another_offices_people_are_not_found(self, as_berg, cast):
        address = reverse("workspace:remove_colleague", args=[cast.siri.account_uuid])

        assert as_berg.get(address).status_code == 404
        assert post(as_berg, address).status_code == 404


def people_actor(account_id):
    with rows.seeing(account=account_id):
        return people.practice_actor(account_id)
