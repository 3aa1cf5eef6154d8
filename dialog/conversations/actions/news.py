"""Saying that a conversation has something new."""

from django.utils import timezone

from dialog.conversations.models import Conversation
from dialog.statements import change


def touch(conversation: Conversation) -> None:
    """Say that a locked conversation has something new, though the turn is where it was; a lower
    room's own use.
    """
    conversation.version += 1
    conversation.changed_at = timezone.now()
    change(conversation, "version", "changed_at")
