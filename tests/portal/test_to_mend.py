"""Contact details that are too old: seen at sign-in, mended in one step (R37)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.demo.cast import Cast
from dialog.people import actions
from dialog.people import queries as people
from tests.doors import post
from tests.people.contact_in_memory import Contacts

HOME, SETTINGS = "/", "/innstillinger"


def come_in(cast: Cast, who: str = "Kari Nordmann") -> Client:
    """Somebody who signs in as people do in a demonstration."""
    client = Client()
    with rows.at_the_door():
        account = next(one for one in people.everybody_at_the_door() if one.name == who)
    answer = post(client, "/logg-inn", person=str(account.uuid), side="patient")
    assert answer.status_code == 302
    return client


def page(client: Client, address: str = HOME) -> str:
    return client.get(address).content.decode()


class TestWhatIsGivenHere:
    def test_who_has_just_said_it_is_asked_nothing(self, cast: Cast) -> None:
        assert "Stemmer dette fortsatt?" not in page(come_in(cast))

    def test_one_click_stands_by_it_and_the_question_is_gone(
        self, cast: Cast, time_machine: time_machine.Traveller
    ) -> None:
        time_machine.move_to(timezone.now() + timedelta(days=600))
        kari = come_in(cast)
        before = page(kari)

        post(kari, "/innstillinger/kontakt", phone="99900000", email="")
        after = page(kari, f"{SETTINGS}?lagret=kontakt") + page(kari)

        assert "Stemmer dette fortsatt?" in before and "999\xa000\xa0000" in before
        assert "Stemmer dette fortsatt?" not in after
        with rows.seeing(account=cast.kari.account, patient=cast.kari.patient):
            assert people.to_mend(cast.kari) is None

    def test_without_a_number_one_is_asked_for_it(self, cast: Cast) -> None:
        actions.change_contact_details(by=cast.kari, phone="", email="")

        assert "Vi har ikke noe mobilnummer til deg" in page(come_in(cast))

    def test_acting_for_another_one_is_not_asked_about_oneself(self, cast: Cast) -> None:
        actions.change_contact_details(by=cast.kari, phone="", email="")
        kari = come_in(cast)
        with rows.seeing(account=cast.kari.account):
            ola = next(one for one in people.represented_by(cast.kari.account) if "Ola" in one.name)
        post(kari, "/hvem", person=str(ola.uuid))

        assert "mobilnummer til deg" not in page(kari)


class TestTheRegister:
    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ({"may_be_told": False}, "ikke bekreftet mobilnummeret ditt"),
            ({"registered": False}, "Du har ikke registrert deg"),
            ({"phone": ""}, "Du har ikke noe mobilnummer i"),
        ],
    )
    def test_it_says_what_is_wrong_and_where_to_mend_it(
        self, cast: Cast, contacts: Contacts, words: dict[str, object], sentence: str
    ) -> None:
        contacts.change("kari", **words)

        shown = page(come_in(cast))

        assert sentence in shown and "https://minprofil.kontaktregisteret.no/" in shown

    def test_who_has_mended_it_says_so_and_it_is_asked_again(
        self, cast: Cast, contacts: Contacts, time_machine: time_machine.Traveller
    ) -> None:
        contacts.change("kari", may_be_told=False)
        kari = come_in(cast)
        assert "ikke bekreftet de siste 18" in page(kari, SETTINGS)

        contacts.change("kari", may_be_told=True)
        time_machine.move_to(timezone.now() + timedelta(minutes=1))

        assert "SMS går til <strong>" in page(kari, SETTINGS)
        assert "Vi kan ikke sende deg SMS" not in page(kari)

    def test_one_that_is_away_keeps_nobody_out(self, cast: Cast, contacts: Contacts) -> None:
        contacts.away = True

        shown = page(come_in(cast), SETTINGS)

        assert "Vi har ikke fått svar fra" in shown

    def test_who_has_reserved_themselves_is_told_what_it_means(
        self, cast: Cast, contacts: Contacts
    ) -> None:
        contacts.change("kari", reserved=True, language="se")
        kari = come_in(cast)

        assert "Vi kan ikke sende deg SMS" not in page(kari)
        shown = page(kari, SETTINGS)
        assert "Du har reservert deg" in shown and "et språk vi ikke kan ennå" in shown

    def test_a_childs_parents_are_told_so_the_child_is_asked_nothing(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account, patient=cast.kari_for_ola.patient):
            assert people.to_mend(cast.kari_for_ola) is None
