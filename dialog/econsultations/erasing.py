"""What is erased with an e-consultation, and never before it is in the journal (R141)."""

from uuid import UUID

from dialog.conversations.rights import Obstacle, Words, before, holds_words
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import EConsultationStatus

holds_words(
    Words(
        "econsultations_carecard",
        (
            "what_we_think",
            "what_you_do",
            "when_and_where_to_contact",
            "who_follows_up_by_when",
        ),
        "econsultation_id = %s",
    )
)


def not_journaled(conversation_id: UUID) -> bool:
    """Whether it is one that nobody has put into the journal; what was taken back need not be."""
    waiting = EConsultation.objects.filter(
        conversation_id=conversation_id, journaled_at__isnull=True
    )
    return waiting.exclude(status=EConsultationStatus.WITHDRAWN).exists()


before(Obstacle.NOT_JOURNALED, not_journaled)
