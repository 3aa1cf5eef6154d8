"""What is erased with a conversation a record system has heard of, and not before it has all."""

from uuid import UUID

from django.db.models import Q

from dialog.conversations.rights import Obstacle, Words, before, holds_words
from dialog.interop.actions import SUBSCRIBER
from dialog.interop.models import Transmission
from dialog.interop.policy import State
from dialog.ledger.queries import still_owed

holds_words(
    Words(
        "interop_wire",
        ("body",),
        "transmission_id IN (SELECT id FROM interop_transmission WHERE conversation_id = %s)",
    )
)


def on_its_way(conversation_id: UUID) -> bool:
    """Whether something is still to be told, or has no receipt and may be sent again."""
    waits = Q(state__in=[State.STORED, State.PARKED]) | Q(state=State.SENT, due_at__isnull=False)
    waiting = Transmission.objects.filter(waits, conversation_id=conversation_id)
    return still_owed(conversation_id, SUBSCRIBER) or waiting.exists()


before(Obstacle.ON_ITS_WAY, on_its_way)
