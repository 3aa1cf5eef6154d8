"""The practice's inbox; kinds, names and dates, never anybody's words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from dialog.actor import Actor, Role, Side
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status, Topic
from dialog.conversations.queries.doors import seen_sql, visible
from dialog.statements import Question

PAGE = 50
MOST = 100
COUNTED = 100


class Lane(StrEnum):
    """Where an item lies: one of the four services, or what patients ask about the log."""

    ALL = "all"
    APPOINTMENT = "appointment"
    RENEWAL = "renewal"
    ECONSULTATION = "econsultation"
    ENQUIRY = "enquiry"
    LOG_QUESTION = "log-question"


class Order(StrEnum):
    """How a lane is sorted."""

    DUE = "due"
    URGENT = "urgent"
    AGE = "age"
    PATIENT = "patient"


class Whose(StrEnum):
    """Whose items are shown."""

    EVERYBODY = "everybody"
    MINE = "mine"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One item in a lane."""

    id: UUID
    kind: Kind
    status: Status
    topic: Topic
    patient_name: str
    patient_born: date
    owner_name: str
    owner_role: str
    list_id: int
    due_at: datetime | None
    overdue: bool
    started_at: datetime
    changed_at: datetime
    opened: bool
    unseen: bool
    important: bool
    urgent: bool
    outcome: str


def _items(by: Actor, status: Status, lane: Lane, whose: Whose) -> QuerySet[Conversation]:
    items = Conversation.objects.filter(visible(by), status=status)
    if lane is not Lane.ALL:
        items = items.filter(kind=lane.value)
    if whose is Whose.MINE:
        items = items.filter(_mine(by))
    elif whose is Whose.NOBODY:
        items = items.filter(owner_id__isnull=True)
    return items


def _mine(by: Actor) -> Q:
    """What one has been handed, and what lies with the doctor of a list that is one's own; and what
    only named people see, until one of them has taken it.
    """
    handed = Q(owner_id=by.account_id) | Q(owner_id__isnull=True, kind=Kind.LOG_QUESTION)
    if by.role is not Role.PRACTITIONER:
        return handed
    own_list = Q(patient_list_id__in=sorted(by.list_ids), owner_role=Role.PRACTITIONER)
    return handed | (Q(owner_id__isnull=True) & own_list)


ORDER: dict[Order, tuple[str, ...]] = {
    Order.DUE: ("due_at", "started_at", "id"),
    Order.URGENT: ("-urgent", "due_at", "started_at", "id"),
    Order.AGE: ("started_at", "id"),
    Order.PATIENT: ("patient__sort_key", "id"),
}


ROW = (
    "id",
    "kind",
    "status",
    "topic",
    "patient__given_name",
    "patient__family_name",
    "patient__born",
    "owner__name",
    "owner_role",
    "patient_list_id",
    "due_at",
    "started_at",
    "changed_at",
    "opened_at",
    "practice_seen_at",
    "important",
    "outcome",
    "urgent",
)


def inbox(
    by: Actor,
    *,
    lane: Lane = Lane.ALL,
    status: Status = Status.WITH_PRACTICE,
    whose: Whose = Whose.EVERYBODY,
    order: Order = Order.DUE,
    page: int = 1,
) -> tuple[list[InboxRow], bool]:
    """One page of a lane, and whether there are more; what nobody waits for sorts by last
    change.
    """
    ordering = ORDER[order]
    if status in (Status.RESTING, Status.CLOSED) and order is Order.DUE:
        ordering = ("-changed_at", "id")
    start = (max(page, 1) - 1) * PAGE
    found = list(
        _items(by, status, lane, whose)
        .order_by(*ordering)
        .values_list(*ROW)[start : start + PAGE + 1]
    )
    now = timezone.now()
    return [_row(one, now) for one in found[:PAGE]], len(found) > PAGE


def _row(one: tuple, now: datetime) -> InboxRow:  # type: ignore[type-arg]  # a values_list row
    return InboxRow(
        id=one[0],
        kind=Kind(one[1]),
        status=Status(one[2]),
        topic=Topic(one[3]),
        patient_name=f"{one[4]} {one[5]}",
        patient_born=one[6],
        owner_name=one[7] or "",
        owner_role=one[8],
        list_id=one[9],
        due_at=one[10],
        overdue=one[10] is not None and one[10] < now,
        started_at=one[11],
        changed_at=one[12],
        opened=one[13] is not None,
        unseen=one[14] is None or one[14] < one[12],
        important=one[15],
        outcome=one[16],
        urgent=one[17],
    )


COUNTS = """
SELECT array_agg((SELECT count(*) FROM (SELECT 1 FROM conversations_conversation AS c
    WHERE c.status = 'with-practice' AND c.kind = lane.kind AND ({seen}) LIMIT {most}) AS waiting)
    ORDER BY lane.place)
FROM unnest(%s::text[]) WITH ORDINALITY AS lane (kind, place)
"""


def lane_counts(by: Actor) -> Question[dict[Lane, int]]:
    """How many items wait for the practice in each lane; nobody counts further than ``COUNTED``."""
    seen, values = seen_sql(by)
    kinds = [str(kind) for kind in Kind]
    return Question(COUNTS.format(seen=seen, most=COUNTED), (*values, kinds), _by_lane)


def _by_lane(counted: list[int]) -> dict[Lane, int]:
    return {Lane.ALL: sum(counted), **dict(zip(map(Lane, Kind), counted, strict=True))}


def next_in_lane(
    by: Actor, *, lane: Lane, whose: Whose = Whose.EVERYBODY, after: UUID | None = None
) -> UUID | None:
    """The item due next in a lane: below the one that is passed by, or first when that one has been
    handled (R188).
    """
    items = _items(by, Status.WITH_PRACTICE, lane, whose).order_by(*ORDER[Order.DUE])
    ids = items.values_list("id", flat=True)
    if after is None:
        return ids.first()
    passed = items.filter(id=after).values_list("due_at", "started_at").first()
    if passed is None:
        return ids.first()
    due, started = passed
    same_day = Q(due_at=due) & (Q(started_at__gt=started) | Q(started_at=started, id__gt=after))
    return ids.filter(Q(due_at__gt=due) | same_day).first()


def of_patient(by: Actor, patient_id: int, *, most: int = MOST) -> list[InboxRow]:
    """Every matter with one patient that this actor sees, open ones first, then the newest."""
    if by.side is not Side.PRACTICE:
        return []
    found = Conversation.objects.filter(visible(by), patient_id=patient_id)
    closed_last = Case(When(status=Status.CLOSED, then=1), default=0)
    rows = found.order_by(closed_last, "-changed_at", "id").values_list(*ROW)
    now = timezone.now()
    return [_row(one, now) for one in rows[:most]]
