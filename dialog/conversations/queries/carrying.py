"""A patient's own words and files, to go on with elsewhere."""

from uuid import UUID

from dialog.actor import Actor, Side
from dialog.conversations.queries.doors import conversation_for
from dialog.conversations.queries.thread import FileView, file_view


def text_to_carry(by: Actor, conversation_id: UUID) -> tuple[str, tuple[FileView, ...]]:
    """The patient's own words and files in a conversation, to go on with elsewhere (R51)."""
    conversation = conversation_for(by, conversation_id)
    if conversation.erased_at is not None:
        return "", ()
    own = conversation.messages.filter(side=Side.PATIENT, hidden_at__isnull=True)
    messages = list(own.prefetch_related("attachments").order_by("sent_at", "id"))
    files = [file_view(file) for one in messages for file in one.attachments.all()]
    return "\n\n".join(one.text for one in messages if one.text), tuple(files)
