"""The patient's own list; kinds and dates, never anybody's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from dialog.actor import Actor, Side
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Outcome, Status, Topic
from dialog.conversations.queries.doors import visible

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One conversation in the patient's own list."""

    id: UUID
    kind: Kind
    status: Status
    outcome: Outcome | None
    topic: Topic
    started_side: Side
    started_at: datetime
    changed_at: datetime
    practice_name: str
    unread: bool
    redirected_to: Kind | None


def my_matters(
    by: Actor,
    *,
    kind: Kind | None = None,
    open_only: bool = False,
    unread_only: bool = False,
    skip: int = 0,
    most: int = MOST,
) -> list[Matter]:
    """The patient's own conversations, last changed first; unread when the practice did something
    since.
    """
    if by.side is not Side.PATIENT:
        return []
    found = Conversation.objects.filter(visible(by)).annotate(practice_name=F("practice__name"))
    if kind is not None:
        found = found.filter(kind=kind)
    if open_only:
        found = found.filter(~Q(status=Status.CLOSED))
    if unread_only:
        found = found.filter(UNREAD)
    return [_matter(one) for one in found.order_by("-changed_at", "id")[skip : skip + most]]


UNREAD = Q(patient_opened_at__isnull=True) | Q(patient_opened_at__lt=F("changed_at"))


def _matter(one: Conversation) -> Matter:
    return Matter(
        id=one.id,
        kind=Kind(one.kind),
        status=Status(one.status),
        outcome=Outcome(one.outcome) if one.outcome else None,
        topic=Topic(one.topic),
        started_side=Side(one.started_side),
        started_at=one.started_at,
        changed_at=one.changed_at,
        practice_name=one.practice_name,  # type: ignore[attr-defined]  # annotated
        unread=one.patient_opened_at is None or one.patient_opened_at < one.changed_at,
        redirected_to=Kind(one.redirected_to) if one.redirected_to else None,
    )


def kinds_of(by: Actor, conversation_ids: Iterable[UUID]) -> dict[UUID, Kind]:
    """What each of these is, as far as this actor may see them."""
    found = Conversation.objects.filter(visible(by), id__in=set(conversation_ids))
    return {one: Kind(kind) for one, kind in found.values_list("id", "kind")}
