"""Starting, answering and taking back: what changes, what is recorded, and each way it says no."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation, ReadMark
from dialog.conversations.policy import Kind, Outcome, Status, Topic
from dialog.conversations.queries import Thread
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff, WrongState
from dialog.ledger import queries as ledger

OSLO = ZoneInfo("Europe/Oslo")
FRIDAY_EVENING = datetime(2027, 3, 5, 22, 30, tzinfo=OSLO)


def asked(cast: Cast, who: str = "kari", text: str = "Når åpner dere?") -> Conversation:
    by = getattr(cast, who)
    return actions.start(
        by=by, kind=Kind.ENQUIRY, patient_id=by.patient, text=text, topic=Topic.OTHER
    )


def told(cast: Cast, **how: object) -> Conversation:
    return actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Ring oss.",
        **how,  # type: ignore[arg-type]  # the few choices of a start
    )


def thread_of(cast: Cast, conversation: Conversation, who: str = "kari") -> Thread:
    by = getattr(cast, who)
    with rows.seeing(**rows.view_of(by)._asdict()):
        return queries.thread(by, conversation.id)


def recorded(cast: Cast) -> list[str]:
    with rows.seeing(patient=cast.kari.patient):
        return [one.kind for one in ledger.access_log(cast.kari)]


class TestStart:
    def test_it_waits_for_the_role_that_answers_it(self, cast: Cast) -> None:
        thread = thread_of(cast, asked(cast))

        assert thread.status is Status.WITH_PRACTICE
        assert thread.responsible_role == "staff"
        assert thread.owner.name == "Ingrid Lund"
        assert recorded(cast)[:2] == ["MessageSent", "ConversationStarted"]

    @time_machine.travel(FRIDAY_EVENING, tick=False)
    def test_an_answer_is_due_in_working_days(self, cast: Cast) -> None:
        assert asked(cast).due_at == datetime(2027, 3, 9, 16, tzinfo=OSLO)

    def test_what_the_practice_writes_waits_for_the_patient(self, cast: Cast) -> None:
        assert thread_of(cast, told(cast)).status is Status.WITH_PATIENT

    def test_or_for_nobody_when_it_cannot_be_answered(self, cast: Cast) -> None:
        assert thread_of(cast, told(cast, reply_allowed=False)).status is Status.RESTING

    def test_an_important_one_is_always_followed_up(self, cast: Cast) -> None:
        assert told(cast, important=True).remind_at is not None

    def test_nobody_starts_for_somebody_else(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.per.patient)

    def test_a_practice_writes_to_its_own_patients_alone(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.start(by=cast.berg, kind=Kind.ENQUIRY, patient_id=cast.kari.patient)

    def test_a_practice_does_not_start_what_only_patients_ask_for(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.start(by=cast.lund, kind=Kind.RENEWAL, patient_id=cast.kari.patient)

    def test_somebody_on_no_list_is_told_that_it_is_not_offered(self, cast: Cast) -> None:
        on_no_list = replace(cast.kari, patient_id=999_999)

        with pytest.raises(ServiceOff):
            actions.start(by=on_no_list, kind=Kind.ENQUIRY, patient_id=999_999)

    def test_too_long_is_refused_at_the_text(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refusal:
            asked(cast, text="x" * 1001)

        assert refusal.value.field == "text"

    def test_it_goes_on_from_ones_own_alone(self, cast: Cast) -> None:
        before = asked(cast)

        with pytest.raises(NotFound):
            actions.start(
                by=cast.per,
                kind=Kind.ENQUIRY,
                patient_id=cast.per.patient,
                continues_id=before.id,
            )


class TestReply:
    def test_the_patients_answer_gives_the_practice_a_new_day(self, cast: Cast) -> None:
        conversation = told(cast)

        actions.reply(by=cast.kari, conversation_id=conversation.id, text="Jeg ringte.")

        thread = thread_of(cast, conversation)
        assert thread.status is Status.WITH_PRACTICE and thread.due_at is not None
        assert thread.due_at > timezone.now()

    def test_more_words_do_not_move_the_day(self, cast: Cast) -> None:
        conversation = asked(cast)

        actions.reply(by=cast.kari, conversation_id=conversation.id, text="Og på lørdag?")

        assert thread_of(cast, conversation).due_at == conversation.due_at

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_nothing_is_no_answer(self, cast: Cast, text: str) -> None:
        conversation = asked(cast)

        with pytest.raises(InvalidInput) as refusal:
            actions.reply(by=cast.siri, conversation_id=conversation.id, text=text)

        assert refusal.value.field == "text"

    def test_what_is_over_is_not_answered(self, cast: Cast) -> None:
        conversation = asked(cast)
        actions.close(by=cast.siri, conversation_id=conversation.id)

        for who in (cast.kari, cast.siri):
            with pytest.raises(WrongState):
                actions.reply(by=who, conversation_id=conversation.id, text="Hei")

    def test_what_may_not_be_answered_is_not(self, cast: Cast) -> None:
        conversation = told(cast, reply_allowed=False)

        with pytest.raises(WrongState):
            actions.reply(by=cast.kari, conversation_id=conversation.id, text="Hei")

    def test_a_secretary_does_not_find_an_e_consultation_to_answer(self, cast: Cast) -> None:
        private = actions.start(
            by=cast.kari, kind=Kind.ECONSULTATION, patient_id=cast.kari.patient, text="Hei"
        )

        with pytest.raises(NotFound):
            actions.reply(by=cast.siri, conversation_id=private.id, text="Hei")


class TestLook:
    def test_a_part_seen_elsewhere_is_a_look_too(self, cast: Cast) -> None:
        conversation = asked(cast)

        actions.look(by=cast.siri, conversation_id=conversation.id)
        actions.read(by=cast.siri, conversation_id=conversation.id)

        assert recorded(cast).count("ConversationRead") == 1

    def test_it_opens_nothing(self, cast: Cast) -> None:
        conversation = asked(cast)

        actions.look(by=cast.siri, conversation_id=conversation.id)

        assert thread_of(cast, conversation).opened_at is None

    def test_a_stranger_sees_nothing(self, cast: Cast) -> None:
        conversation = asked(cast)

        with pytest.raises(NotFound):
            actions.look(by=cast.berg, conversation_id=conversation.id)


class TestRead:
    def test_the_first_look_of_the_practice_is_remembered(self, cast: Cast) -> None:
        conversation = asked(cast)

        actions.read(by=cast.siri, conversation_id=conversation.id)
        first = thread_of(cast, conversation).opened_at
        actions.read(by=cast.nina, conversation_id=conversation.id)

        assert first is not None
        assert thread_of(cast, conversation).opened_at == first

    def test_a_look_at_what_is_new_is_a_new_look(self, cast: Cast) -> None:
        conversation = asked(cast)
        actions.read(by=cast.siri, conversation_id=conversation.id)
        actions.reply(by=cast.kari, conversation_id=conversation.id, text="Og på lørdag?")

        actions.read(by=cast.siri, conversation_id=conversation.id)

        assert recorded(cast).count("ConversationRead") == 2

    def test_a_look_after_five_minutes_is_a_new_look(self, cast: Cast) -> None:
        conversation = asked(cast)
        actions.read(by=cast.siri, conversation_id=conversation.id)
        with rows.seeing(practice=cast.siri.practice):
            ReadMark.objects.update(read_at=timezone.now() - timedelta(minutes=6))

        actions.read(by=cast.siri, conversation_id=conversation.id)

        assert recorded(cast).count("ConversationRead") == 2

    def test_the_patient_opening_it_ends_the_waiting_for_a_reminder(self, cast: Cast) -> None:
        conversation = told(cast, important=True)

        actions.read(by=cast.kari, conversation_id=conversation.id)

        with rows.seeing(patient=cast.kari.patient):
            assert Conversation.objects.get(id=conversation.id).remind_at is None

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg", "kari_for_ola"])
    def test_a_stranger_reads_nothing(self, cast: Cast, who: str) -> None:
        conversation = asked(cast)

        with pytest.raises(NotFound):
            actions.read(by=getattr(cast, who), conversation_id=conversation.id)

        assert "ConversationRead" not in recorded(cast)


class TestWithdraw:
    def test_the_patient_takes_back_what_nobody_has_opened(self, cast: Cast) -> None:
        conversation = asked(cast)

        actions.withdraw(by=cast.kari, conversation_id=conversation.id)

        thread = thread_of(cast, conversation)
        assert (thread.status, thread.outcome) == (Status.CLOSED, Outcome.WITHDRAWN)
        assert recorded(cast)[0] == "ConversationClosed"

    def test_not_after_somebody_has(self, cast: Cast) -> None:
        conversation = asked(cast)
        actions.read(by=cast.siri, conversation_id=conversation.id)

        with pytest.raises(WrongState):
            actions.withdraw(by=cast.kari, conversation_id=conversation.id)

    def test_the_practice_withdraws_nothing(self, cast: Cast) -> None:
        conversation = asked(cast)

        with pytest.raises(NotAllowed):
            actions.withdraw(by=cast.siri, conversation_id=conversation.id)

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = asked(cast)

        with pytest.raises(NotFound):
            actions.withdraw(by=getattr(cast, who), conversation_id=conversation.id)
