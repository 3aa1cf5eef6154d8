"""What is asked to be corrected or erased, what was decided, and what was put right."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from dialog.actor import Actor, Role, Side
from dialog.conversations.models import (
    Conversation,
    Correction,
    Erasure,
    FollowUp,
    Note,
    RightsRequest,
    Task,
)
from dialog.conversations.policy import FollowUpReason, Kind, Status
from dialog.conversations.queries.doors import visible
from dialog.conversations.queries.inbox import COUNTED
from dialog.conversations.rights import Decision, Obstacle, Why, Wish, in_the_way

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """What somebody asked, and what came of it; ``decision`` is None while it waits."""

    wish: Wish
    words: str
    by_patient: bool
    mine: bool
    asked_by: str
    asked_at: datetime
    due_at: datetime
    decision: Decision | None
    reason: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What stands beside words that were wrong; of the whole matter when it names no message."""

    id: UUID
    message_id: UUID | None
    text: str
    author_name: str
    author_role: Role
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedView:
    """When the content went, and why."""

    at: datetime
    why: Why


def waiting_request(conversation: Conversation) -> RightsRequest | None:
    """The one that nobody has decided, in a conversation already found."""
    waiting = RightsRequest.objects.filter(conversation_id=conversation.id, decision="")
    return waiting.first()


def requests_in(by: Actor, conversation: Conversation) -> tuple[RequestView, ...]:
    """What has been asked in a conversation already found, newest first. What the office asks
    itself is its own until it is decided, and a young person does not read what others ask (R21).
    """
    found = RightsRequest.objects.filter(conversation_id=conversation.id)
    if by.side is Side.PATIENT:
        found = found.exclude(side=Side.PRACTICE, decision__in=["", Decision.DECLINED])
    if by.young:
        found = found.filter(Q(side=Side.PRACTICE) | Q(asked_by_id=by.account_id))
    gone = conversation.erased_at is not None
    return tuple(_view(by, one, gone=gone) for one in found.order_by("-asked_at", "id"))


def _view(by: Actor, one: RightsRequest, *, gone: bool) -> RequestView:
    return RequestView(
        wish=Wish(one.wish),
        words="" if gone else one.words,
        by_patient=one.side == Side.PATIENT,
        mine=one.asked_by_id == by.account_id,
        asked_by=one.asked_by_name,
        asked_at=one.asked_at,
        due_at=one.due_at,
        decision=Decision(one.decision) if one.decision else None,
        reason=one.reason,
        decided_at=one.decided_at,
        decided_by=one.decided_by_name,
    )


def corrections_in(conversation: Conversation) -> tuple[CorrectionView, ...]:
    """Everything that was put right in a conversation already found, in order: each stays."""
    if conversation.erased_at is not None:
        return ()
    found = Correction.objects.filter(conversation_id=conversation.id).order_by("made_at", "id")
    return tuple(
        CorrectionView(
            id=one.id,
            message_id=one.message_id,
            text=one.text,
            author_name=one.author_name,
            author_role=Role(one.author_role),
            made_at=one.made_at,
        )
        for one in found
    )


def erased(conversation: Conversation) -> ErasedView | None:
    """When and why the content of a conversation already found went; None when it is there."""
    if conversation.erased_at is None:
        return None
    why = Erasure.objects.values_list("why", flat=True).get(conversation_id=conversation.id)
    return ErasedView(at=conversation.erased_at, why=Why(why))


def obstacles(conversation: Conversation) -> list[Obstacle]:
    """What must be done before the content of a conversation already found may go."""
    return [
        *([] if conversation.status == Status.CLOSED else [Obstacle.NOT_CLOSED]),
        *([Obstacle.PROMISED] if _something_is_promised(conversation) else []),
        *in_the_way(conversation.id),
    ]


def going_soon(by: Actor, kind: Kind, before: datetime) -> int:
    """How many of the office's matters that this actor sees will be past their time within thirty
    days; ``before`` is what is past it now. Nobody counts further than ``COUNTED``.
    """
    over = Conversation.objects.filter(
        visible(by), kind=kind, erased_at__isnull=True, closed_at__lt=before + SOON
    )
    return over[:COUNTED].count()


def not_erased(practice_id: int) -> list[UUID]:
    """The matters of a practice that have their content, for the operator (as the practice)."""
    there = Conversation.objects.filter(practice_id=practice_id, erased_at__isnull=True)
    return list(there.order_by("id").values_list("id", flat=True))


def changed_since(practice_id: int, moment: datetime) -> bool:
    """Whether anything has been said or done in a practice's matters since, for the operator."""
    there = Conversation.objects.filter(practice_id=practice_id, erased_at__isnull=True)
    noted = Note.objects.filter(conversation__practice_id=practice_id, written_at__gt=moment)
    return there.filter(changed_at__gt=moment).exists() or noted.exists()


def _something_is_promised(conversation: Conversation) -> bool:
    promised = FollowUp.objects.filter(conversation_id=conversation.id, done_at__isnull=True)
    task = Task.objects.filter(
        conversation_id=conversation.id, done_at__isnull=True, called_off_at__isnull=True
    )
    return promised.exclude(reason=FollowUpReason.RIGHTS).exists() or task.exists()
