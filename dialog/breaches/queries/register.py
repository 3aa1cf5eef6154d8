"""The register as a list, and how much of it waits."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, Q

from dialog.actor import Actor
from dialog.breaches.models import Breach
from dialog.breaches.policy import (
    Kind,
    Risk,
    Status,
    clock_runs,
    deadline,
    may_follow_up,
    must_follow_up,
)
from dialog.breaches.queries.whole import BreachView, whole
from dialog.statements import Question, known

AT_A_TIME = 50
WAITING = """
SELECT jsonb_agg(jsonb_build_array(notified_at IS NOT NULL, risk, extract(epoch FROM aware_at),
    reminded_at IS NOT NULL AND (seen_at IS NULL OR seen_at < reminded_at)))
FROM breaches_breach WHERE practice_id = %s AND status <> 'closed'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry in the list: never what anybody wrote."""

    id: UUID
    kind: Kind
    status: Status
    risk: Risk | None
    aware_at: datetime
    deadline: datetime
    clock_runs: bool
    affected: int
    untold: int
    by_itself: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many entries are not over, the first of their clocks, and whether anybody was reminded
    since one of them was last opened.
    """

    count: int = 0
    first: datetime | None = None
    reminded: bool = False


def lines(by: Actor, *, over: bool = False, page: int = 1) -> tuple[list[Line], bool]:
    """What is not over, the shortest clock first; or what is, the newest first. And whether there
    is more.
    """
    must_follow_up(by)
    found = Breach.objects.filter(practice_id=by.practice)
    found = found.filter(status=Status.CLOSED) if over else found.exclude(status=Status.CLOSED)
    here = Q(affected__taken_out_at__isnull=True)
    counted = found.annotate(
        many=Count("affected", filter=here),
        left=Count("affected", filter=here & Q(affected__told_how="")),
    )
    start = (page - 1) * AT_A_TIME
    rows = counted.order_by("-aware_at" if over else "aware_at", "id")
    shown = [_line(one, one.many, one.left) for one in rows[start : start + AT_A_TIME + 1]]
    listed = shown[:AT_A_TIME]
    return sorted(listed, key=lambda one: not one.clock_runs), len(shown) > AT_A_TIME


def _line(one: Breach, many: int, left: int) -> Line:
    return Line(
        id=one.id,
        kind=Kind(one.kind),
        status=Status(one.status),
        risk=Risk(one.risk) if one.risk else None,
        aware_at=one.aware_at,
        deadline=deadline(one.aware_at),
        clock_runs=clock_runs(
            status=one.status, risk=one.risk, notified=one.notified_at is not None
        ),
        affected=many,
        untold=left,
        by_itself=one.registered_by_id is None,
    )


def waiting(by: Actor) -> Question[Waiting]:
    """What waits for those who follow up the log; nothing at all to everybody else."""
    if not may_follow_up(by):
        return known(Waiting())
    return Question(WAITING, [by.practice], _waiting)


def _waiting(answer: str | None) -> Waiting:
    found: list[tuple[bool, str, float, bool]] = json.loads(answer or "[]")
    clocks = [
        deadline(datetime.fromtimestamp(aware_at, UTC))
        for notified, risk, aware_at, _reminded in found
        if clock_runs(status=Status.OPEN, risk=risk, notified=notified)
    ]
    return Waiting(
        count=len(found),
        first=min(clocks, default=None),
        reminded=any(reminded for *_rest, reminded in found),
    )


def register(by: Actor) -> Iterable[BreachView]:
    """Every entry, whole, the oldest first; for the file an authority is given."""
    must_follow_up(by)
    for one in Breach.objects.filter(practice_id=by.practice).order_by("aware_at", "id"):
        yield whole(one)
