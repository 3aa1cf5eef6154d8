"""The core: starting, answering, reading and ending a conversation."""

import pytest

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast
from dialog.errors import NotFound, WrongState
from dialog.ledger import queries as ledger


def started(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient_id, text="Når åpner dere?"
    )


class TestReply:
    def test_the_practices_answer_puts_the_turn_with_the_patient(self, cast: Cast) -> None:
        conversation = started(cast)

        actions.reply(by=cast.siri, conversation_id=conversation.id, text="Klokka åtte.")

        with rows.seeing(patient=cast.kari.patient_id):
            thread = queries.thread(cast.kari, conversation.id)
        assert thread.status is Status.WITH_PATIENT
        assert [one.text for one in thread.messages] == ["Når åpner dere?", "Klokka åtte."]

    def test_the_second_of_two_at_once_is_told(self, cast: Cast) -> None:
        conversation = started(cast)
        actions.reply(by=cast.siri, conversation_id=conversation.id, text="Åtte.", seen=1)

        with pytest.raises(WrongState):
            actions.reply(by=cast.lund, conversation_id=conversation.id, text="Ni.", seen=1)

    @pytest.mark.parametrize("who", ["per", "berg", "bjarne", "kari_for_ola"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = started(cast)

        with pytest.raises(NotFound):
            actions.reply(by=getattr(cast, who), conversation_id=conversation.id, text="Hei")


class TestRead:
    def test_a_look_is_on_the_patients_log(self, cast: Cast) -> None:
        conversation = started(cast)

        actions.read(by=cast.siri, conversation_id=conversation.id)
        actions.read(by=cast.siri, conversation_id=conversation.id)

        with rows.seeing(patient=cast.kari.patient_id):
            log = ledger.access_log(cast.kari)
        hers = [line for line in log if line.account_id == cast.siri.account_id]
        about_this = [line.kind for line in hers if line.conversation_id == conversation.id]
        assert about_this == ["ConversationRead"]
