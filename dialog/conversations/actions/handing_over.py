"""What an office had was handed over, on the log of each patient; and what was left of it destroyed
(R223).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.content import destroy_all_of_practice, is_destroyed
from dialog.conversations.actions.about import about
from dialog.conversations.events import ConversationHandedOver, OfficeErased, OfficeHandedOver
from dialog.conversations.models import Conversation
from dialog.errors import NotAllowed, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
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


@action
def erase_office(*, by: Actor, practice_id: int) -> None:
    """Destroy what a closed office wrote that is in no matter, when its matters are erased: its
    texts, its list of prescriptions, what its times were called; and its keys.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    if not people.office_by_id(practice_id).closed:
        raise WrongState
    if is_destroyed(practice_id):
        return
    if not destroy_all_of_practice(practice_id):
        raise WrongState
    record(by, OfficeErased(practice_id=practice_id))
