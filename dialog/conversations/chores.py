"""What is done without anybody asking: remind of what lies unopened or undone, forget files nobody
sent, and erase what is past its time.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import queries
from dialog.conversations.actions import (
    decide_erasure,
    miss_task,
    remind_of_task,
    remind_of_unread,
)
from dialog.conversations.models import Attachment, Conversation, Task
from dialog.conversations.policy import Kind
from dialog.conversations.ports import blobs
from dialog.conversations.rights import Why
from dialog.ledger.rounds import Round, each
from dialog.people import queries as people
from dialog.retention import CONVERSATIONS, UNSENT_FILES, gone_before

UNREAD, UNSENT, UNDONE, MISSED = Round(), Round(), Round(), Round()
PAST = {Kind(kind): Round() for kind in CONVERSATIONS}


def remind() -> None:
    """Remind patients of important messages that lie unopened past their day."""
    with rows.seeing(scope="relay"):
        waiting = Conversation.objects.filter(remind_at__lte=timezone.now())
        found = UNREAD.part(waiting, "id", "practice_id")
    each(found, _remind)


def _remind(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        remind_of_unread(conversation_id=conversation_id)


def remind_of_tasks() -> None:
    """Remind patients of what they are to do, before the day and when it has passed (R157)."""
    with rows.seeing(scope="relay"):
        soon = Task.objects.filter(remind_at__lte=timezone.now())
        reminded = UNDONE.part(soon, "conversation_id", "practice_id")
        passed = Task.objects.filter(
            done_at__isnull=True,
            called_off_at__isnull=True,
            missed_at__isnull=True,
            due_on__lt=people.today(),
        )
        missed = MISSED.part(passed, "conversation_id", "practice_id")
    each(reminded, _remind_of_task)
    each(missed, _miss)


def _remind_of_task(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        remind_of_task(conversation_id=conversation_id)


def _miss(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        miss_task(conversation_id=conversation_id)


def forget_unsent_files() -> None:
    """Forget files that were kept for a message that never came."""
    if gone_before(UNSENT_FILES) is None:
        return
    with rows.seeing(scope="relay"):
        found = UNSENT.part(_unsent(), "id", "blob")
    each(found, _forget)


def _unsent() -> "QuerySet[Attachment]":
    return Attachment.objects.filter(message=None, created_at__lt=gone_before(UNSENT_FILES))


def _forget(attachment_id: UUID, blob: UUID) -> None:
    with rows.seeing(scope="relay"):
        # Asked again as it goes: its author may be sending it at this moment.
        gone, _each = _unsent().filter(id=attachment_id).delete()
        if gone and not Attachment.objects.filter(blob=blob).exists():
            blobs().delete(blob)


def erase_what_is_past_its_time() -> None:
    """Erase conversations that have been over for as long as they are kept (R223), but for those
    with something left to do: what must be in the journal first, or is not done.
    """
    for kind, round in PAST.items():
        before = gone_before(kind)
        if before is None:
            continue
        with rows.seeing(scope="relay"):
            over = Conversation.objects.filter(
                kind=kind, erased_at__isnull=True, closed_at__lt=before
            )
            found = round.part(over, "id", "practice_id")
        each(found, _erase)


def _erase(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        conversation = Conversation.objects.get(id=conversation_id)
        if not queries.obstacles(conversation):
            decide_erasure(by=PLATFORM, conversation_id=conversation_id, why=Why.RETENTION)
