"""What a practice's own record system has said of what the patient wrote."""

from datetime import datetime
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.conversations import queries
from dialog.errors import NotAllowed
from dialog.rows import action
from dialog.statements import change


@action
def note_arrival(*, by: Actor, conversation_id: UUID, at: datetime, taken: bool) -> None:
    """Note that the record system has what was written until ``at``, or would not take it; an older
    word changes nothing.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    name = "arrived_at" if taken else "not_taken_at"
    before: datetime | None = getattr(conversation, name)
    if before is None or before < at:
        setattr(conversation, name, at)
        change(conversation, name)
