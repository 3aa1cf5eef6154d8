"""What the practice has promised itself: agreed follow-ups, and important messages nobody
opened.
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import PLATFORM, Actor, Role, Side
from dialog.conversations import queries
from dialog.conversations.actions.about import about, must_be_readable
from dialog.conversations.events import FollowUpDone, FollowUpMade, UnreadReminded
from dialog.conversations.models import Conversation, FollowUp
from dialog.conversations.policy import UNANSWERED, FollowUpReason
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.rows import action


@action
def make_follow_up(
    *,
    by: Actor,
    conversation_id: UUID,
    what: str,
    due_at: datetime,
    owner_id: int | None = None,
    owner_role: Role = Role.PRACTITIONER,
    reason: FollowUpReason = FollowUpReason.AGREED,
) -> FollowUp:
    """Promise that something is done by a day, by somebody."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is Side.PATIENT:
        raise NotAllowed
    must_be_readable(conversation)
    follow_up = FollowUp.objects.create(
        conversation=conversation,
        practice_id=conversation.practice_id,
        patient_id=conversation.patient_id,
        reason=reason,
        what=what,
        owner_id=owner_id,
        owner_role=owner_role,
        due_at=due_at,
    )
    record(by, FollowUpMade(follow_up_id=follow_up.id, reason=reason, **about(conversation)))
    return follow_up


@action
def finish_follow_up(*, by: Actor, follow_up_id: UUID, how: str) -> None:
    """Say that it is done, and how; what the patient has not read or done cannot be let go without
    saying so (R41).
    """
    follow_up = (
        FollowUp.objects.select_for_update()
        .filter(id=follow_up_id, practice_id=by.practice)
        .first()
    )
    if follow_up is None or by.side is not Side.PRACTICE:
        raise NotFound
    conversation = queries.conversation_for(by, follow_up.conversation_id)
    if follow_up.done_at is not None or follow_up.reason == FollowUpReason.RIGHTS:
        raise WrongState  # what was asked to be corrected or erased is decided, with a reason
    if follow_up.reason in UNANSWERED and not how.strip():
        raise InvalidInput(field="how")
    done(by, follow_up, conversation, how)


def done(by: Actor, follow_up: FollowUp, conversation: Conversation, how: str) -> None:
    """Write down that a promise is kept; a lower room's own use."""
    follow_up.done_at, follow_up.done_by_id, follow_up.done_how = timezone.now(), by.account_id, how
    follow_up.save(update_fields=["done_at", "done_by", "done_how"])
    record(by, FollowUpDone(follow_up_id=follow_up.id, **about(conversation)))


def let_be(by: Actor, conversation: Conversation, reason: FollowUpReason, how: str) -> None:
    """What is no longer there cannot be unread, nor what is done undone: nobody need follow up."""
    waiting = FollowUp.objects.filter(
        conversation=conversation, reason=reason, done_at__isnull=True
    )
    for one in waiting.select_for_update():
        done(by, one, conversation, how)


@action
def remind_of_unread(*, conversation_id: UUID, by: Actor = PLATFORM) -> FollowUp | None:
    """Remind the patient of an important message, and give its sender an item; once (R41)."""
    conversation = Conversation.objects.select_for_update().filter(id=conversation_id).first()
    if conversation is None or conversation.remind_at is None:
        return None
    message = (
        conversation.messages.filter(side=Side.PRACTICE, hidden_at__isnull=True)
        .order_by("-sent_at")
        .first()
    )
    conversation.remind_at = None
    conversation.save(update_fields=["remind_at"])
    if message is None:
        return None
    record(by, UnreadReminded(message_id=message.id, **about(conversation)))
    return make_follow_up(
        by=by,
        conversation_id=conversation.id,
        what="",
        due_at=timezone.now(),
        owner_id=message.author_id,
        owner_role=Role(message.author_role),
        reason=FollowUpReason.NOT_READ,
    )
