"""What every action on a conversation says and asks: what it is about, and whether it is fresh."""

from typing import TypedDict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialog.conversations.models import Conversation
from dialog.errors import WrongState

STALE = _(
    "Noen andre har gjort noe i saken siden du åpnet den. Se hva som er nytt. "
    "Passer det fortsatt, kan du sende på nytt."
)


class About(TypedDict):
    """What every event in a conversation says it is about."""

    patient_id: int
    practice_id: int
    conversation_id: UUID


def about(conversation: Conversation) -> About:
    """The patient, practice and conversation of an event."""
    return About(
        patient_id=conversation.patient_id,
        practice_id=conversation.practice_id,
        conversation_id=conversation.id,
    )


def must_be_fresh(conversation: Conversation, seen: int | None) -> None:
    """Refuse when somebody else has acted since the page was opened (R184)."""
    if seen is not None and seen != conversation.version:
        raise WrongState(STALE)


def must_be_readable(conversation: Conversation) -> None:
    """Refuse what adds words where the content has been erased; its key is not made again."""
    if conversation.erased_at is not None:
        raise WrongState(_("Innholdet i saken er slettet, og ingen kan skrive mer i den."))
