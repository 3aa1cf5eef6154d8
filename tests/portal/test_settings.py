"""The patient's settings: what is chosen is kept, what is refused keeps its words."""

import pytest
from django.test import Client

from dialog import rows
from dialog.actor import Actor
from dialog.demo.cast import Cast
from dialog.ledger import queries as ledger
from dialog.people import queries as people
from dialog.people.policy import NotificationKind
from tests.doors import post

PAGE = "/innstillinger"


def wanted(by: Actor) -> set[NotificationKind]:
    with rows.seeing(patient=by.patient):
        return {kind for kind, on in people.wanted_notifications(by.patient).items() if on}


def kari(cast: Cast) -> people.Person:
    with rows.seeing(patient=cast.kari.patient):
        return people.the_patient(cast.kari)


class TestNotifications:
    def test_every_kind_says_what_it_means_to_be_without_it(self, as_kari: Client) -> None:
        page = as_kari.get(PAGE).content.decode()

        assert page.count("Uten denne") == len(NotificationKind)
        assert "aldri lenker" in page

    def test_what_is_not_ticked_is_switched_off_and_only_that_is_written_down(
        self, cast: Cast, as_kari: Client
    ) -> None:
        answer = post(as_kari, f"{PAGE}/varsler", wanted=["appointment", "reminder", "message"])

        assert answer.headers["Location"] == f"{PAGE}?lagret=varsler"
        assert wanted(cast.kari) == set(NotificationKind) - {NotificationKind.RENEWAL}
        with rows.seeing(patient=cast.kari.patient):
            log = [one for one in ledger.access_log(cast.kari) if one.kind == "NotificationChosen"]
        assert [dict(one.details) for one in log] == [{"notification": "renewal", "wanted": False}]

    def test_all_may_be_switched_off(self, cast: Cast, as_kari: Client) -> None:
        post(as_kari, f"{PAGE}/varsler")

        assert wanted(cast.kari) == set()

    def test_a_kind_that_does_not_exist_is_refused(self, cast: Cast, as_kari: Client) -> None:
        answer = post(as_kari, f"{PAGE}/varsler", wanted=["everything"])

        assert answer.status_code == 422
        assert wanted(cast.kari) == set(NotificationKind)

    def test_a_parents_choice_is_made_on_her_own_page(self, as_kari_for_ola: Client) -> None:
        page = as_kari_for_ola.get(PAGE).content.decode()

        assert "Varsler om Ola Nordmann går til deg" in page
        assert 'name="wanted"' not in page


class TestContact:
    def test_phone_and_e_mail_are_kept(self, cast: Cast, as_kari: Client) -> None:
        post(as_kari, f"{PAGE}/kontakt", phone="412 34 567", email="kari@eksempel.no")

        assert (kari(cast).phone, kari(cast).email) == ("412 34 567", "kari@eksempel.no")

    def test_half_a_number_is_refused_and_kept_on_the_page(
        self, cast: Cast, as_kari: Client
    ) -> None:
        before = kari(cast).phone

        answer = post(as_kari, f"{PAGE}/kontakt", phone="4123", email="kari@eksempel.no")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="4123"' in page and 'value="kari@eksempel.no"' in page
        assert kari(cast).phone == before

    def test_a_number_without_sms_is_kept_and_said(self, as_kari: Client) -> None:
        post(as_kari, f"{PAGE}/kontakt", phone="22 33 44 55", email="")

        assert "kan ikke ta imot SMS" in as_kari.get(PAGE).content.decode()


class TestLanguage:
    def test_pages_and_sms_follow_at_once(self, cast: Cast, as_kari: Client) -> None:
        answer = post(as_kari, f"{PAGE}/sprak", language="nn")

        assert kari(cast).language == "nn"
        assert as_kari.get(answer.headers["Location"]).headers["Content-Language"] == "nn"

    def test_a_language_nobody_speaks_here_is_refused(self, cast: Cast, as_kari: Client) -> None:
        assert post(as_kari, f"{PAGE}/sprak", language="tlh").status_code == 422
        assert kari(cast).language == "nb"


@pytest.mark.parametrize("what", ["kontakt", "varsler", "sprak"])
def test_coming_back_to_a_forms_address_changes_nothing(
    cast: Cast, as_kari: Client, what: str
) -> None:
    before = kari(cast), wanted(cast.kari)

    answer = as_kari.get(f"{PAGE}/{what}")

    assert answer.headers["Location"] == PAGE
    assert (kari(cast), wanted(cast.kari)) == before


class TestStrangers:
    @pytest.mark.parametrize("what", ["kontakt", "varsler", "sprak"])
    def test_one_changes_only_ones_own(self, cast: Cast, as_per: Client, what: str) -> None:
        before = kari(cast), wanted(cast.kari)

        post(as_per, f"{PAGE}/{what}", phone="412 34 567", email="", language="nn")

        assert (kari(cast), wanted(cast.kari)) == before

    def test_the_office_has_no_such_page(self, as_siri: Client) -> None:
        assert as_siri.get(PAGE).status_code == 302
