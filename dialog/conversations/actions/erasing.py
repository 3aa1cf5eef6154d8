"""Erasing a conversation: decided here, and carried out by the relay, which alone may destroy keys.

What stays is the shell: whose it was, of what kind, when, how it ended, and who decided that its
content should go. The ledger stays whole.
"""

from uuid import UUID

from django.utils import timezone

from dialog.actor import PLATFORM, Actor, Side
from dialog.content import ERASED, Owner, forget
from dialog.conversations import queries
from dialog.conversations.actions.about import about
from dialog.conversations.events import ConversationErased, ErasureDecided
from dialog.conversations.models import Conversation, Erasure
from dialog.conversations.ports import blobs
from dialog.conversations.rights import WORDS, Obstacle, Why, Words, in_the_way, may_decide
from dialog.errors import NotAllowed, WrongState
from dialog.ledger.actions import record
from dialog.rows import action
from dialog.statements import ask, change, keep, tell

EMPTIED = "{column} = CASE WHEN octet_length({column}) > 1 THEN %s ELSE {column} END"
FILES = """
SELECT a.id, a.blob FROM conversations_attachment AS a
JOIN conversations_message AS m ON m.id = a.message_id WHERE m.conversation_id = %s
"""
UNNAMED = "UPDATE conversations_attachment SET name = %s WHERE id = ANY (%s)"
# A file may have been taken along into a matter that is still there.
NOWHERE_ELSE = """
SELECT asked.blob FROM unnest(%s::uuid[]) AS asked (blob) WHERE NOT EXISTS (
    SELECT 1 FROM conversations_attachment AS a WHERE a.blob = asked.blob AND a.name <> %s)
"""


@action
def decide_erasure(*, by: Actor, conversation_id: UUID, why: Why) -> None:
    """Decide that the content of a conversation goes; nobody reads it from now on."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PLATFORM and not may_decide(by):
        raise NotAllowed
    if conversation.erased_at is not None or _in_the_way(conversation, why):
        raise WrongState
    conversation.erased_at = timezone.now()
    change(conversation, "erased_at")
    keep(
        Erasure(
            conversation=conversation,
            practice_id=conversation.practice_id,
            why=why,
            decided_at=conversation.erased_at,
            decided_by_id=by.account_id,
        )
    )
    record(by, ErasureDecided(why=why, **about(conversation)))


def _in_the_way(conversation: Conversation, why: Why) -> list[Obstacle]:
    """Nobody is left to finish anything where the office has closed; what must be in the journal,
    or is on its way, must be so all the same.
    """
    if why is Why.OFFICE_CLOSED:
        return in_the_way(conversation.id)
    return queries.obstacles(conversation)


@action
def erase(*, conversation_id: UUID, by: Actor = PLATFORM) -> None:
    """Empty a conversation whose erasure has been decided, and destroy its key; the relay's own, in
    the scope ``erasing``.
    """
    waiting = Erasure.objects.select_for_update(of=("self",)).select_related("conversation")
    erasure = waiting.filter(conversation_id=conversation_id, done_at__isnull=True).first()
    if erasure is None:
        return
    for words in WORDS.values():
        _empty(words, conversation_id)
    _drop_files(conversation_id)
    forget(Owner.of_conversation(conversation_id, lambda: erasure.practice_id))
    erasure.done_at = timezone.now()
    change(erasure, "done_at")
    record(by, ConversationErased(why=erasure.why, **about(erasure.conversation)))


def _empty(words: Words, conversation_id: UUID) -> None:
    columns = ", ".join(EMPTIED.format(column=one) for one in words.columns)
    tell(
        f"UPDATE {words.table} SET {columns} WHERE {words.rows}",  # noqa: S608 - our own columns
        *[ERASED] * len(words.columns),
        conversation_id,
    )


def _drop_files(conversation_id: UUID) -> None:
    files = ask(FILES, conversation_id)
    if not files:
        return
    tell(UNNAMED, ERASED, [id for id, _blob in files])
    for (blob,) in ask(NOWHERE_ELSE, [blob for _id, blob in files], ERASED):
        blobs().delete(blob)
