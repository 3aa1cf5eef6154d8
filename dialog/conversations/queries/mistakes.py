"""What the office sent to the wrong patient, for the register of deviations; for the platform."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.actor import Side
from dialog.conversations.models import Conversation, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A matter on the wrong patient. ``about_patient_id`` is whose it was, where that is known, and
    ``opened`` whether the wrong one had it open after it was sent.
    """

    conversation_id: UUID
    about_patient_id: int | None
    written_at: datetime
    found_at: datetime
    opened: bool


def mistake_in(
    conversation_id: UUID, *, found_at: datetime, moved_to: UUID | None = None
) -> Mistake | None:
    """What was hidden in a matter because it was on the wrong patient; None when nothing was.

    Whoever took a message back has it unopened; what was moved may have been read.
    """
    because = "recalled" if moved_to is None else "misfiled"
    hidden = Message.objects.filter(
        conversation_id=conversation_id, side=Side.PRACTICE, hidden_because=because
    )
    first = hidden.order_by("sent_at", "id").values_list("sent_at", flat=True).first()
    if first is None:
        return None
    matters = Conversation.objects.filter(
        id__in=[conversation_id, *([moved_to] if moved_to else [])]
    )
    found = {one.id: one for one in matters}
    seen = found[conversation_id].patient_opened_at
    return Mistake(
        conversation_id=conversation_id,
        about_patient_id=found[moved_to].patient_id if moved_to else None,
        written_at=first,
        found_at=found_at,
        opened=moved_to is not None and seen is not None and seen >= first,
    )
