"""What is done without anybody asking: remind of what lies unopened, forget files nobody sent."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from dialog import rows
from dialog.conversations.actions import remind_of_unread
from dialog.conversations.models import Attachment, Conversation
from dialog.conversations.ports import blobs
from dialog.ledger.rounds import Round, each

KEPT = timedelta(days=1)
UNREAD, UNSENT = Round(), Round()


def remind() -> None:
    """Remind patients of important messages that lie unopened past their day."""
    with rows.seeing(scope="relay"):
        waiting = Conversation.objects.filter(remind_at__lte=timezone.now())
        found = UNREAD.part(waiting, "id", "practice_id")
    each(found, _remind)


def _remind(conversation_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        remind_of_unread(conversation_id=conversation_id)


def forget_unsent_files() -> None:
    """Forget files that were kept for a message that never came."""
    with rows.seeing(scope="relay"):
        found = UNSENT.part(_unsent(), "id", "blob")
    each(found, _forget)


def _unsent() -> "QuerySet[Attachment]":
    return Attachment.objects.filter(message__isnull=True, created_at__lt=timezone.now() - KEPT)


def _forget(attachment_id: UUID, blob: UUID) -> None:
    with rows.seeing(scope="relay"):
        # Asked again as it goes: its author may be sending it at this moment.
        gone, _each = _unsent().filter(id=attachment_id).delete()
        if gone and not Attachment.objects.filter(blob=blob).exists():
            blobs().delete(blob)
