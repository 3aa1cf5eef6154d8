"""What a patient with a new GP still has open at the old one (R191)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from dialog.actor import Actor, Side
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status, Topic, may_take_along
from dialog.conversations.queries.doors import visible
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An open matter at another list than the patient's own; ``goes_along``: it may go on here."""

    id: UUID
    kind: Kind
    topic: Topic
    started_at: datetime
    with_whom: str
    goes_along: bool


def open_elsewhere(by: Actor, *, before_a_change: bool = False) -> list[Elsewhere]:
    """Everything open that does not lie with the patient's list of today, oldest first.

    ``before_a_change``: everything open, for somebody who is about to change GP.
    """
    if by.side is not Side.PATIENT:
        return []
    now = people.list_of(by.patient)
    found = Conversation.objects.filter(visible(by)).exclude(status=Status.CLOSED)
    if now is not None and not before_a_change:
        found = found.exclude(patient_list_id=now.list_id)
    named = found.annotate(
        doctor=F("patient_list__practitioner__name"), shared=F("patient_list__name")
    )
    return [
        Elsewhere(
            id=one.id,
            kind=Kind(one.kind),
            topic=Topic(one.topic),
            started_at=one.started_at,
            with_whom=one.doctor or one.shared,
            goes_along=may_take_along(one.kind, one.status, opened=one.opened_at is not None),
        )
        for one in named.order_by("started_at", "id")
    ]
