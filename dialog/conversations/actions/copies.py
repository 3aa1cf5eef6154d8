"""Taking a whole matter home as a file (R133)."""

from uuid import UUID

from dialog.actor import Actor
from dialog.conversations import queries
from dialog.conversations.actions.about import about
from dialog.conversations.actions.turns import read
from dialog.conversations.events import CopyTaken
from dialog.ledger.actions import record
from dialog.rows import action


@action
def take_copy(*, by: Actor, conversation_id: UUID) -> queries.Thread:
    """Take a copy of everything in a conversation; that it left the house is on the log, beside
    the look it is.
    """
    thread = read(by=by, conversation_id=conversation_id)
    conversation = queries.conversation_for(by, conversation_id)
    record(by, CopyTaken(side=by.side, **about(conversation)))
    return thread
