"""The practice's pages for an e-consultation: take it on, answer, say no, conclude, and the
journal.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import queries as appointments
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Outcome, Status
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.econsultations.policy import CARD_FIELDS, EConsultationStatus, TemplateKind
from dialog.people import queries as registers
from dialog.working_days import first_working_day
from tests.doors import post, signed_in
from tests.econsultations.asked import CARD, WORDS, asked, seen, words_of

FIELDS = {str(kind): getattr(CARD, kind) for kind in CARD_FIELDS}


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return asked(cast.kari)


def at(conversation: Conversation, what: str) -> str:
    return f"/kontor/e-konsultasjon/{conversation.id}/{what}"


def thread_of(by: Actor, conversation: Conversation) -> core.Thread:
    with rows.seeing(account=by.account_id, practice=by.practice_id, patient=by.patient_id):
        return core.thread(by, conversation.id)


class TestPanel:
    def test_the_doctor_sees_what_can_be_done(
        self, as_lund: Client, question: Conversation
    ) -> None:
        page = words_of(as_lund.get(f"/kontor/sak/{question.id}"))

        for words in ("Jeg tar den", "Send svar", "Be om mer", "Gi vanlig time", "Avslå"):
            assert words in page
        assert "Pasienten har godtatt høyst" in page

    @pytest.mark.parametrize("who", ["siri", "nina", "berg"])
    @pytest.mark.parametrize("what", ["avslutt", "avslag", "time", "journal"])
    def test_a_stranger_finds_nothing(
        self, cast: Cast, question: Conversation, who: str, what: str
    ) -> None:
        stranger = signed_in(getattr(cast, who))

        assert stranger.get(f"/kontor/sak/{question.id}").status_code == 404
        assert stranger.get(at(question, what)).status_code == 404
        assert post(stranger, at(question, what)).status_code == 404

    @pytest.mark.parametrize("who", ["siri", "nina", "berg"])
    @pytest.mark.parametrize("what", ["begynn", "svar"])
    def test_nor_can_a_stranger_act(
        self, cast: Cast, question: Conversation, who: str, what: str
    ) -> None:
        answer = post(signed_in(getattr(cast, who)), at(question, what), text="Hei", verb="answer")

        assert answer.status_code == 404
        assert len(thread_of(cast.lund, question).messages) == 1


class TestBegin:
    def test_one_click_takes_it(self, cast: Cast, as_lund: Client, question: Conversation) -> None:
        answer = post(as_lund, at(question, "begynn"), seen=1)

        assert answer.headers["Location"] == f"/kontor/sak/{question.id}#svar"
        assert seen(cast.kari, question).begun_by == "Ingrid Lund"

    def test_too_late_is_said_on_the_page(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        actions.begin(by=cast.lund, conversation_id=question.id)

        answer = post(as_lund, at(question, "begynn"))

        assert answer.status_code == 409
        assert WORDS in words_of(answer)


class TestAnswer:
    def test_an_answer_and_on_to_the_next(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        answer = post(as_lund, at(question, "svar"), text="Hvil armen.", seen=1, verb="answer")

        assert answer.status_code == 302
        assert thread_of(cast.kari, question).status is Status.RESTING

    def test_a_question_back(self, cast: Cast, as_lund: Client, question: Conversation) -> None:
        post(as_lund, at(question, "svar"), text="Hvor lenge?", seen=1, verb="ask")

        assert thread_of(cast.kari, question).status is Status.WITH_PATIENT

    def test_without_words_it_is_said_at_the_field(
        self, as_lund: Client, question: Conversation
    ) -> None:
        answer = post(as_lund, at(question, "svar"), text=" ", seen=1, verb="answer")

        assert answer.status_code == 422
        assert "Fyll ut dette feltet." in words_of(answer)

    def test_somebody_came_first_and_the_words_stay(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        conversations.reply(by=cast.kari, conversation_id=question.id, text="En ting til.")

        answer = post(as_lund, at(question, "svar"), text="Hvil armen.", seen=1, verb="answer")

        page = words_of(answer)
        assert answer.status_code == 409
        assert "Hvil armen." in page
        assert "En ting til." in page
        again = re.findall(r'name="seen" value="(\d+)"', answer.content.decode())
        assert (
            post(
                as_lund, at(question, "svar"), text="Hvil armen.", seen=again[-1], verb="answer"
            ).status_code
            == 302
        )

    def test_a_template_goes_in_without_scripts(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        template = actions.save_template(
            by=cast.lund,
            kind=TemplateKind.ANSWER,
            title="Hilsen",
            text="Hei {fornavn}! Hilsen {lege}",
            own=True,
        )

        answer = post(
            as_lund,
            at(question, "svar"),
            text="Jeg har lest det.",
            mal_text=str(template.uuid),
            sett_inn="text",
            seen=1,
        )

        assert "Jeg har lest det. Hei Kari! Hilsen Ingrid Lund" in words_of(answer)
        assert len(thread_of(cast.lund, question).messages) == 1


class TestDecline:
    def test_why_is_needed_and_then_sent(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        empty = post(as_lund, at(question, "avslag"), reason="", seen=1)

        done = post(as_lund, at(question, "avslag"), reason="Jeg må se på den.", seen=1)

        assert empty.status_code == 422
        assert done.status_code == 302
        assert thread_of(cast.kari, question).outcome is Outcome.DECLINED

    def test_words_refused_because_something_is_new_can_be_sent_again(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        conversations.reply(by=cast.kari, conversation_id=question.id, text="Nå er den rød.")

        refused = post(as_lund, at(question, "avslag"), reason="Ring oss i dag.", seen=1)

        page = refused.content.decode()
        assert refused.status_code == 409
        assert "Nå er den rød." in page and "Ring oss i dag." in page
        (fresh,) = re.findall(r'name="seen" value="(\d+)"', page)
        again = post(as_lund, at(question, "avslag"), reason="Ring oss i dag.", seen=fresh)
        assert again.status_code == 302


class TestGiveTime:
    def test_the_patient_books(self, cast: Cast, as_lund: Client, question: Conversation) -> None:
        page = as_lund.get(at(question, "time"))

        done = post(
            as_lund, at(question, "time"), text="Jeg vil se på armen.", slot_id="self", seen=1
        )

        assert "Pasienten bestiller selv" in words_of(page)
        assert done.status_code == 302
        assert seen(cast.kari, question).status is EConsultationStatus.REFERRED

    def test_the_doctor_gives_one_of_her_times_at_once(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        page = as_lund.get(at(question, "time")).content.decode()
        slot = re.findall(r'name="slot_id" value="([0-9a-f-]{36})"', page)[0]

        done = post(
            as_lund, at(question, "time"), text="Jeg vil se på armen.", slot_id=slot, seen=1
        )

        assert done.status_code == 302
        ((given, kind),) = thread_of(cast.kari, question).continued_by
        assert kind is Kind.APPOINTMENT
        with rows.seeing(patient=cast.kari.patient_id):
            booked = appointments.appointment_for(cast.kari, given)
        assert str(booked.status) == "booked"
        assert seen(cast.kari, question).charge == 0

    def test_a_time_that_is_gone_undoes_everything(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        answer = post(
            as_lund,
            at(question, "time"),
            text="Jeg vil se på armen.",
            slot_id=str(uuid4()),
            seen=1,
        )

        assert answer.status_code == 422
        assert "Jeg vil se på armen." in words_of(answer)
        assert seen(cast.kari, question).status is EConsultationStatus.REQUESTED


class TestComplete:
    def test_the_four_fields_and_a_follow_up(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        on = first_working_day(registers.today() + timedelta(days=7))

        done = post(
            as_lund,
            at(question, "avslutt"),
            **FIELDS,
            follow_up_on=on.isoformat(),
            owner=str(cast.lund.account_uuid),
            seen=1,
        )

        assert done.status_code == 302
        card = seen(cast.kari, question).card
        assert card is not None
        assert card.follow_up_on == on
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            assert len(core.follow_ups(cast.lund)) == 1

    def test_a_field_that_lacks_words_keeps_the_others(
        self, as_lund: Client, question: Conversation
    ) -> None:
        answer = post(as_lund, at(question, "avslutt"), **{**FIELDS, "what_you_do": ""}, seen=1)

        assert answer.status_code == 422
        assert CARD.what_we_think in words_of(answer)

    def test_the_page_says_what_the_patient_pays(
        self, as_lund: Client, question: Conversation
    ) -> None:
        page = words_of(as_lund.get(at(question, "avslutt"))).replace("\xa0", " ")

        assert re.search(r"betaler pasienten \d+ kr. Pasienten har godtatt høyst \d+ kr", page)

    def test_without_a_charge_when_the_doctor_says_so(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        post(as_lund, at(question, "avslutt"), **FIELDS, waived="on", seen=1)

        assert seen(cast.kari, question).charge == 0

    def test_each_field_has_its_own_templates(
        self, cast: Cast, as_lund: Client, question: Conversation
    ) -> None:
        template = actions.save_template(
            by=cast.lund,
            kind=TemplateKind.WHEN_AND_WHERE,
            title="Ring",
            text="Ring {telefon}.",
            own=False,
        )

        answer = post(
            as_lund,
            at(question, "avslutt"),
            **{**FIELDS, "when_and_where_to_contact": ""},
            mal_when_and_where_to_contact=str(template.uuid),
            sett_inn="when_and_where_to_contact",
            seen=1,
        )

        page = words_of(answer)
        assert answer.status_code == 200
        assert "Ring 22334455." in page
        assert CARD.what_you_do in page
