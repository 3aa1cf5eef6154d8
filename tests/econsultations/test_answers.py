"""Answering: responsibility, questions, a no with a reason, and an ordinary appointment."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from dialog import rows
from dialog.actor import Actor, Duty, Role
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Kind, Outcome, Status
from dialog.demo.cast import Cast, find
from dialog.econsultations import actions
from dialog.econsultations.policy import EConsultationStatus, Step
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger import queries as ledger
from dialog.people import actions as people
from tests.econsultations.asked import CARD, asked, seen

EVERYTHING: dict[str, Callable[..., object]] = {
    "begin": actions.begin,
    "answer": partial(actions.answer, text="Hei"),
    "ask_for_more": partial(actions.ask_for_more, text="Hvor lenge?"),
    "decline": partial(actions.decline, reason="Dette må sees på."),
    "refer_to_appointment": partial(actions.refer_to_appointment, text="Kom innom."),
    "complete": partial(actions.complete, card=CARD),
}


def thread_of(by: Actor, conversation_id: UUID) -> core.Thread:
    with rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id):
        return core.thread(by, conversation_id)


def handed(cast: Cast, *duties: Duty) -> Cast:
    """The cast again, after Dr Lund has handed duties to the nurses."""
    for duty in duties:
        people.delegate(by=cast.lund, role=Role.NURSE, duty=duty, on=True)
    return find()


class TestBegin:
    def test_the_doctor_takes_responsibility_and_the_patient_sees_it(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.begin(by=cast.lund, conversation_id=conversation.id)

        view = seen(cast.kari, conversation)
        assert view.status is EConsultationStatus.BEGUN
        assert view.begun_by == "Ingrid Lund"
        assert view.begun_at is not None
        thread = thread_of(cast.lund, conversation.id)
        assert thread.responsible_account_id == cast.lund.account_id

    def test_it_is_recorded(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.begin(by=cast.lund, conversation_id=conversation.id)

        with rows.seeing(patient=cast.kari.patient_id):
            assert "EConsultationBegun" in [one.kind for one in ledger.access_log(cast.kari)]

    def test_the_second_time_is_too_late(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        actions.begin(by=cast.lund, conversation_id=conversation.id)

        with pytest.raises(WrongState):
            actions.begin(by=cast.lund, conversation_id=conversation.id)

    def test_a_nurse_who_sees_it_cannot_take_responsibility(self, cast: Cast) -> None:
        cast = handed(cast, Duty.SEE_ECONSULTATIONS, Duty.ANSWER_ECONSULTATIONS)
        conversation = asked(cast.kari)

        with pytest.raises(NotAllowed):
            actions.begin(by=cast.nina, conversation_id=conversation.id)


class TestAnswer:
    def test_nobody_waits_after_an_answer(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.answer(by=cast.lund, conversation_id=conversation.id, text="Hvil armen.")

        thread = thread_of(cast.kari, conversation.id)
        assert thread.status is Status.RESTING
        assert thread.messages[-1].text == "Hvil armen."
        assert seen(cast.kari, conversation).begun_by == "Ingrid Lund"

    def test_the_patient_may_ask_again_within_the_matter(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        actions.answer(by=cast.lund, conversation_id=conversation.id, text="Hvil armen.")

        conversations.reply(by=cast.kari, conversation_id=conversation.id, text="Hvor lenge?")

        thread = thread_of(cast.lund, conversation.id)
        assert thread.status is Status.WITH_PRACTICE
        assert thread.due_at is not None

    def test_a_role_it_was_handed_to_answers_without_taking_responsibility(
        self, cast: Cast
    ) -> None:
        cast = handed(cast, Duty.SEE_ECONSULTATIONS, Duty.ANSWER_ECONSULTATIONS)
        conversation = asked(cast.kari)

        actions.answer(by=cast.nina, conversation_id=conversation.id, text="Hvil armen.")

        assert seen(cast.kari, conversation).status is EConsultationStatus.REQUESTED

    def test_a_role_that_may_only_see_cannot_answer(self, cast: Cast) -> None:
        cast = handed(cast, Duty.SEE_ECONSULTATIONS)
        conversation = asked(cast.kari)

        with pytest.raises(NotAllowed):
            actions.answer(by=cast.nina, conversation_id=conversation.id, text="Hvil armen.")

    def test_two_at_once_is_one_answer(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        version = thread_of(cast.lund, conversation.id).version
        actions.answer(by=cast.lund, conversation_id=conversation.id, text="Ett.", seen=version)

        with pytest.raises(WrongState):
            actions.answer(by=cast.lund, conversation_id=conversation.id, text="To.", seen=version)


class TestAskForMore:
    def test_the_clock_stands_still_until_the_patient_answers(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.ask_for_more(by=cast.lund, conversation_id=conversation.id, text="Hvor lenge?")

        assert thread_of(cast.kari, conversation.id).status is Status.WITH_PATIENT

    def test_there_must_be_a_question(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(InvalidInput):
            actions.ask_for_more(by=cast.lund, conversation_id=conversation.id, text=" ")


class TestDecline:
    def test_the_patient_is_told_why_and_pays_nothing(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.decline(
            by=cast.lund, conversation_id=conversation.id, reason="Jeg må se på albuen."
        )

        thread, view = thread_of(cast.kari, conversation.id), seen(cast.kari, conversation)
        assert thread.outcome is Outcome.DECLINED
        assert thread.messages[-1].text == "Jeg må se på albuen."
        assert (view.status, view.charge) == (EConsultationStatus.DECLINED, 0)

    def test_a_reason_is_needed(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(InvalidInput) as refused:
            actions.decline(by=cast.lund, conversation_id=conversation.id, reason=" ")

        assert refused.value.field == "reason"

    def test_also_after_asking_for_more(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        actions.ask_for_more(by=cast.lund, conversation_id=conversation.id, text="Hvor lenge?")

        actions.decline(by=cast.lund, conversation_id=conversation.id, reason="Da må jeg se deg.")

        assert seen(cast.kari, conversation).charge == 0


class TestReferToAppointment:
    def test_the_patient_is_asked_to_come_and_pays_nothing(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.refer_to_appointment(
            by=cast.lund, conversation_id=conversation.id, text="Jeg vil se på armen."
        )

        thread, view = thread_of(cast.kari, conversation.id), seen(cast.kari, conversation)
        assert thread.outcome is Outcome.REDIRECTED
        assert thread.redirected_to is Kind.APPOINTMENT
        assert (view.status, view.charge) == (EConsultationStatus.REFERRED, 0)

    def test_also_while_the_patient_is_thinking(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        actions.ask_for_more(by=cast.lund, conversation_id=conversation.id, text="Hvor lenge?")

        actions.refer_to_appointment(
            by=cast.lund, conversation_id=conversation.id, text="Kom heller innom."
        )

        thread = thread_of(cast.kari, conversation.id)
        assert (thread.outcome, thread.redirected_to) == (Outcome.REDIRECTED, Kind.APPOINTMENT)
        assert seen(cast.kari, conversation).status is EConsultationStatus.REFERRED

    def test_why_must_be_said(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(InvalidInput):
            actions.refer_to_appointment(by=cast.lund, conversation_id=conversation.id, text="")


class TestEverything:
    @pytest.mark.parametrize("what", EVERYTHING)
    @pytest.mark.parametrize("who", ["siri", "nina", "berg", "per", "bjarne", "kari_for_ola"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, what: str, who: str) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(NotFound):
            EVERYTHING[what](by=getattr(cast, who), conversation_id=conversation.id)

        assert seen(cast.kari, conversation).status is EConsultationStatus.REQUESTED

    @pytest.mark.parametrize("what", EVERYTHING)
    def test_the_patient_cannot_answer_herself(self, cast: Cast, what: str) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(NotAllowed):
            EVERYTHING[what](by=cast.kari, conversation_id=conversation.id)

    @pytest.mark.parametrize("what", EVERYTHING)
    def test_nothing_can_be_done_to_one_that_is_over(self, cast: Cast, what: str) -> None:
        conversation = asked(cast.kari)
        actions.decline(by=cast.lund, conversation_id=conversation.id, reason="Nei.")

        with pytest.raises(WrongState):
            EVERYTHING[what](by=cast.lund, conversation_id=conversation.id)

    @pytest.mark.parametrize("what", EVERYTHING)
    def test_somebody_acted_since_the_page_was_opened(self, cast: Cast, what: str) -> None:
        conversation = asked(cast.kari)
        conversations.reply(by=cast.kari, conversation_id=conversation.id, text="En ting til.")

        with pytest.raises(WrongState):
            EVERYTHING[what](by=cast.lund, conversation_id=conversation.id, seen=1)

    def test_nobody_ends_it_from_outside(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(WrongState):
            conversations.close(by=cast.lund, conversation_id=conversation.id)
        with pytest.raises(WrongState):
            conversations.redirect(
                by=cast.lund, conversation_id=conversation.id, to=Kind.APPOINTMENT
            )

        assert seen(cast.kari, conversation).status is EConsultationStatus.REQUESTED

    def test_the_doctor_is_shown_what_she_can_do(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        steps = seen(cast.lund, conversation).steps

        assert steps == {Step.BEGIN, Step.COMPLETE, Step.REFER, Step.DECLINE}
