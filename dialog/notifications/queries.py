"""Reading attempts: what has been told about a conversation, and what is to be told now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.conversations import queries as conversations
from dialog.errors import NotFound
from dialog.notifications import texts
from dialog.notifications.models import Attempt, Reminder
from dialog.notifications.policy import JUST_TOLD, AttemptState, News, Reason
from dialog.statements import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One attempt as the practice sees it: what, to whom, how it went; never the text (R43)."""

    news: News
    at: datetime
    to_another: bool
    state: AttemptState
    reason: Reason

    @property
    def news_words(self) -> str:
        """What it told of."""
        return str(texts.NEWS[self.news])

    @property
    def state_words(self) -> str:
        """How far it came."""
        return str(texts.STATE[self.state])

    @property
    def reason_words(self) -> str:
        """Why not, in a sentence; empty when all is well."""
        return str(texts.REASON[self.reason])


ATTEMPTS = """
SELECT one.news, coalesce(one.settled_at, one.made_at), one.recipient_id <> one.patient_id,
    one.state, one.reason
FROM conversations_conversation AS c
LEFT JOIN notifications_attempt AS one ON one.conversation_id = c.id
WHERE c.id = %s AND ({seen}) ORDER BY one.made_at DESC, one.id LIMIT 50
"""


def attempts_of(by: Actor, conversation_id: UUID) -> list[AttemptView]:
    """Every attempt to tell the patient's side about a conversation, newest first."""
    if by.side is not Side.PRACTICE:
        raise NotFound
    seen, values = conversations.seen_sql(by)
    found = ask(ATTEMPTS.format(seen=seen), conversation_id, *values)
    if not found:
        raise NotFound
    return [
        AttemptView(
            news=News(news),
            at=at,
            to_another=to_another,
            state=AttemptState(state),
            reason=Reason(reason),
        )
        for news, at, to_another, state, reason in found
        if news is not None
    ]


def matters_of(by: Actor, attempt_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which conversation each attempt is about, as far as this actor may see it."""
    found = Attempt.objects.filter(
        id__in=set(attempt_ids), conversation__in=conversations.seen_by(by)
    )
    return dict(found.values_list("id", "conversation_id"))


def earliest(attempt: Attempt) -> datetime | None:
    """The first of the times somebody may act on: the one told now, and the one told before."""
    if attempt.starts_at is None or attempt.conversation_id is None:
        return attempt.starts_at
    before = (
        Attempt.objects.filter(
            conversation_id=attempt.conversation_id,
            recipient_id=attempt.recipient_id,
            starts_at__isnull=False,
            made_at__lt=attempt.made_at,
        )
        .order_by("-made_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    return min(attempt.starts_at, before) if before else attempt.starts_at


def told_lately(conversation_id: UUID, starts: datetime) -> bool:
    """Whether the patient's side has just been told of this very time."""
    return (
        Attempt.objects.filter(
            conversation_id=conversation_id,
            starts_at=starts,
            made_at__gt=timezone.now() - JUST_TOLD,
        )
        .exclude(state__in=[AttemptState.FAILED, AttemptState.SUPPRESSED])
        .exists()
    )


def seen_to(first: datetime, last: datetime) -> set[tuple[UUID, datetime]]:
    """The appointments between two moments that have been seen to already."""
    found = Reminder.objects.filter(starts_at__gte=first, starts_at__lt=last)
    return set(found.values_list("conversation_id", "starts_at"))


def waiting(attempt_id: UUID) -> Attempt | None:
    """An attempt that is still to be made, for the sender's own use."""
    return Attempt.objects.filter(id=attempt_id, state=AttemptState.QUEUED).first()
