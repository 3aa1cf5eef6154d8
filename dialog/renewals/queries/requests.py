"""The lines of a request, as either side sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.actor import Actor, Role
from dialog.conversations import queries as conversations
from dialog.conversations import texts as core_texts
from dialog.conversations.policy import Kind
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.renewals.models import Renewal, RenewalItem
from dialog.renewals.policy import OPEN, ItemStatus, PickUp, Reason
from dialog.renewals.ports import Medicine
from dialog.renewals.queries.kept import medicine


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a request, as either side sees it; ``medicine`` is None for words."""

    id: UUID
    medicine: Medicine | None
    words: str
    comment: str
    status: ItemStatus
    reason: Reason
    explanation: str
    prepared_by: str
    prepared_at: datetime | None
    decided_at: datetime | None
    open: bool

    @property
    def title(self) -> str:
        """What it is about."""
        return self.medicine.title if self.medicine else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request: its lines in the patient's order, and how it is to be picked up."""

    conversation_id: UUID
    lines: tuple[Line, ...]
    pick_up: PickUp

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The lines nobody has decided."""
        return tuple(one for one in self.lines if one.open)


def request_for(by: Actor, conversation_id: UUID) -> Request:
    """The lines of a request of one's own; a representative does not see what is reserved."""
    conversation = conversations.conversation_for(by, conversation_id)
    if conversation.kind != Kind.RENEWAL:
        raise NotFound
    renewal = Renewal.objects.get(conversation_id=conversation.id)
    return Request(
        conversation_id=conversation.id,
        lines=tuple(_lines(by, conversation.id, erased=conversation.erased_at is not None)),
        pick_up=PickUp(renewal.pick_up),
    )


def _lines(by: Actor, conversation_id: UUID, *, erased: bool) -> list[Line]:
    items = (
        RenewalItem.objects.filter(conversation_id=conversation_id)
        .select_related("prescription")
        .order_by("place")
    )
    if by.role is Role.PROXY:
        items = items.exclude(prescription__reserved=True)
    found = list(items)
    names = people.names_of(one.prepared_by_id for one in found if one.prepared_by_id)
    return [_line(one, names, erased=erased) for one in found]


def _line(item: RenewalItem, names: dict[int, str], *, erased: bool) -> Line:
    named = item.prescription if not erased else None
    return Line(
        id=item.id,
        medicine=medicine(named) if named else None,
        words=str(core_texts.ERASED) if erased else item.words or "",
        comment="" if erased else item.comment,
        status=ItemStatus(item.status),
        reason=Reason(item.reason),
        explanation="" if erased else item.explanation,
        prepared_by=names.get(item.prepared_by_id or 0, ""),
        prepared_at=item.prepared_at,
        decided_at=item.decided_at,
        open=item.status in OPEN,
    )
