"""Enquiries: asking, writing first, and showing the way elsewhere."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine

from dialog import rows
from dialog.actor import Side
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Feature, Kind, Outcome, Status, Topic
from dialog.conversations.queries import Thread
from dialog.demo.cast import Cast
from dialog.enquiries import actions
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff, WrongState
from dialog.people import actions as people_actions
from dialog.people import queries as people

OSLO = ZoneInfo("Europe/Oslo")
FRIDAY = datetime(2027, 3, 5, 12, tzinfo=OSLO)
PRICE = "342"


@pytest.fixture
def question(cast: Cast) -> "Conversation":
    return actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Hva gjør jeg med utslettet?")


def thread_of(cast: Cast, conversation: Conversation, who: str = "kari") -> Thread:
    reader = getattr(cast, who)
    with rows.seeing(**rows.view_of(reader)._asdict()):
        return queries.thread(reader, conversation.id)


def uuid_of(cast: Cast, who: str) -> UUID:
    with rows.seeing(patient=getattr(cast, who).patient):
        return people.the_patient(getattr(cast, who)).uuid


def list_of(cast: Cast) -> int:
    with rows.seeing(patient=cast.kari.patient):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    return owner.list_id


class TestAskPractice:
    def test_it_waits_for_the_secretaries(self, cast: Cast, question: Conversation) -> None:
        thread = thread_of(cast, question, "siri")

        assert (thread.kind, thread.status) == (Kind.ENQUIRY, Status.WITH_PRACTICE)
        assert thread.responsible_role == "staff"
        assert [one.text for one in thread.messages] == ["Hva gjør jeg med utslettet?"]

    @pytest.mark.parametrize("topic", [Topic.NONE, Topic.SICK_NOTE, Topic.CALL_IN])
    def test_it_is_about_something_practical(self, cast: Cast, topic: Topic) -> None:
        with pytest.raises(InvalidInput) as refusal:
            actions.ask_practice(by=cast.kari, topic=topic, text="Hei")

        assert refusal.value.field == "topic"

    @pytest.mark.parametrize("text", ["", "  \n "])
    def test_it_says_something(self, cast: Cast, text: str) -> None:
        with pytest.raises(InvalidInput) as refusal:
            actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text=text)

        assert refusal.value.field == "text"

    def test_it_is_short(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput):
            actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="x" * 1001)

    def test_the_practice_does_not_ask_itself(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.ask_practice(by=cast.siri, topic=Topic.OTHER, text="Hei")

    def test_nothing_comes_in_while_it_is_off(self, cast: Cast) -> None:
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast), feature=Feature.ENQUIRY, on=False
        )

        with pytest.raises(ServiceOff):
            actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Hei")

    def test_a_stranger_cannot_go_on_from_it(self, cast: Cast, question: Conversation) -> None:
        with pytest.raises(NotFound):
            actions.ask_practice(
                by=cast.per, topic=Topic.OTHER, text="Hei", continues_id=question.id
            )


class TestPointToAnEconsultation:
    def test_the_patient_is_told_why_what_it_costs_and_that_nothing_is_sent_on(
        self, cast: Cast, question: Conversation
    ) -> None:
        actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)

        thread = thread_of(cast, question)
        words = thread.messages[-1].text
        assert (thread.status, thread.outcome) == (Status.CLOSED, Outcome.REDIRECTED)
        assert thread.redirected_to is Kind.ECONSULTATION
        assert PRICE in words and "Ingrid Lund" in words and "22\u00a033\u00a044\u00a055" in words
        assert "Ingenting er sendt eller betalt" in words

    def test_nothing_new_is_started_for_the_patient(
        self, cast: Cast, question: Conversation
    ) -> None:
        actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)

        with rows.seeing(patient=cast.kari.patient):
            assert [one.kind for one in queries.my_matters(cast.kari)] == [Kind.ENQUIRY]

    def test_for_a_child_it_is_free(self, cast: Cast) -> None:
        asked = actions.ask_practice(by=cast.kari_for_ola, topic=Topic.OTHER, text="Utslett")

        actions.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.ECONSULTATION)

        words = thread_of(cast, asked, "kari_for_ola").messages[-1].text
        assert "Det er gratis for deg." in words and "kr" not in words.split()

    def test_with_a_ceiling_card_it_is_free(self, cast: Cast, question: Conversation) -> None:
        people_actions.set_ceiling_card(
            by=cast.siri, patient_id=cast.kari.patient, until=people.today()
        )

        actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)

        assert "Det er gratis for deg." in thread_of(cast, question).messages[-1].text

    def test_what_somebody_has_done_meanwhile_comes_first(
        self, cast: Cast, question: Conversation
    ) -> None:
        conversations.reply(by=cast.nina, conversation_id=question.id, text="Vi ser på det.")

        with pytest.raises(WrongState):
            actions.point_elsewhere(
                by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION, seen=1
            )

    def test_not_to_a_service_that_is_off(self, cast: Cast, question: Conversation) -> None:
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast), feature=Feature.ECONSULTATION, on=False
        )

        with pytest.raises(WrongState):
            actions.point_elsewhere(
                by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION
            )

        assert thread_of(cast, question).status is Status.WITH_PRACTICE

    @pytest.mark.parametrize("who", ["berg", "per", "bjarne"])
    def test_a_stranger_does_not_find_it(
        self, cast: Cast, question: Conversation, who: str
    ) -> None:
        with pytest.raises(NotFound):
            actions.point_elsewhere(
                by=getattr(cast, who), conversation_id=question.id, to=Kind.ECONSULTATION
            )

    def test_the_patient_cannot_do_it_herself(self, cast: Cast, question: Conversation) -> None:
        with pytest.raises(WrongState):
            actions.point_elsewhere(
                by=cast.kari, conversation_id=question.id, to=Kind.ECONSULTATION
            )

    def test_only_an_enquiry_is_misdirected_here(self, cast: Cast) -> None:
        other = conversations.start(
            by=cast.kari, kind=Kind.APPOINTMENT, patient_id=cast.kari.patient, text="Hei"
        )

        with pytest.raises(NotFound):
            actions.point_elsewhere(by=cast.siri, conversation_id=other.id, to=Kind.ECONSULTATION)


class TestPointElsewhere:
    @pytest.mark.parametrize(
        ("to", "words"), [(Kind.RENEWAL, "Forny resept"), (Kind.APPOINTMENT, "Bestill time")]
    )
    def test_to_what_is_free(
        self, cast: Cast, question: Conversation, to: Kind, words: str
    ) -> None:
        actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=to)

        thread = thread_of(cast, question)
        assert thread.redirected_to is to
        assert words in thread.messages[-1].text and PRICE not in thread.messages[-1].text

    def test_not_to_itself(self, cast: Cast, question: Conversation) -> None:
        with pytest.raises(InvalidInput):
            actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=Kind.ENQUIRY)


class TestWriteToPatient:
    def test_a_question_waits_for_the_patient(self, cast: Cast) -> None:
        asked = actions.write_to_patient(
            by=cast.siri, patient=uuid_of(cast, "kari"), topic=Topic.QUESTION, text="Passer mandag?"
        )

        thread = thread_of(cast, asked)
        assert (thread.started_side, thread.status) == (Side.PRACTICE, Status.WITH_PATIENT)
        assert thread.may_write
        assert thread.responsible_account_id == cast.siri.account_id

    def test_information_waits_for_nobody_and_cannot_be_answered(self, cast: Cast) -> None:
        told = actions.write_to_patient(
            by=cast.siri,
            patient=uuid_of(cast, "kari"),
            topic=Topic.INFORMATION,
            text="Vi har stengt på mandag.",
            reply_allowed=False,
        )

        assert thread_of(cast, told).status is Status.RESTING
        with pytest.raises(WrongState):
            conversations.reply(by=cast.kari, conversation_id=told.id, text="Takk")

    @time_machine.travel(FRIDAY, tick=False)
    def test_an_important_one_is_followed_up_after_working_days(self, cast: Cast) -> None:
        told = actions.write_to_patient(
            by=cast.siri,
            patient=uuid_of(cast, "kari"),
            topic=Topic.CALL_IN,
            text="Kom til kontroll.",
            important=True,
            remind_after=2,
        )

        assert told.remind_at == datetime(2027, 3, 9, 16, tzinfo=OSLO)

    def test_one_that_is_not_important_is_not_followed_up(self, cast: Cast) -> None:
        told = actions.write_to_patient(
            by=cast.siri,
            patient=uuid_of(cast, "kari"),
            topic=Topic.CALL_IN,
            text="Kom til kontroll.",
            remind_after=2,
        )

        assert told.remind_at is None

    @pytest.mark.parametrize("days", [0, -1, 31])
    def test_it_is_followed_up_within_reason(self, cast: Cast, days: int) -> None:
        with pytest.raises(InvalidInput) as refusal:
            actions.write_to_patient(
                by=cast.siri,
                patient=uuid_of(cast, "kari"),
                topic=Topic.CALL_IN,
                text="Hei",
                important=True,
                remind_after=days,
            )

        assert refusal.value.field == "remind_after"

    @pytest.mark.parametrize(
        ("topic", "text", "field"), [(Topic.OTHER, "Hei", "topic"), (Topic.CALL_IN, " ", "text")]
    )
    def test_it_says_what_it_is_about(
        self, cast: Cast, topic: Topic, text: str, field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refusal:
            actions.write_to_patient(
                by=cast.siri, patient=uuid_of(cast, "kari"), topic=topic, text=text
            )

        assert refusal.value.field == field

    def test_another_offices_patient_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.write_to_patient(
                by=cast.berg, patient=uuid_of(cast, "kari"), topic=Topic.CALL_IN, text="Hei"
            )

    def test_a_patient_writes_to_no_patient(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.write_to_patient(
                by=cast.kari, patient=uuid_of(cast, "per"), topic=Topic.CALL_IN, text="Hei"
            )
