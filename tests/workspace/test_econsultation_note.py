"""The doctor's note for the journal, writing first, and the texts to use again."""

import re

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import queries as core
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast, number
from dialog.econsultations import actions
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import TemplateKind
from dialog.people import queries as registers
from tests.doors import post, signed_in
from tests.econsultations.asked import CARD, WORDS, asked, printed, words_of


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return asked(cast.kari)


def at(conversation: Conversation, what: str) -> str:
    return f"/kontor/e-konsultasjon/{conversation.id}/{what}"


class TestJournal:
    def test_the_note_has_both_sides_and_the_conclusion(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        actions.complete(by=cast.lund, conversation_id=question.id, card=CARD, text="God bedring!")

        page = words_of(as_lund.get(at(question, "journal")))

        for words in (WORDS, "God bedring!", CARD.what_we_think, "Ansvarlig lege: Ingrid Lund"):
            assert words in page

    def test_it_is_marked_as_entered_once(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        actions.complete(by=cast.lund, conversation_id=question.id, card=CARD)
        waiting = words_of(as_lund.get("/kontor/e-konsultasjoner/journal"))

        done = post(as_lund, at(question, "journal"))

        assert "Kari Nordmann" in waiting
        assert done.status_code == 302
        assert "Ført i journal av Ingrid Lund" in words_of(as_lund.get(at(question, "journal")))
        assert "Alt er ført" in words_of(as_lund.get("/kontor/e-konsultasjoner/journal"))
        assert post(as_lund, at(question, "journal")).status_code == 409

    def test_the_doctor_has_a_list_with_its_count_and_others_none(
        self, cast: Cast, as_lund: Client, as_siri: Client, question: Conversation
    ) -> None:
        before = words_of(as_lund.get("/kontor/"))

        actions.complete(by=cast.lund, conversation_id=question.id, card=CARD)

        assert "Ikke ført i journal" not in before
        assert "Ikke ført i journal 1" in words_of(as_lund.get("/kontor/"))
        assert "Ikke ført i journal" not in words_of(as_siri.get("/kontor/"))

    def test_others_see_an_empty_list(
        self, cast: Cast, as_siri: Client, as_berg: Client, question: Conversation
    ) -> None:
        actions.complete(by=cast.lund, conversation_id=question.id, card=CARD)

        for client in (as_siri, as_berg):
            assert "Kari" not in words_of(client.get("/kontor/e-konsultasjoner/journal"))


@pytest.mark.usefixtures("on_the_phone")
class TestWriteFirst:
    def test_the_doctor_writes_and_says_that_a_reply_costs(
        self, cast: Cast, as_lund: Client
    ) -> None:
        with rows.seeing(patient=cast.kari.patient_id):
            patient = registers.the_patient(cast.kari)

        done = post(
            as_lund,
            f"/kontor/pasient/{patient.uuid}/e-konsultasjon",
            topic="test-result",
            text="Prøvene dine er fine.",
            reply="charged",
        )

        assert done.status_code == 302
        with rows.seeing(patient=cast.kari.patient_id):
            (matter,) = core.my_matters(cast.kari)
            assert matter.kind is Kind.ECONSULTATION
            assert EConsultation.objects.get().reply_charged

    @pytest.mark.parametrize(("who", "status"), [("berg", 404), ("siri", 403), ("nina", 403)])
    def test_not_by_others(self, cast: Cast, who: str, status: int) -> None:
        with rows.seeing(patient=cast.kari.patient_id):
            patient = registers.the_patient(cast.kari)

        answer = post(
            signed_in(getattr(cast, who)),
            f"/kontor/pasient/{patient.uuid}/e-konsultasjon",
            topic="test-result",
            text="Prøvene dine er fine.",
            reply="free",
        )

        assert answer.status_code == status


class TestTemplates:
    def test_one_is_made_changed_and_removed(self, as_lund: Client) -> None:
        made = post(
            as_lund,
            "/kontor/innstillinger/maler/ny",
            kind="decline",
            title="Må sees",
            text="Hei {fornavn}. Jeg må se deg.",
            own="own",
        )
        listed = as_lund.get("/kontor/innstillinger/maler").content.decode()
        address = re.search(r'href="(/kontor/innstillinger/maler/[0-9a-f-]{36})"', listed)
        assert address is not None

        post(
            as_lund,
            address[1],
            kind="decline",
            title="Må sees på kontoret",
            text="Hei.",
            own="office",
        )
        changed = words_of(as_lund.get("/kontor/innstillinger/maler"))
        post(as_lund, f"{address[1]}/slett")

        assert made.status_code == 302
        assert "Må sees på kontoret" in changed
        assert "Ingen maler ennå" in words_of(as_lund.get("/kontor/innstillinger/maler"))

    def test_what_nobody_can_fill_in_is_said(self, as_lund: Client) -> None:
        answer = post(
            as_lund,
            "/kontor/innstillinger/maler/ny",
            kind="decline",
            title="Må sees",
            text="Hei {diagnose}.",
            own="own",
        )

        assert answer.status_code == 422
        assert "Vi kjenner ikke {diagnose}" in words_of(answer)

    def test_a_stranger_does_not_find_one(self, cast: Cast, as_berg: Client) -> None:
        template = actions.save_template(
            by=cast.lund, kind=TemplateKind.ANSWER, title="Hei", text="Hei", own=False
        )

        assert as_berg.get(f"/kontor/innstillinger/maler/{template.uuid}").status_code == 404
        assert (
            post(as_berg, f"/kontor/innstillinger/maler/{template.uuid}/slett").status_code == 404
        )


class TestPdf:
    def test_the_note_has_the_number_both_sides_and_the_conclusion(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        actions.complete(by=cast.lund, conversation_id=question.id, card=CARD, text="God bedring!")

        page = printed(as_lund.get(at(question, "journalnotat.pdf")))

        for words in (number("kari"), WORDS, "God bedring!", CARD.what_you_do, "Ingrid Lund"):
            assert words in page

    @pytest.mark.parametrize("who", ["siri", "nina", "berg"])
    def test_a_stranger_does_not_find_it(
        self, cast: Cast, question: Conversation, who: str
    ) -> None:
        answer = signed_in(getattr(cast, who)).get(at(question, "journalnotat.pdf"))

        assert answer.status_code == 404


def test_an_unanswered_question_is_not_set_aside(
    cast: Cast, as_lund: Client, question: Conversation
) -> None:
    answer = post(as_lund, f"/kontor/sak/{question.id}/til-side", seen="1")

    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        after = core.thread(cast.lund, question.id)
    assert answer.status_code == 409
    assert after.status is Status.WITH_PRACTICE
    assert after.due_at is not None
