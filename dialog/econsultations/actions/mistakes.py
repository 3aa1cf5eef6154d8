"""Putting right what a practitioner wrote to the wrong patient."""

from typing import TYPE_CHECKING
from uuid import UUID

from dialog.actor import Actor
from dialog.conversations.actions.mistakes import put_right
from dialog.econsultations import policy
from dialog.econsultations.actions.answers import end, found
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import Step
from dialog.errors import WrongState
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@action
def misfile(
    *, by: Actor, conversation_id: UUID, right_patient: UUID, seen: int | None = None
) -> "Conversation":
    """Move what the practice wrote first to the wrong patient over to the right one; nobody is
    charged, and both records say so (R59).
    """
    wrong = found(by, conversation_id, seen)
    if wrong.by_patient:
        raise WrongState
    after = policy.after(wrong.status, Step.MISFILE, by)
    right = put_right(by, wrong.conversation, right_patient)
    EConsultation.objects.create(
        conversation=right,
        status=wrong.status,
        by_patient=False,
        reply_charged=wrong.reply_charged,
        begun_at=wrong.begun_at,
        begun_by_id=wrong.begun_by_id,
    )
    end(by, wrong, after, charge=0)
    return right
