"""The patient's own list; kinds and dates, never anybody's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from dialog.actor import Actor, Role, Side
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Outcome, Status, Topic
from dialog.conversations.queries.doors import seen_sql, visible
from dialog.statements import ask

MOST = 100
UNREAD = "(c.patient_opened_at IS NULL OR c.patient_opened_at < c.changed_at)"
MATTERS = f"""
SELECT c.id, c.kind, c.status, c.outcome, c.topic, c.started_side, c.started_at, c.changed_at,
    practice.name, {UNREAD}, c.redirected_to, task.due_on
FROM conversations_conversation AS c JOIN people_practice AS practice ON practice.id = c.practice_id
LEFT JOIN conversations_task AS task ON task.conversation_id = c.id AND c.status <> 'closed'
    AND task.done_at IS NULL AND task.called_off_at IS NULL
WHERE ({{seen}}) AND (%s::text IS NULL OR c.kind = %s)
    AND (NOT %s OR c.status <> 'closed') AND (NOT %s OR c.reserved)
    AND (NOT %s OR task.due_on IS NOT NULL OR {UNREAD})
ORDER BY {{first}} c.changed_at DESC, c.id LIMIT %s OFFSET %s
"""  # noqa: S608 - our own columns


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
    do_by: date | None = None


def my_matters(
    by: Actor,
    *,
    kind: Kind | None = None,
    open_only: bool = False,
    kept_only: bool = False,
    unread_only: bool = False,
    skip: int = 0,
    most: int = MOST,
) -> list[Matter]:
    """The patient's own conversations, last changed first; unread when the practice did something
    since, ``kept_only`` those hidden from parents. Those asked for as unread are also what is still
    to be done by a day, and that first.
    """
    if by.side is not Side.PATIENT:
        return []
    seen, values = seen_sql(by)
    wanted = [*values, kind, kind, open_only, kept_only, unread_only, most, skip]
    first = "task.due_on," if unread_only else ""
    statement = MATTERS.format(seen=seen, first=first)
    return [_matter(*columns) for columns in ask(statement, *wanted)]


def _matter(
    id: UUID,
    kind: str,
    status: str,
    outcome: str,
    topic: str,
    started_side: str,
    started_at: datetime,
    changed_at: datetime,
    practice_name: str,
    unread: bool,
    redirected_to: str,
    do_by: date | None,
) -> Matter:
    return Matter(
        id=id,
        kind=Kind(kind),
        status=Status(status),
        outcome=Outcome(outcome) if outcome else None,
        topic=Topic(topic),
        started_side=Side(started_side),
        started_at=started_at,
        changed_at=changed_at,
        practice_name=practice_name,
        unread=unread,
        redirected_to=Kind(redirected_to) if redirected_to else None,
        do_by=do_by,
    )


def mine_in_order(by: Actor) -> list[UUID]:
    """All of the patient's own conversations, as far as this actor may see them; the oldest
    first.
    """
    if by.side is not Side.PATIENT:
        return []
    found = Conversation.objects.filter(visible(by)).order_by("started_at", "id")
    return list(found.values_list("id", flat=True))


def kinds_of(by: Actor, conversation_ids: Iterable[UUID]) -> dict[UUID, Kind]:
    """What each of these is, as far as this actor may see them."""
    found = Conversation.objects.filter(visible(by), id__in=set(conversation_ids))
    return {one: Kind(kind) for one, kind in found.values_list("id", "kind")}


def hidden_from(by: Actor) -> list[UUID]:
    """The patient's conversations that whoever acts for them does not see, or that a young patient
    does not see themselves (R20, R21).
    """
    if by.role is not Role.PROXY and not by.young:
        return []
    seen = Conversation.objects.filter(visible(by)).values("id")
    kept = Conversation.objects.filter(patient_id=by.patient).exclude(id__in=seen)
    return list(kept.values_list("id", flat=True))


class Named(NamedTuple):
    """What a line of the log is about: which kind of matter, and from when."""

    kind: Kind
    started_at: datetime


def named_in_log(by: Actor, conversation_ids: Iterable[UUID]) -> dict[UUID, Named]:
    """What lines of the office's log are about, for whoever may read those lines. Of matters on
    others' lists they read no more than this; e-consultations are left out for those to whom the
    office shows none (R137).
    """
    if by.side is not Side.PRACTICE:
        return {}
    found = Conversation.objects.filter(practice_id=by.practice, id__in=set(conversation_ids))
    return {
        one: Named(Kind(kind), started_at)
        for one, kind, started_at in found.values_list("id", "kind", "started_at")
    }
