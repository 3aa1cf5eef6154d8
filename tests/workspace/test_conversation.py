"""The practice's page for one conversation."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from dialog.conversations import actions
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.ledger import relay
from dialog.people import actions as people_actions
from dialog.people.policy import NotificationKind
from tests.counting import queries_of
from tests.doors import post, signed_in

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )


def test_an_answer_leads_to_the_next_item(
    cast: Cast, as_siri: Client, question: Conversation
) -> None:
    following = actions.start(
        by=cast.per, kind=Kind.ENQUIRY, patient_id=cast.per.patient, text="Hei"
    )

    answer = post(as_siri, f"/kontor/sak/{question.id}", text="Klokka åtte.", seen="1")

    assert answer.headers["Location"] == f"/kontor/sak/{following.id}"


def test_whoever_answers_second_keeps_the_words_and_sees_the_first_answer(
    cast: Cast, as_siri: Client, question: Conversation
) -> None:
    actions.reply(by=cast.lund, conversation_id=question.id, text="Klokka ni.")

    answer = post(as_siri, f"/kontor/sak/{question.id}", text="Klokka åtte er riktig.", seen="1")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Klokka åtte er riktig." in page and "Klokka ni." in page


def test_another_office_does_not_find_it(as_berg: Client, question: Conversation) -> None:
    assert as_berg.get(f"/kontor/sak/{question.id}").status_code == 404


def test_send_and_close_does_both(cast: Cast, as_siri: Client, question: Conversation) -> None:
    post(as_siri, f"/kontor/sak/{question.id}", text="Klokka åtte.", seen="1", then="close")

    page = as_siri.get(f"/kontor/sak/{question.id}").content.decode()
    assert "Avsluttet" in page and "Klokka åtte." in page and 'name="text"' in page
    assert "Svar til pasienten" not in page


def test_the_page_says_what_was_just_handled_and_leads_back(
    as_siri: Client, question: Conversation
) -> None:
    answer = post(as_siri, f"/kontor/sak/{question.id}", text="Klokka åtte.", seen="1")

    once = as_siri.get(answer.headers["Location"]).content.decode()
    again = as_siri.get(answer.headers["Location"]).content.decode()

    assert "Svaret er sendt." in once and f"/kontor/sak/{question.id}" in once
    assert "Svaret er sendt." not in again


def test_the_writer_who_was_told_can_send_at_once(
    cast: Cast, as_siri: Client, question: Conversation
) -> None:
    actions.reply(by=cast.lund, conversation_id=question.id, text="Klokka ni.")
    page = post(as_siri, f"/kontor/sak/{question.id}", text="Åtte, mente vi.", seen="1")
    assert 'name="seen" value="2"' in page.content.decode()

    answer = post(as_siri, f"/kontor/sak/{question.id}", text="Åtte, mente vi.", seen="2")

    assert answer.status_code == 302


def test_a_colleague_who_has_it_open_is_named(
    cast: Cast, as_siri: Client, as_lund: Client, question: Conversation
) -> None:
    as_lund.get(f"/kontor/sak/{question.id}")

    page = as_siri.get(f"/kontor/sak/{question.id}").content.decode()

    assert "Ingrid Lund så på saken" in page
    assert "Siri Dahl så på saken" not in page


class TestAssign:
    def test_it_goes_to_a_colleague(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        to = f"person:{cast.lund.account_uuid}"

        answer = post(as_siri, f"/kontor/sak/{question.id}/gi-videre", to=to, seen="1")

        assert answer.status_code == 302
        mine = signed_in(cast.lund).get("/kontor/?hvem=mine").content.decode()
        assert f"/kontor/sak/{question.id}" in mine

    def test_it_goes_to_a_role(self, as_siri: Client, question: Conversation) -> None:
        post(as_siri, f"/kontor/sak/{question.id}/gi-videre", to="role:nurse", seen="1")

        assert "Sykepleier" in as_siri.get(f"/kontor/sak/{question.id}").content.decode()

    def test_it_never_goes_to_somebody_who_could_not_see_it(
        self, cast: Cast, as_lund: Client
    ) -> None:
        private = actions.start(
            by=cast.kari, kind=Kind.ECONSULTATION, patient_id=cast.kari.patient, text="Hei"
        )
        to = f"person:{cast.siri.account_uuid}"

        answer = post(as_lund, f"/kontor/sak/{private.id}/gi-videre", to=to, seen="1")

        assert answer.status_code == 422
        assert "Siri Dahl, " not in answer.content.decode()

    def test_nothing_chosen_says_so(self, as_siri: Client, question: Conversation) -> None:
        answer = post(as_siri, f"/kontor/sak/{question.id}/gi-videre", to="", seen="1")

        assert answer.status_code == 422
        assert "Velg noe fra listen." in answer.content.decode()

    def test_another_office_cannot(self, as_berg: Client, question: Conversation) -> None:
        answer = post(as_berg, f"/kontor/sak/{question.id}/gi-videre", to="role:nurse")

        assert answer.status_code == 404

    def test_what_was_refused_as_stale_can_be_sent_again(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        actions.reply(by=cast.kari, conversation_id=question.id, text="Det haster")
        where = f"/kontor/sak/{question.id}/gi-videre"
        refused = post(as_siri, where, to="role:nurse", seen="1")
        form = refused.content.decode().split(f'action="{where}"')[1].split("</form>")[0]
        (seen,) = re.findall(r'name="seen" value="(\d+)"', form)

        assert post(as_siri, where, to="role:nurse", seen=seen).status_code == 302


class TestNote:
    def test_colleagues_read_it_and_the_patient_does_not(
        self, as_siri: Client, as_lund: Client, as_kari: Client, question: Conversation
    ) -> None:
        post(as_siri, f"/kontor/sak/{question.id}/merknad", text="Ring henne heller.")

        assert "Ring henne heller." in as_lund.get(f"/kontor/sak/{question.id}").content.decode()
        assert "Ring henne" not in as_kari.get(f"/meldinger/{question.id}").content.decode()

    def test_another_office_leaves_none(self, as_berg: Client, question: Conversation) -> None:
        answer = post(as_berg, f"/kontor/sak/{question.id}/merknad", text="Hei")

        assert answer.status_code == 404


class TestRestAndClose:
    def test_what_is_set_aside_waits_for_nobody(
        self, as_siri: Client, question: Conversation
    ) -> None:
        post(as_siri, f"/kontor/sak/{question.id}/til-side", seen="1")

        assert f"/kontor/sak/{question.id}" not in items(as_siri, "/kontor/")
        assert f"/kontor/sak/{question.id}" in items(as_siri, "/kontor/?status=resting")

    def test_setting_aside_what_has_changed_is_refused(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        actions.reply(by=cast.kari, conversation_id=question.id, text="Det haster")

        answer = post(as_siri, f"/kontor/sak/{question.id}/til-side", seen="1")

        assert answer.status_code == 409
        assert "Det haster" in answer.content.decode()

    def test_closing_asks_once_more(self, as_siri: Client, question: Conversation) -> None:
        assert as_siri.get(f"/kontor/sak/{question.id}/avslutt").status_code == 200

        post(as_siri, f"/kontor/sak/{question.id}/avslutt")
        twice = post(as_siri, f"/kontor/sak/{question.id}/avslutt")

        assert f"/kontor/sak/{question.id}" in items(as_siri, "/kontor/?status=closed")
        assert twice.status_code == 409

    def test_closing_what_has_changed_is_refused(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        page = as_siri.get(f"/kontor/sak/{question.id}").content.decode()
        (link,) = re.findall(rf'href="(/kontor/sak/{question.id}/avslutt[^"]*)"', page)
        actions.reply(by=cast.kari, conversation_id=question.id, text="Det haster")
        asked = as_siri.get(link).content.decode()
        (seen,) = re.findall(r'name="seen" value="(\d+)"', asked)

        answer = post(as_siri, f"/kontor/sak/{question.id}/avslutt", seen=seen)

        assert answer.status_code == 409
        assert "Det haster" in answer.content.decode()

    @pytest.mark.parametrize("what", ["til-side", "avslutt", "gi-videre"])
    def test_another_office_cannot(
        self, as_berg: Client, question: Conversation, what: str
    ) -> None:
        answer = post(as_berg, f"/kontor/sak/{question.id}/{what}", to="role:staff")

        assert answer.status_code == 404
        assert as_berg.get(f"/kontor/sak/{question.id}/avslutt").status_code == 404


def items(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("<h1", 1)[1]


class TestRecall:
    def test_what_the_patient_has_not_opened_is_taken_back(
        self, cast: Cast, as_siri: Client, as_kari: Client, question: Conversation
    ) -> None:
        said = actions.reply(by=cast.siri, conversation_id=question.id, text="Feil beskjed")
        assert "Trekk tilbake" in as_siri.get(f"/kontor/sak/{question.id}").content.decode()

        post(as_siri, f"/kontor/sak/{question.id}/trekk/{said.id}")

        page = as_kari.get(f"/meldinger/{question.id}").content.decode()
        assert "Feil beskjed" not in page and "Meldingen er trukket tilbake." in page

    def test_what_the_patient_has_opened_stays(
        self, cast: Cast, as_siri: Client, as_kari: Client, question: Conversation
    ) -> None:
        said = actions.reply(by=cast.siri, conversation_id=question.id, text="Klokka åtte.")
        as_kari.get(f"/meldinger/{question.id}")

        answer = post(as_siri, f"/kontor/sak/{question.id}/trekk/{said.id}")

        assert answer.status_code == 409

    def test_another_office_cannot(
        self, cast: Cast, as_berg: Client, question: Conversation
    ) -> None:
        said = actions.reply(by=cast.siri, conversation_id=question.id, text="Klokka åtte.")

        answer = post(as_berg, f"/kontor/sak/{question.id}/trekk/{said.id}")

        assert answer.status_code == 404


def test_passing_one_by_opens_the_one_below_and_then_the_inbox(
    cast: Cast, as_siri: Client, question: Conversation
) -> None:
    below = actions.start(by=cast.per, kind=Kind.ENQUIRY, patient_id=cast.per.patient, text="Hei")

    first = as_siri.get(f"/kontor/sak/{question.id}/neste")
    last = as_siri.get(f"/kontor/sak/{below.id}/neste")

    assert first.headers["Location"] == f"/kontor/sak/{below.id}"
    assert last.headers["Location"].startswith("/kontor/?")


def test_a_longer_thread_takes_no_more_queries(
    cast: Cast, as_siri: Client, question: Conversation
) -> None:
    address = f"/kontor/sak/{question.id}"
    actions.reply(by=cast.siri, conversation_id=question.id, text="Første svar")
    actions.add_note(by=cast.siri, conversation_id=question.id, text="Merknad")
    as_siri.get(address)
    few = queries_of(as_siri, address)
    for number in range(10):
        actions.reply(by=cast.siri, conversation_id=question.id, text=f"Svar {number}")
        actions.add_note(by=cast.siri, conversation_id=question.id, text="Merknad")
    as_siri.get(address)

    assert queries_of(as_siri, address) == few


def test_the_office_sees_whether_the_patient_was_told_but_not_what(
    cast: Cast, as_siri: Client, question: Conversation, as_role: AsRole
) -> None:
    actions.reply(by=cast.siri, conversation_id=question.id, text="Blodtrykket er fint.")
    people_actions.choose_notification(by=cast.kari, kind=NotificationKind.MESSAGE, wanted=False)
    with as_role("dialog_relay"):
        while relay.pay_what_is_due():
            pass

    page = as_siri.get(f"/kontor/sak/{question.id}").content.decode()

    assert "Varsler på SMS" in page
    assert "Mottakeren har valgt bort slike varsler." in page
