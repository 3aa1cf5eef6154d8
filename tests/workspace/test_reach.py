"""Staff see, before they write, whether a patient can be reached, why not, and what to do."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind, Topic
from dialog.conversations.queries import of_patient
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.enquiries import actions as enquiries
from dialog.errors import Unreachable
from dialog.people import actions, queries
from dialog.people.policy import Hindrance, NotificationKind
from tests.doors import post
from tests.people.contact_in_memory import Contacts
from tests.people.on_lists import enquiry, uuid_of

WORDS = "Vi har flyttet til Storgata 3, og åpner igjen på mandag."
FIRST: dict[str, Any] = {"topic": "information", "text": WORDS, "reply": "no"}
NOT_TOLD = "Pasienten får ikke SMS om det du skriver"
CANNOT = "Pasienten kan ikke nås digitalt"


def hindrances(cast: Cast, patient: Actor, **how: Any) -> list[Hindrance]:
    with rows.seeing(account=cast.siri.account, practice=cast.siri.practice_id):
        return list(queries.reached(patient.patient, **how).hindrances)


def page_about(client: Client, patient: Actor, what: str = "") -> str:
    return client.get(f"/kontor/pasient/{uuid_of(patient)}{what}").content.decode()


def write(client: Client, patient: Actor, **more: Any) -> Any:
    return post(client, f"/kontor/pasient/{uuid_of(patient)}/skriv", **FIRST, **more)


class TestReached:
    def test_who_is_as_one_would_wish(self, cast: Cast) -> None:
        assert hindrances(cast, cast.kari) == []

    def test_the_weightiest_first(self, cast: Cast, contacts: Contacts) -> None:
        actions.take_back_yes(by=cast.kari)
        actions.lock_access(by=cast.kari)
        actions.choose_notification(by=cast.kari, kind=NotificationKind.MESSAGE, wanted=False)
        contacts.change("kari", reserved=True)
        actions.hear_contact([cast.kari.patient], at_most=timedelta())

        assert hindrances(cast, cast.kari) == [
            Hindrance.WITHDRAWN,
            Hindrance.RESERVED,
            Hindrance.LOCKED,
            Hindrance.SWITCHED_OFF,
        ]

    def test_that_somebody_locked_their_access_is_told_to_their_own_office_only(
        self, cast: Cast
    ) -> None:
        actions.lock_access(by=cast.kari)

        with rows.seeing(account=cast.kari.account, patient=cast.kari.patient):
            assert Hindrance.LOCKED not in queries.reached(cast.kari.patient).hindrances
        assert Hindrance.LOCKED in hindrances(cast, cast.kari)

    def test_of_a_time_one_may_be_told_without_any_yes(self, cast: Cast) -> None:
        actions.take_back_yes(by=cast.kari)

        assert hindrances(cast, cast.kari, kind=NotificationKind.APPOINTMENT) == [
            Hindrance.WITHDRAWN
        ]

    def test_for_a_child_those_who_act_for_it(self, cast: Cast) -> None:
        before = hindrances(cast, cast.kari_for_ola)
        actions.change_contact_details(by=cast.kari, phone="", email="")

        assert (before, hindrances(cast, cast.kari_for_ola)) == ([], [Hindrance.NOBODY_TOLD])

    def test_it_ages(self, cast: Cast, time_machine: time_machine.Traveller) -> None:
        time_machine.move_to(timezone.now() + timedelta(days=600))

        assert hindrances(cast, cast.kari) == [Hindrance.OLD_CONTACT]


class TestWritingFirst:
    @pytest.mark.parametrize("who", ["siri", "lund"])
    def test_nobody_writes_past_what_stops_it(
        self, cast: Cast, contacts: Contacts, who: str
    ) -> None:
        contacts.change("kari", reserved=True)
        actions.hear_contact([cast.kari.patient], at_most=timedelta())
        by: Actor = getattr(cast, who)

        with pytest.raises(Unreachable) as refused:
            enquiries.write_to_patient(
                by=by, patient=uuid_of(cast.kari), topic=Topic.INFORMATION, text=WORDS
            )

        assert "reservert seg" in str(refused.value.sentence)

    def test_nor_does_a_doctor_in_confidence(self, cast: Cast) -> None:
        actions.lock_access(by=cast.kari)

        with pytest.raises(Unreachable):
            econsultations.write_to_patient(
                by=cast.lund, patient_id=cast.kari.patient, text=WORDS, topic=Topic.TEST_RESULT
            )

    def test_what_a_patient_has_asked_is_answered_all_the_same(
        self, cast: Cast, contacts: Contacts
    ) -> None:
        about = enquiry(cast.kari)
        contacts.change("kari", reserved=True)
        actions.hear_contact([cast.kari.patient], at_most=timedelta())

        assert conversations.reply(by=cast.siri, conversation_id=about.id, text=WORDS)


class TestThePages:
    def test_the_patients_page_says_that_all_is_well(self, cast: Cast, as_siri: Client) -> None:
        enquiry(cast.kari)

        assert "Kan nås digitalt" in page_about(as_siri, cast.kari)

    def test_who_has_said_no_is_not_written_to_but_called_or_sent_a_letter(
        self, cast: Cast, as_siri: Client
    ) -> None:
        enquiry(cast.kari)
        actions.take_back_yes(by=cast.kari)

        for what in ("", "/skriv"):
            shown = page_about(as_siri, cast.kari, what)
            assert CANNOT in shown and "har trukket ja\u2011et" in shown
            assert "Ring 999" in shown and "/brev" in shown
        assert "<textarea" not in page_about(as_siri, cast.kari, "/skriv")

    def test_said_no_meanwhile_the_words_are_kept(self, cast: Cast, as_siri: Client) -> None:
        enquiry(cast.kari)
        actions.take_back_yes(by=cast.kari)

        answer = write(as_siri, cast.kari)

        assert answer.status_code == 422
        assert WORDS in answer.content.decode()

    def test_who_is_not_told_is_not_written_to_without_knowing_it(
        self, cast: Cast, as_siri: Client
    ) -> None:
        enquiry(cast.kari)
        actions.change_contact_details(by=cast.kari, phone="", email="")
        assert NOT_TOLD in page_about(as_siri, cast.kari, "/skriv")

        silently = write(as_siri, cast.kari)
        knowing = write(as_siri, cast.kari, knows="on")

        assert silently.status_code == 422 and WORDS in silently.content.decode()
        assert knowing.status_code == 302

    def test_in_a_conversation_too(self, cast: Cast, as_siri: Client) -> None:
        about = enquiry(cast.kari)
        actions.change_contact_details(by=cast.kari, phone="", email="")

        shown = as_siri.get(f"/kontor/sak/{about.id}").content.decode()

        assert NOT_TOLD in shown and "Får ikke SMS" in shown

    def test_the_register_is_asked_and_its_age_is_shown(
        self, cast: Cast, as_siri: Client, contacts: Contacts
    ) -> None:
        enquiry(cast.kari)
        contacts.change("kari", may_be_told=False)
        shown = page_about(as_siri, cast.kari)
        contacts.away = True

        assert "ikke bekreftet de siste 18" in shown and "Kontaktregisteret svarte" in shown
        assert "Kontaktregisteret svarte" in page_about(as_siri, cast.kari)

    def test_a_time_says_whether_it_is_told(self, cast: Cast, as_siri: Client) -> None:
        enquiry(cast.kari)
        told = page_about(as_siri, cast.kari, "/time")
        actions.take_back_yes(by=cast.kari)

        assert "Pasienten får SMS." in told
        assert "Si fra på telefon eller i brev." in page_about(as_siri, cast.kari, "/time")


class TestLetter:
    def test_it_is_printed_and_kept_nowhere(self, cast: Cast, as_siri: Client) -> None:
        enquiry(cast.kari)
        address = f"/kontor/pasient/{uuid_of(cast.kari)}/brev"
        assert "Lag brevet" in as_siri.get(address).content.decode()

        unsaid = post(as_siri, address, subject="Innkalling", text="")
        made = post(as_siri, address, subject="Innkalling", text=WORDS)

        assert unsaid.status_code == 422
        assert made.headers["Content-Type"] == "application/pdf"
        with rows.seeing(practice=cast.siri.practice_id, account=cast.siri.account):
            kept = of_patient(cast.siri, cast.kari.patient)
        assert [one.kind for one in kept] == [Kind.ENQUIRY]
