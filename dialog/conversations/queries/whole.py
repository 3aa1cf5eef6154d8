"""One message whole, with the bytes of its files: for another system that is to have it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.conversations.models import Attachment, Message
from dialog.conversations.ports import blobs
from dialog.conversations.queries.doors import conversation_for
from dialog.errors import NotFound

# A conversation and its first words are written in one action.
SAME_MOMENT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFile:
    """A file with its bytes."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeMessage:
    """What one side wrote; empty when it has been taken back or erased."""

    side: Side
    text: str
    sent_at: datetime
    files: tuple[WholeFile, ...]


def whole_message(by: Actor, conversation_id: UUID, message_id: UUID) -> WholeMessage:
    """A message of a conversation of one's own, with its files."""
    conversation = conversation_for(by, conversation_id)
    one = Message.objects.filter(id=message_id, conversation_id=conversation.id).first()
    if one is None:
        raise NotFound
    return _whole(one, erased=conversation.erased_at is not None)


def opening_message(by: Actor, conversation_id: UUID) -> WholeMessage | None:
    """The words a conversation of one's own began with, where there were any."""
    conversation = conversation_for(by, conversation_id)
    messages = Message.objects.filter(
        conversation_id=conversation.id, sent_at__lte=conversation.started_at + SAME_MOMENT
    )
    one = messages.order_by("sent_at", "id").first()
    return _whole(one, erased=conversation.erased_at is not None) if one else None


def _whole(one: Message, *, erased: bool) -> WholeMessage:
    taken_back = erased or one.hidden_at is not None
    sent = Attachment.objects.filter(message_id=one.id).order_by("created_at", "id")
    files = [] if taken_back else list(sent)
    return WholeMessage(
        side=Side(one.side),
        text="" if taken_back else one.text,
        sent_at=one.sent_at,
        files=tuple(
            WholeFile(
                name=file.name,
                media_type=file.media_type,
                data=b"".join(blobs().parts(file.blob)),
            )
            for file in files
        ),
    )
