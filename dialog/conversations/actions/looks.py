"""Looks: whoever sees something of a conversation, on its page or elsewhere, is on the log."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.conversations import queries
from dialog.conversations.actions.about import about
from dialog.conversations.events import ConversationRead
from dialog.conversations.models import Conversation
from dialog.ledger.actions import record
from dialog.rows import action
from dialog.statements import tell

SAME_LOOK = timedelta(minutes=5)
LOOK = """
INSERT INTO conversations_readmark AS mark (conversation_id, account_id, version, read_at)
VALUES (%s, %s, %s, %s) ON CONFLICT (conversation_id, account_id)
DO UPDATE SET version = excluded.version, read_at = excluded.read_at
WHERE mark.version <> excluded.version OR mark.read_at <= %s
"""


@action
def look(*, by: Actor, conversation_id: UUID) -> None:
    """See a part of a conversation on another page than its own; a look like any other."""
    write_down_look(by, queries.conversation_for(by, conversation_id))


def write_down_look(by: Actor, conversation: Conversation) -> None:
    """Put a look on the patient's log; a lower room's own use."""
    if by.account_id is not None and _is_new(by, conversation):
        record(by, ConversationRead(side=by.side, **about(conversation)))


def _is_new(by: Actor, conversation: Conversation) -> bool:
    """A reload within five minutes that shows nothing new is the same look."""
    now = timezone.now()
    seen = (conversation.id, by.account, conversation.version, now, now - SAME_LOOK)
    return bool(tell(LOOK, *seen))
