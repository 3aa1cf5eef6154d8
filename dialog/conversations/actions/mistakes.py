"""Putting mistakes right: taking back what nobody has opened, and moving what was on the wrong
patient.
"""

from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.conversations import queries
from dialog.conversations.actions.about import about
from dialog.conversations.actions.turns import start, take_turn
from dialog.conversations.events import ConversationMisfiled, MessageRecalled
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import (
    Kind,
    Outcome,
    Status,
    Topic,
    Verb,
    must_not_end_itself,
)
from dialog.errors import NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action


@action
def recall(*, by: Actor, conversation_id: UUID, message_id: UUID) -> None:
    """Take back a message the other side has not opened; a plain line stays where it stood (R29,
    R59).
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    message = Message.objects.filter(id=message_id, conversation=conversation, side=by.side).first()
    if message is None:
        raise NotFound
    if not queries.recallable(by, conversation, message):
        raise WrongState
    _hide(message, "recalled")
    conversation.version += 1
    conversation.remind_at = None
    conversation.save(update_fields=["version", "remind_at"])
    record(by, MessageRecalled(message_id=message.id, **about(conversation)))


def _hide(message: Message, because: str) -> None:
    message.hidden_at = timezone.now()
    message.hidden_because = because
    message.save(update_fields=["hidden_at", "hidden_because"])


@action
def misfile(
    *, by: Actor, conversation_id: UUID, right_patient: UUID, seen: int | None = None
) -> Conversation:
    """Move what the practice wrote to the wrong patient over to the right one; both records say
    so.
    """
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    wrong = queries.conversation_for(by, conversation_id, lock=True)
    if seen is not None and seen != wrong.version:
        raise WrongState
    must_not_end_itself(wrong.kind)
    patient = people.patient_for(by, right_patient)
    if patient.id == wrong.patient_id or wrong.started_side != Side.PRACTICE:
        raise WrongState
    own = list(
        wrong.messages.filter(side=Side.PRACTICE, hidden_at__isnull=True).order_by("sent_at")
    )
    right = start(
        by=by,
        kind=Kind(wrong.kind),
        patient_id=patient.id,
        text="\n\n".join(one.text for one in own),
        topic=Topic(wrong.topic),
        files=[file.id for one in own for file in one.attachments.all()],
        reply_allowed=wrong.reply_allowed,
        important=wrong.important,
        remind_at=wrong.remind_at,
    )
    for one in own:
        _hide(one, "misfiled")
    if wrong.status != Status.CLOSED:
        take_turn(by, wrong, Verb.CLOSE, outcome=Outcome.WITHDRAWN)
    record(
        by,
        ConversationMisfiled(counterpart_id=right.id, **about(wrong)),
        ConversationMisfiled(counterpart_id=wrong.id, **about(right)),
    )
    return right
