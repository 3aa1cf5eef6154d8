"""The patient's page for one conversation."""

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from tests.doors import post, signed_in


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )


def test_the_patient_reads_her_words_and_writes_more(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    address = f"/meldinger/{question.id}"

    first = as_kari.get(address)
    answer = post(as_kari, address, text="Også på fredager?")

    assert "Når åpner dere?" in first.content.decode()
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    with rows.seeing(patient=cast.kari.patient):
        said = queries.thread(cast.kari, question.id).messages
    assert [one.text for one in said] == ["Når åpner dere?", "Også på fredager?"]


@pytest.mark.parametrize("who", ["per", "bjarne", "anne"])
def test_a_stranger_does_not_find_it(cast: Cast, who: str, question: Conversation) -> None:
    stranger = signed_in(getattr(cast, who))

    assert stranger.get(f"/meldinger/{question.id}").status_code == 404
    assert post(stranger, f"/meldinger/{question.id}", text="Hei!").status_code == 404


def test_a_refused_answer_keeps_its_words(as_kari: Client, question: Conversation) -> None:
    words = "Dette er en lang tekst. " * 60

    answer = post(as_kari, f"/meldinger/{question.id}", text=words)

    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()


def test_an_empty_answer_is_told_what_is_missing(as_kari: Client, question: Conversation) -> None:
    answer = post(as_kari, f"/meldinger/{question.id}", text="  ")

    assert answer.status_code == 422
    assert "Skriv en melding, eller legg ved en fil." in answer.content.decode()


def test_the_page_tells_how_far_it_has_come(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    address = f"/meldinger/{question.id}"

    sent = as_kari.get(address).content.decode()
    actions.read(by=cast.siri, conversation_id=question.id)
    opened = as_kari.get(address).content.decode()
    actions.reply(by=cast.siri, conversation_id=question.id, text="Klokka åtte.")
    answered = as_kari.get(address).content.decode()
    actions.close(by=cast.siri, conversation_id=question.id)
    closed = as_kari.get(address).content.decode()

    assert "Legekontoret har ikke åpnet det ennå." in sent and "Svar senest" in sent
    assert "Åpnet av legekontoret" in opened and "Blir besvart" in opened
    assert "Besvart" in answered and "Blir besvart" not in answered
    assert "Denne samtalen er avsluttet" in closed


def test_writing_in_a_thread_that_was_closed_meanwhile_gives_the_words_back(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    actions.close(by=cast.siri, conversation_id=question.id)

    answer = post(as_kari, f"/meldinger/{question.id}", text="Takk, da vet jeg hvor jeg skal.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Takk, da vet jeg hvor jeg skal." in page
    assert "Denne samtalen er avsluttet" in page


def test_the_same_click_sent_twice_is_one_message(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    address, key = f"/meldinger/{question.id}", "0b8a8d5e-51a8-4b6c-9f3b-6a3b1d1f9a10"

    first = post(as_kari, address, key=key, text="En gang til")
    second = post(as_kari, address, key=key, text="En gang til")

    assert first.headers["Location"] == second.headers["Location"] == address
    with rows.seeing(patient=cast.kari.patient):
        assert len(queries.thread(cast.kari, question.id).messages) == 2


def test_what_may_not_be_answered_says_so(cast: Cast, as_kari: Client) -> None:
    told = actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Vi har stengt på mandag.",
        reply_allowed=False,
    )

    page = as_kari.get(f"/meldinger/{told.id}").content.decode()
    refused = post(as_kari, f"/meldinger/{told.id}", text="Takk for beskjeden!")

    assert "Du kan ikke svare på denne meldingen." in page and "<textarea" not in page
    assert refused.status_code == 409


class TestTakingBack:
    def test_the_patient_takes_it_back_before_it_is_opened(
        self, cast: Cast, as_kari: Client, question: Conversation
    ) -> None:
        address = f"/meldinger/{question.id}"
        assert as_kari.get(f"{address}/trekk").status_code == 200

        answer = post(as_kari, f"{address}/trekk")

        assert answer.headers["Location"] == address
        assert "Trukket tilbake" in as_kari.get(address).content.decode()

    def test_what_the_office_has_opened_stays(
        self, cast: Cast, as_kari: Client, question: Conversation
    ) -> None:
        actions.read(by=cast.siri, conversation_id=question.id)

        answer = post(as_kari, f"/meldinger/{question.id}/trekk")

        assert answer.status_code == 409
        assert "Blir besvart" in answer.content.decode()

    def test_a_second_message_can_be_taken_back_alone(
        self, cast: Cast, as_kari: Client, question: Conversation
    ) -> None:
        actions.read(by=cast.siri, conversation_id=question.id)
        second = actions.reply(by=cast.kari, conversation_id=question.id, text="Glem det")
        address = f"/meldinger/{question.id}/trekk/{second.id}"
        assert as_kari.get(address).status_code == 200

        post(as_kari, address)

        page = as_kari.get(f"/meldinger/{question.id}").content.decode()
        assert "Meldingen er trukket tilbake." in page and "Glem det" not in page

    @pytest.mark.parametrize("who", ["per", "bjarne"])
    def test_a_stranger_takes_nothing_back(
        self, cast: Cast, who: str, question: Conversation
    ) -> None:
        stranger = signed_in(getattr(cast, who))

        assert stranger.get(f"/meldinger/{question.id}/trekk").status_code == 404
        assert post(stranger, f"/meldinger/{question.id}/trekk").status_code == 404

    def test_nobody_is_asked_about_what_cannot_be_taken_back(
        self, cast: Cast, as_kari: Client, question: Conversation
    ) -> None:
        actions.read(by=cast.siri, conversation_id=question.id)

        answer = as_kari.get(f"/meldinger/{question.id}/trekk")

        assert answer.headers["Location"] == f"/meldinger/{question.id}"


def test_the_whole_thread_can_be_printed_by_its_owner_alone(
    as_kari: Client, as_per: Client, question: Conversation
) -> None:
    address = f"/meldinger/{question.id}/utskrift"

    assert "Når åpner dere?" in as_kari.get(address).content.decode()
    assert as_per.get(address).status_code == 404
