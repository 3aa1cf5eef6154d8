"""The settings pages over HTTP: each does its one thing, and another office's ids are not found."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dialog import rows
from dialog.people import queries as people
from dialog.people.identity_number import synthetic
from dialog.working_days import is_working_day
from tests.doors import post

NEW = synthetic(date(1979, 4, 5))


@pytest.fixture
def at_storgata(cast):
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        yield


def lunds_list(cast):
    with rows.seeing(practice=cast.lund.practice_id):
        return next(one for one in people.lists_of_practice(cast.lund) if one.practitioner_id)


@pytest.mark.parametrize(
    "name",
    ["settings", "office_facts", "staff", "timebooks", "lists", "closing_days", "duties"],
)
def test_each_page_opens_for_those_who_manage_the_office(as_siri, name):
    assert as_siri.get(reverse(f"workspace:{name}")).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["settings", "office_facts", "staff", "timebooks", "lists", "closing_days", "duties"],
)
def test_and_not_for_a_nurse_who_has_not_been_handed_it(as_nina, name):
    assert as_nina.get(reverse(f"workspace:{name}")).status_code == 403


def test_the_first_page_leads_the_doctor_to_her_own_timebook(as_lund, cast, at_storgata):
    everybody = people.clinicians_of_practice(cast.lund)
    mine = next(one for one in everybody if one.id == cast.lund.practitioner_id)

    page = as_lund.get(reverse("workspace:settings")).content.decode()

    assert f'href="{reverse("workspace:own_timebook", args=[mine.uuid])}"' in page


def test_and_who_has_none_to_the_first_of_the_office(as_siri, cast, at_storgata):
    first, *_others = people.clinicians_of_practice(cast.siri)

    page = as_siri.get(reverse("workspace:settings")).content.decode()

    assert f'href="{reverse("workspace:own_timebook", args=[first.uuid])}"' in page


def test_the_facts_are_kept(as_siri, cast):
    post(
        as_siri,
        reverse("workspace:office_facts"),
        name="Storgata legesenter",
        phone="22 33 44 66",
        address="Storgata 2",
        opening_hours="9–15",
        website="",
    )

    with rows.seeing(practice=cast.siri.practice_id):
        office = people.office_by_id(cast.siri.practice)
    assert (office.phone, office.address, office.show_staff_names) == (
        "22334466",
        "Storgata 2",
        False,
    )


def test_a_phone_that_is_none_is_refused_at_the_field_and_every_word_kept(as_siri):
    answer = post(as_siri, reverse("workspace:office_facts"), name="Nytt navn", phone="ring oss")

    assert answer.status_code == 422
    assert "Skriv telefonnummeret med tall" in answer.content.decode()
    assert "Nytt navn" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "kept"),
    [("www.legekontoret.no", "https://www.legekontoret.no"), ("http://a.no/b", "http://a.no/b")],
)
def test_patients_follow_the_address_of_the_web_site(as_siri, as_kari, said, kept):
    post(
        as_siri, reverse("workspace:office_facts"), name="Storgata", phone="22334466", website=said
    )

    assert f'href="{kept}"' in as_kari.get(reverse("portal:gp")).content.decode()


@pytest.mark.parametrize("said", ["javascript:alert(1)", "ftp://a.no", "se her", "a" * 193 + ".no"])
def test_what_is_no_address_is_refused_at_the_field(as_siri, said):
    answer = post(
        as_siri, reverse("workspace:office_facts"), name="Storgata", phone="22334466", website=said
    )

    assert answer.status_code == 422
    assert "Skriv adressen til nettsiden" in answer.content.decode()


class TestTimebooks:
    def test_the_lab_gets_a_timebook(self, as_siri, at_storgata, cast):
        post(as_siri, reverse("workspace:timebooks"), name="Skiftestua", profession="nurse")

        assert "Skiftestua" in {one.name for one in people.clinicians_of_practice(cast.siri)}

    def test_patients_do_not_meet_a_timebook_kept_out_of_booking(self, as_siri, cast, at_storgata):
        lab = next(
            one for one in people.clinicians_of_practice(cast.siri) if one.name == "Laboratoriet"
        )
        before = people.clinicians_for_list(lunds_list(cast).list_id)

        post(as_siri, reverse("workspace:timebook", args=[lab.uuid]), name=lab.name, active="on")

        after = people.clinicians_for_list(lunds_list(cast).list_id)
        assert lab.id in {one.id for one in before}
        assert lab.id not in {one.id for one in after}

    def test_another_offices_timebook_is_not_found(self, as_berg, cast, at_storgata):
        lab = people.clinicians_of_practice(cast.siri)[-1]

        assert as_berg.get(reverse("workspace:timebook", args=[lab.uuid])).status_code == 404


class TestLists:
    def test_a_new_shared_list_has_a_team_and_all_services_off(self, as_siri, cast, at_storgata):
        team = people.clinicians_of_practice(cast.siri)[0]

        post(
            as_siri,
            reverse("workspace:lists"),
            whose="felles",
            name="Fellesliste to",
            team=[str(team.id)],
        )

        made = next(
            one for one in people.lists_of_practice(cast.siri) if one.name == "Fellesliste to"
        )
        assert [one.id for one in people.team_of(made.list_id)] == [team.id]

    def test_a_shared_list_without_a_team_is_refused_at_the_field(self, as_siri):
        answer = post(as_siri, reverse("workspace:lists"), whose="felles", name="Tom liste")

        assert answer.status_code == 422
        assert "Velg hvem som tar seg av felleslisten" in answer.content.decode()

    def test_a_list_can_be_handed_over_with_its_patients(self, as_siri, cast, at_storgata):
        nurse = next(one for one in people.clinicians_of_practice(cast.siri) if one.account_id)
        before = people.patients_by_list(cast.siri)
        address = reverse("workspace:change_list", args=[lunds_list(cast).list_uuid])

        post(as_siri, address, whose="felles", name="Uten fast lege", team=[str(nurse.id)])

        assert people.patients_by_list(cast.siri) == before
        assert "Uten fast lege" in {one.name for one in people.lists_of_practice(cast.siri)}

    def test_another_offices_list_is_not_found(self, as_berg, cast):
        owner = lunds_list(cast)

        for name in ("change_list", "list_patients", "substitutes", "list_services"):
            address = reverse(f"workspace:{name}", args=[owner.list_uuid])
            assert as_berg.get(address).status_code == 404
            if name != "list_services":
                assert post(as_berg, address).status_code == 404


@pytest.fixture
def monday():
    soon = (people.today() + timedelta(days=n) for n in range(14, 60))
    return next(day for day in soon if day.weekday() == 0 and is_working_day(day))


class TestClosingDays:
    def test_weekends_are_closed_already(self, as_siri, cast, monday):
        post(
            as_siri,
            reverse("workspace:closing_days"),
            first=monday.isoformat(),
            last=(monday + timedelta(days=6)).isoformat(),
        )

        with rows.seeing(practice=cast.siri.practice_id):
            closed = people.closing_days(cast.siri.practice)
        assert monday in closed
        assert monday + timedelta(days=5) not in closed

    def test_a_day_can_be_opened_again(self, as_siri, cast, monday):
        post(
            as_siri,
            reverse("workspace:closing_days"),
            first=monday.isoformat(),
            last=monday.isoformat(),
        )

        post(as_siri, reverse("workspace:open_day", args=[monday.isoformat()]))

        with rows.seeing(practice=cast.siri.practice_id):
            assert monday not in people.closing_days(cast.siri.practice)


def test_doctors_decide_the_rules_of_renewals_and_the_others_read_them(as_lund, as_siri):
    address = reverse("workspace:renewal_rules")

    answer = post(as_lund, address, consultation_first="n02a\nN05\n")
    refused = post(as_siri, address, consultation_first="", by_parents="on")

    assert answer.status_code == 302 and refused.status_code == 403
    page = as_siri.get(address).content.decode()
    assert "N02A fornyes ikke uten konsultasjon." in page and "Foreldre kan ikke be" in page
    assert "N02A\nN05" in as_lund.get(address).content.decode()


def test_what_is_no_code_is_said_at_the_field_and_kept(as_lund):
    answer = post(as_lund, reverse("workspace:renewal_rules"), consultation_first="Paralgin")

    assert answer.status_code == 422
    assert "PARALGIN er ikke en ATC-kode" in answer.content.decode()
