"""What is done without anybody asking: remind of what lies unopened, forget files nobody sent."""

from datetime import timedelta

from django.utils import timezone

from dialog import rows
from dialog.conversations.actions import remind_of_unread
from dialog.conversations.models import Attachment, Conversation
from dialog.conversations.ports import blobs

KEPT = timedelta(days=1)


def remind() -> None:
    """Remind patients of important messages that lie unopened past their day."""
    with rows.seeing(scope="relay"):
        waiting = list(
            Conversation.objects.filter(remind_at__lte=timezone.now()).values_list(
                "id", "practice_id"
            )[:200]
        )
    for conversation_id, practice_id in waiting:
        with rows.seeing(practice=practice_id):
            remind_of_unread(conversation_id=conversation_id)


def forget_unsent_files() -> None:
    """Forget files that were kept for a message that never came."""
    with rows.seeing(scope="relay"):
        old = Attachment.objects.filter(message__isnull=True, created_at__lt=timezone.now() - KEPT)
        for one in old[:200]:
            # Asked again as it goes: its author may be sending it at this moment.
            gone, _each = old.filter(id=one.id).delete()
            if gone and not Attachment.objects.filter(blob=one.blob).exists():
                blobs().delete(one.blob)
