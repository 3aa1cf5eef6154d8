"""What an office has been handed over, on the log of each patient (R223)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.conversations.actions.about import about
from dialog.conversations.events import ConversationHandedOver, OfficeHandedOver
from dialog.conversations.models import Conversation
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.rows import action


@action
def hand_over(
    *, by: Actor, practice_id: int, matters: Iterable[UUID], digest: str, as_of: datetime
) -> None:
    """Write down that these matters were handed over, as they were at a moment; ``digest`` is of
    the list of all files.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    found = Conversation.objects.filter(practice_id=practice_id, id__in=list(matters))
    many = 0
    for one in found.order_by("id").iterator(chunk_size=500):
        record(by, ConversationHandedOver(**about(one)))
        many += 1
    record(by, OfficeHandedOver(practice_id=practice_id, matters=many, digest=digest, as_of=as_of))
