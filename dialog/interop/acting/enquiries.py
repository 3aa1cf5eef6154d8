"""Kontakt legekontoret, from the office's own record system."""

from uuid import UUID

from dialog.conversations import actions as conversations
from dialog.conversations.policy import Outcome, Topic
from dialog.enquiries import actions as enquiries
from dialog.interop.acting.heard import Heard

ANSWERED_AND_CLOSED = "close"


def take(heard: Heard) -> UUID:
    """An answer, or the office writes first."""
    if heard.conversation_id is None:
        begun = enquiries.write_to_patient(
            by=heard.by,
            patient=heard.patient_uuid,
            topic=Topic.QUESTION if heard.message.question else Topic.INFORMATION,
            text=heard.text,
            files=heard.files(),
        )
        return begun.id
    conversations.reply(
        by=heard.by, conversation_id=heard.conversation_id, text=heard.text, files=heard.files()
    )
    if heard.verb == ANSWERED_AND_CLOSED:
        conversations.close(
            by=heard.by, conversation_id=heard.conversation_id, outcome=Outcome.ANSWERED
        )
    return heard.conversation_id
