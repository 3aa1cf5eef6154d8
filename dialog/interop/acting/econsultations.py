"""E-konsultasjon, from the doctor's own record system."""

from collections.abc import Callable, Mapping
from uuid import UUID

from dialog.conversations.policy import Topic
from dialog.econsultations import actions
from dialog.interop.acting.heard import Heard

# What a coded answer means; anything else is an answer in words.
ENDINGS: Mapping[str, Callable[[Heard, UUID], object]] = {
    "decline": lambda heard, one: actions.decline(
        by=heard.by, conversation_id=one, reason=heard.text
    ),
    "refer": lambda heard, one: actions.refer_to_appointment(
        by=heard.by, conversation_id=one, text=heard.text
    ),
}


def take(heard: Heard) -> UUID:
    """An answer, a question back, a no; or the doctor writes first."""
    one = heard.conversation_id
    if one is None:
        begun = actions.write_to_patient(
            by=heard.by,
            patient_id=heard.patient_id,
            text=heard.text,
            topic=Topic.FOLLOW_UP,
            files=heard.files(),
        )
        return begun.id
    if heard.verb in ENDINGS:
        ENDINGS[heard.verb](heard, one)
        return one
    say = actions.ask_for_more if heard.message.question else actions.answer
    say(by=heard.by, conversation_id=one, text=heard.text, files=heard.files())
    return one
