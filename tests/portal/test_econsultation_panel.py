"""How far an e-consultation has come, as the patient sees it, and the card to take away."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import actions as conversations
from dialog.conversations.arrivals import SOON
from dialog.conversations.policy import Kind, Topic
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import Reply
from dialog.people import queries as registers
from dialog.working_days import first_working_day
from tests.doors import post, signed_in
from tests.econsultations.asked import CARD, asked, printed, words_of
from tests.elsewhere import AsRole, elsewhere

START = "/e-konsultasjon"


class TestWhereTheOfficeWorksElsewhere:
    @pytest.fixture(autouse=True)
    def away(self, cast: Cast, as_role: AsRole) -> None:
        elsewhere(cast.lund, as_role)

    @pytest.mark.parametrize(
        ("taken", "after", "words"),
        [
            (None, timedelta(0), "På vei til legekontoret"),
            (None, 2 * SOON, "Systemet til legekontoret svarer ikke akkurat nå."),
            (True, 2 * SOON, "Levert til legekontoret"),
            (False, 2 * SOON, "Kom ikke fram"),
        ],
    )
    def test_the_patient_sees_how_far_it_has_come(
        self, cast: Cast, taken: bool | None, after: timedelta, words: str
    ) -> None:
        conversation = asked(cast.kari)
        if taken is not None:
            with rows.seeing(practice=cast.lund.practice_id):
                conversations.note_arrival(
                    by=PLATFORM, conversation_id=conversation.id, at=timezone.now(), taken=taken
                )

        with time_machine.travel(timezone.now() + after, tick=False):
            page = words_of(signed_in(cast.kari).get(f"/meldinger/{conversation.id}"))

        assert words in page
        assert "Åpnes av lege" not in page and "Sendt og mottatt" not in page


class TestPanel:
    def test_the_patient_sees_who_opened_it(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        actions.begin(by=cast.lund, conversation_id=conversation.id)

        page = words_of(as_kari.get(f"/meldinger/{conversation.id}"))

        assert "Åpnet av lege: Ingrid Lund" in page
        assert "Du betaler høyst" in page

    def test_what_the_doctor_asks_for(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        actions.ask_for_more(by=cast.lund, conversation_id=conversation.id, text="Hvor lenge?")

        assert "Legen trenger å vite mer" in words_of(as_kari.get(f"/meldinger/{conversation.id}"))

    def test_that_a_question_more_is_free(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        actions.answer(by=cast.lund, conversation_id=conversation.id, text="Hvil armen.")

        page = words_of(as_kari.get(f"/meldinger/{conversation.id}"))

        assert "Legen har svart" in page
        assert "Det koster ikke noe ekstra" in page

    def test_the_card_and_the_price(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        page = words_of(as_kari.get(f"/meldinger/{conversation.id}"))

        assert CARD.what_you_do in page
        assert re.search(r"Du betaler \d+ kr", page.replace("\xa0", " "))

    def test_a_no_leads_to_an_appointment_with_the_text(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        actions.decline(by=cast.lund, conversation_id=conversation.id, reason="Jeg må se på den.")

        answer = as_kari.get(f"/meldinger/{conversation.id}")

        assert f'href="/time?fra={conversation.id}"' in answer.content.decode()
        assert "Du betaler ingenting." in words_of(answer)

    def test_taking_it_back_costs_nothing(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)

        post(as_kari, f"/meldinger/{conversation.id}/trekk")

        page = words_of(as_kari.get(f"/meldinger/{conversation.id}"))
        assert "Du har trukket den tilbake" in page
        assert "Du betaler ingenting." in page
        with rows.seeing(patient=cast.kari.patient_id):
            assert EConsultation.objects.get().status == "withdrawn"

    @pytest.mark.parametrize(
        ("reply", "words"),
        [
            (Reply.FREE, "Det koster heller ingenting å svare."),
            (Reply.NONE, "Det koster ingenting å lese dette."),
            (Reply.CHARGED, "Vil du svare, starter du en e-konsultasjon."),
        ],
    )
    def test_what_the_doctor_wrote_first_is_free_to_read(
        self, cast: Cast, as_kari: Client, reply: Reply, words: str
    ) -> None:
        conversation = actions.write_to_patient(
            by=cast.lund,
            patient_id=cast.kari.patient,
            text="Prøvene dine er fine.",
            topic=Topic.TEST_RESULT,
            reply=reply,
        )

        assert words in words_of(as_kari.get(f"/meldinger/{conversation.id}"))

    def test_an_enquiry_has_no_such_panel(self, cast: Cast, as_kari: Client) -> None:
        conversation = conversations.start(
            by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
        )

        assert "Du betaler" not in words_of(as_kari.get(f"/meldinger/{conversation.id}"))


class TestCard:
    def test_it_can_be_printed_alone(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        page = words_of(as_kari.get(f"{START}/{conversation.id}/kort"))

        assert "Til Kari Nordmann fra Ingrid Lund" in page
        assert CARD.when_and_where_to_contact in page

    def test_it_is_a_file_with_the_same_words(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)
        assert cast.lund.account_uuid is not None
        actions.complete(
            by=cast.lund,
            conversation_id=conversation.id,
            card=CARD,
            follow_up=actions.FollowUp(
                on=first_working_day(registers.today()), owner=cast.lund.account_uuid
            ),
        )

        page = printed(as_kari.get(f"{START}/{conversation.id}/kort.pdf"))

        for words in (CARD.what_we_think, CARD.what_you_do, "Kari Nordmann", "Ingrid Lund følger"):
            assert words in page

    def test_there_is_none_before_it_is_concluded(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)

        assert as_kari.get(f"{START}/{conversation.id}/kort").status_code == 404
        assert as_kari.get(f"{START}/{conversation.id}/kort.pdf").status_code == 404

    @pytest.mark.parametrize("who", ["per", "bjarne", "anne"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        stranger = signed_in(getattr(cast, who))

        assert stranger.get(f"{START}/{conversation.id}/kort").status_code == 404
        assert stranger.get(f"{START}/{conversation.id}/kort.pdf").status_code == 404
