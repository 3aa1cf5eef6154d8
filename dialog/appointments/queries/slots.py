"""Published times and the one query that says which of them are free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from dialog.appointments.models import AppointmentType
from dialog.appointments.policy import MeetingType
from dialog.people import queries as people
from dialog.statements import ask, columns, made
from dialog.working_days import day_bounds, oslo_day

LONGEST = timedelta(days=366)

FREE = """
SELECT {distinct} slot.id, slot.starts, upper(slot.period), open.practitioner_id, slot.type_id
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[])
    AS open (schedule_id, practitioner_id, since, until)
JOIN appointments_slot AS slot ON slot.schedule_id = open.schedule_id
    AND slot.starts >= open.since AND slot.starts < open.until
LEFT JOIN appointments_busy(%s::bigint[], %s, %s) AS taken
    ON taken.practitioner_id = open.practitioner_id
WHERE slot.withdrawn_at IS NULL AND slot.type_id = ANY (%s)
    AND (slot.released_at IS NULL OR slot.released_at <= %s)
    AND NOT coalesce(slot.period && taken.busy, false)
ORDER BY {order}
"""
ALL = FREE.format(distinct="", order="slot.starts, open.practitioner_id")
FIRST_OF_EACH = FREE.format(
    distinct="DISTINCT ON (open.practitioner_id, slot.type_id)",
    order="open.practitioner_id, slot.type_id, slot.starts",
)
NEAREST = FREE.format(
    distinct="",
    order="slot.type_id <> ALL (%s), open.practitioner_id <> %s,"
    " abs(extract(epoch FROM slot.starts - %s)), slot.starts LIMIT %s",
)
TYPES = f"""
SELECT {columns(AppointmentType, "type")} FROM appointments_appointmenttype AS type
WHERE type.practice_id = %s AND type.active
"""  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeView:
    """What can be booked, how long it takes, and how one may meet."""

    id: int
    uuid: UUID
    name: str
    meetings: frozenset[MeetingType]
    minutes: int
    instructions: str
    bookable: bool
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlot:
    """A time that can be taken."""

    id: UUID
    starts: datetime
    ends: datetime
    practitioner_id: int
    practitioner_uuid: UUID
    practitioner_name: str
    type: TypeView


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDay:
    """The free times of a day."""

    day: date
    slots: tuple[FreeSlot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A timebook, whose it is, and between when its times may be taken."""

    schedule_id: int
    whose: people.Clinician
    since: datetime
    until: datetime


def by_day(slots: Iterable[FreeSlot]) -> list[FreeDay]:
    """Times grouped by the day they are on in Oslo."""
    return [
        FreeDay(day=day, slots=tuple(on_day))
        for day, on_day in groupby(slots, key=lambda one: oslo_day(one.starts))
    ]


def types_of(
    practice_id: int, *, bookable: bool | None = None, meeting: MeetingType | None = None
) -> dict[int, TypeView]:
    """What can be booked at a practice, by key."""
    types = [made(AppointmentType, row) for row in ask(TYPES, practice_id)]
    return {
        one.id: type_view(one)
        for one in types
        if bookable in (None, one.bookable) and (meeting is None or meeting in one.meetings)
    }


def type_view(one: AppointmentType) -> TypeView:
    """A type row as people see it."""
    return TypeView(
        id=one.id,
        uuid=one.uuid,
        name=one.name,
        meetings=frozenset(MeetingType(each) for each in one.meetings),
        minutes=one.minutes,
        instructions=one.instructions,
        bookable=one.bookable,
        shared=one.practitioner_id is None,
    )


def bounds(first: date | None, days: int | None) -> tuple[datetime | None, datetime | None]:
    """The days one looks at, as moments."""
    since = day_bounds(first)[0] if first else None
    until = day_bounds((first or people.today()) + timedelta(days=days))[0] if days else None
    return since, until


def within(opened: Iterable[Open], since: datetime | None, until: datetime | None) -> list[Open]:
    """Only what lies between two moments."""
    return [
        Open(
            schedule_id=one.schedule_id,
            whose=one.whose,
            since=max(one.since, since) if since else one.since,
            until=min(one.until, until) if until else one.until,
        )
        for one in opened
    ]


def free(
    opened: list[Open],
    types: dict[int, TypeView],
    *,
    released_by: datetime | None,
    only_first: bool = False,
) -> list[FreeSlot]:
    """The free times, in one query; without ``released_by`` those not released yet as well.

    ``only_first``: of each type with each person the first.
    """
    return _found(FIRST_OF_EACH if only_first else ALL, opened, types, released_by)


def nearest(
    opened: list[Open],
    types: dict[int, TypeView],
    *,
    like: Iterable[int],
    person: int,
    to: datetime,
    most: int,
) -> list[FreeSlot]:
    """The free times most like one: of these types first, with this person first, and then nearest
    in time.
    """
    return _found(NEAREST, opened, types, timezone.now(), list(like), person, to, most)


def _found(
    statement: str,
    opened: list[Open],
    types: dict[int, TypeView],
    released_by: datetime | None,
    *order: object,
) -> list[FreeSlot]:
    if not opened or not types:
        return []
    whose = {one.whose.id: one.whose for one in opened}
    asked = _asked(opened, types, released_by or timezone.now() + LONGEST * 2)
    return [
        FreeSlot(
            id=slot_id,
            starts=starts,
            ends=ends,
            practitioner_id=practitioner_id,
            practitioner_uuid=whose[practitioner_id].uuid,
            practitioner_name=whose[practitioner_id].name,
            type=types[type_id],
        )
        for slot_id, starts, ends, practitioner_id, type_id in ask(statement, *asked, *order)
    ]


def _asked(
    opened: list[Open], types: Iterable[int], released_by: datetime
) -> Sequence[list[int] | list[datetime] | datetime]:
    return [
        [one.schedule_id for one in opened],
        [one.whose.id for one in opened],
        [one.since for one in opened],
        [one.until for one in opened],
        [one.whose.id for one in opened],
        min(one.since for one in opened),
        max(one.until for one in opened) + timedelta(days=1),
        list(types),
        released_by,
    ]
