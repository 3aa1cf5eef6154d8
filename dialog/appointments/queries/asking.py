"""Whether the free times here are what the record systems would say now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.freshness import GIVEN_UP_AFTER, Asked, Freshness, freshness
from dialog.appointments.models import TimesAsked
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.statements import ask

LAST_ASKED = """
SELECT schedule.practice_id, schedule.practitioner_id,
    last.asked_at, last.answered_at, last.failed_at
FROM appointments_schedule AS schedule LEFT JOIN LATERAL (
    SELECT asked_at, answered_at, failed_at FROM appointments_timesasked AS asked
    WHERE asked.practitioner_id = schedule.practitioner_id AND asked.days @> %s
    ORDER BY asked_at DESC LIMIT 1) AS last ON true
WHERE schedule.confirmed_elsewhere AND schedule.practitioner_id = ANY (%s)
ORDER BY schedule.practitioner_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the times of somebody whose record system decides stand; ``state`` None: not asked."""

    practice_id: int
    practitioner_id: int
    state: Freshness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a record system is to be asked: what is free with somebody, from the first day until,
    not including, the last.
    """

    id: UUID
    practice_id: int
    practitioner_id: int
    practitioner_uuid: UUID
    first: date
    until: date
    asked_at: datetime


def standings(
    by: Actor, *, practitioners: Sequence[UUID] = (), first: date, days: int
) -> list[Standing]:
    """How fresh the times are of those the actor may meet, as far as a record system decides."""
    known = {one.id for one in _may_meet(by) if not practitioners or one.uuid in set(practitioners)}
    now = timezone.now()
    return [
        Standing(
            practice_id=practice_id,
            practitioner_id=practitioner_id,
            state=freshness(Asked(at=at, answered_at=answered_at, failed_at=failed_at), now),
        )
        for practice_id, practitioner_id, at, answered_at, failed_at in ask(
            LAST_ASKED, window(first, days), sorted(known)
        )
    ]


def window(first: date, days: int) -> DateRange:
    """So many days from one on."""
    return DateRange(first, first + timedelta(days=days))


def _may_meet(by: Actor) -> Sequence[people.Clinician]:
    if by.side is Side.PRACTICE:
        return people.clinicians_of_practice(by)
    owner = people.list_of(by.patient) if by.side is Side.PATIENT else None
    return people.clinicians_for_list(owner.list_id) if owner else ()


def open_questions() -> list[tuple[UUID, int]]:
    """What somebody waits to hear from a record system, the oldest first, and at which practice;
    for the platform's listener, which sees no more than that before it is at the practice.
    """
    since = timezone.now() - GIVEN_UP_AFTER
    found = TimesAsked.objects.filter(
        answered_at__isnull=True, failed_at__isnull=True, asked_at__gt=since
    )
    return list(found.order_by("asked_at", "id").values_list("id", "practice_id"))


def question(asked_id: UUID) -> Question:
    """What the record system of this practice is to be asked; another practice's is not found."""
    one = TimesAsked.objects.filter(id=asked_id).select_related("practitioner").first()
    if one is None:
        raise NotFound
    return Question(
        id=one.id,
        practice_id=one.practice_id,
        practitioner_id=one.practitioner_id,
        practitioner_uuid=one.practitioner.uuid,
        first=one.days.lower,
        until=one.days.upper,
        asked_at=one.asked_at,
    )
