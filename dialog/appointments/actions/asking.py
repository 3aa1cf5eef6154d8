"""Asking a record system what is free, and that it has answered.

Nobody's anything changes by it: the answer is free times (``offer_times``), and the rows here say
only who was asked when. Whoever waits is told by NOTIFY.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.freshness import ASKED_ANEW_AFTER
from dialog.appointments.models import TimesAsked
from dialog.appointments.policy import LONGEST_HORIZON_DAYS
from dialog.appointments.queries.asking import standings, window
from dialog.errors import InvalidInput, NotFound
from dialog.people import queries as people
from dialog.rows import action

# Who listens where, and what is said: the id of what is asked.
ASKED, ANSWERED = "appointments_asked", "appointments_answered"


@action
def ask_for_times(*, by: Actor, practitioners: Sequence[UUID] = (), first: date, days: int) -> None:
    """Ask the record system what is free on these days; what is asked already is not asked twice,
    and what it has just said is not asked again.
    """
    if first < people.today() or not 1 <= days <= LONGEST_HORIZON_DAYS:
        raise InvalidInput(field="first")
    unknown = [
        one
        for one in standings(by, practitioners=practitioners, first=first, days=days)
        if one.state is None
    ]
    asked = [
        TimesAsked(
            practice_id=one.practice_id,
            practitioner_id=one.practitioner_id,
            days=window(first, days),
        )
        for one in unknown
    ]
    _give_up_on_what_nobody_answered(asked)
    TimesAsked.objects.bulk_create(asked, ignore_conflicts=True)
    ids = [one.id for one in asked]
    for asked_id in TimesAsked.objects.filter(id__in=ids).values_list("id", flat=True):
        _notify(ASKED, asked_id)


def _give_up_on_what_nobody_answered(asked: Sequence[TimesAsked]) -> None:
    now = timezone.now()
    for one in asked:
        TimesAsked.objects.filter(
            practitioner_id=one.practitioner_id,
            days=one.days,
            asked_at__lte=now - ASKED_ANEW_AFTER,
            answered_at__isnull=True,
            failed_at__isnull=True,
        ).update(failed_at=now)


@action
def answer_times(*, by: Actor, asked_id: UUID) -> bool:
    """Say that the times offered now are the answer; whether anybody still waited for it."""
    return _settled(by, asked_id, "answered_at")


@action
def times_failed(*, by: Actor, asked_id: UUID) -> bool:
    """Say that no answer will come; whether anybody still waited for one."""
    return _settled(by, asked_id, "failed_at")


def _settled(by: Actor, asked_id: UUID, how: str) -> bool:
    if by.side is not Side.PRACTICE:
        raise NotFound
    here = TimesAsked.objects.filter(id=asked_id, practice_id=by.practice)
    waiting = here.filter(answered_at__isnull=True, failed_at__isnull=True)
    changed = waiting.update(**{how: timezone.now()})
    if not changed and not here.exists():
        raise NotFound
    if changed:
        _notify(ANSWERED, asked_id)
    return bool(changed)


def _notify(channel: str, asked_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, str(asked_id)])
