"""What the practice has promised itself to do."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from dialog.actor import Actor, Role, Side
from dialog.conversations.models import Conversation, FollowUp
from dialog.conversations.policy import FollowUpReason
from dialog.conversations.queries.doors import seen_sql, visible
from dialog.conversations.queries.inbox import COUNTED, Whose
from dialog.errors import NotFound
from dialog.statements import Question, known

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """Something to be done by a day."""

    id: UUID
    conversation_id: UUID
    reason: FollowUpReason
    patient_name: str
    patient_born: date
    owner_name: str
    owner_role: str
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpView:
    """One promise in full: what is to be done, by whom, and how it went."""

    id: UUID
    conversation_id: UUID
    patient_id: int
    reason: FollowUpReason
    what: str
    owner_name: str
    owner_role: Role
    due_at: datetime
    overdue: bool
    done_at: datetime | None
    done_by: str
    done_how: str


def _open_ones(by: Actor) -> QuerySet[FollowUp]:
    seen = Conversation.objects.filter(visible(by)).values("id")
    return FollowUp.objects.filter(
        practice_id=by.practice, done_at__isnull=True, conversation_id__in=seen
    )


def follow_ups(by: Actor, *, whose: Whose = Whose.EVERYBODY) -> list[FollowUpRow]:
    """What the practice has promised itself to do, soonest first."""
    if by.side is not Side.PRACTICE:
        return []
    open_ones = _open_ones(by)
    if whose is Whose.MINE:
        open_ones = open_ones.filter(owner_id=by.account_id)
    elif whose is Whose.NOBODY:
        open_ones = open_ones.filter(owner_id__isnull=True)
    now = timezone.now()
    return [
        FollowUpRow(
            id=one.id,
            conversation_id=one.conversation_id,
            reason=FollowUpReason(one.reason),
            patient_name=one.patient.name,
            patient_born=one.patient.born,
            owner_name=one.owner.name if one.owner else "",
            owner_role=one.owner_role,
            due_at=one.due_at,
            overdue=one.due_at < now,
        )
        for one in open_ones.select_related("patient", "owner").order_by("due_at", "id")[:MOST]
    ]


COUNT = """
SELECT count(*) FROM (SELECT 1 FROM conversations_followup AS one
    WHERE one.practice_id = %s AND one.done_at IS NULL AND (SELECT true
        FROM conversations_conversation AS c WHERE c.id = one.conversation_id AND ({seen}))
    LIMIT %s) AS promised
"""


def follow_up_count(by: Actor) -> Question[int]:
    """How many promises are still to be kept; nobody counts further than ``COUNTED``."""
    if by.side is not Side.PRACTICE:
        return known(0)
    seen, values = seen_sql(by)
    return Question(COUNT.format(seen=seen), (by.practice, *values, COUNTED), int)


def follow_up_for(by: Actor, follow_up_id: UUID) -> FollowUpView:
    """One promise at the actor's own practice, in a conversation the actor sees."""
    found = (
        FollowUp.objects.filter(
            id=follow_up_id,
            practice_id=by.practice,
            conversation_id__in=Conversation.objects.filter(visible(by)).values("id"),
        )
        .select_related("owner", "done_by")
        .first()
    )
    if found is None or by.side is not Side.PRACTICE:
        raise NotFound
    return follow_up_view(found)


def follow_ups_in(conversation: Conversation) -> tuple[FollowUpView, ...]:
    """Every promise in a conversation already found, soonest first."""
    found = FollowUp.objects.filter(conversation_id=conversation.id)
    return tuple(
        follow_up_view(one) for one in found.select_related("owner", "done_by").order_by("due_at")
    )


def follow_up_view(one: FollowUp) -> FollowUpView:
    """A promise as people see it."""
    return FollowUpView(
        id=one.id,
        conversation_id=one.conversation_id,
        patient_id=one.patient_id,
        reason=FollowUpReason(one.reason),
        what=one.what,
        owner_name=one.owner.name if one.owner else "",
        owner_role=Role(one.owner_role),
        due_at=one.due_at,
        overdue=one.done_at is None and one.due_at < timezone.now(),
        done_at=one.done_at,
        done_by=one.done_by.name if one.done_by else "",
        done_how=one.done_how,
    )
