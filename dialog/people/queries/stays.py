"""Who is asked about a new list, and who looks after a list for a while."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.people.models import GpAssignment, GpChange
from dialog.people.queries.days import today
from dialog.people.queries.lists import ListOwner, list_owner
from dialog.statements import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class GpWish:
    """A practice waits for a patient's yes; ``name`` is as the practice wrote it."""

    uuid: UUID
    name: str
    to: ListOwner
    asked_at: datetime


WAITING = """
SELECT 1 FROM people_gpchange AS wish WHERE wish.patient_id = %s AND wish.answer = ''
AND NOT EXISTS (SELECT 1 FROM people_gpassignment AS there WHERE there.patient_id = wish.patient_id
    AND there.patient_list_id = wish.patient_list_id AND there.period @> %s::date)
"""
# What a Substitute is made of, in this order.
SUBSTITUTES = """
SELECT one.id, one.uuid, one.name, lower(member.period), upper(member.period) - 1
FROM people_listmember AS member JOIN people_practitioner AS one ON one.id = member.practitioner_id
WHERE member.patient_list_id = %s AND upper(member.period) > %s::date
ORDER BY member.period, member.id
"""


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who looks after a list for a while; ``last`` is the last day of it."""

    practitioner_id: int
    practitioner_uuid: UUID
    name: str
    first: date
    last: date

    @property
    def now(self) -> bool:
        """Whether it has begun."""
        return self.first <= today()


def listed_elsewhere(patient_id: int, practice_id: int, since: date) -> bool:
    """Whether a patient is on another practice's list from a day on; not whose."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dialog_listed_elsewhere(%s, %s, %s)", [patient_id, practice_id, since]
        )
        return bool(cursor.fetchone()[0])


def listed_elsewhere_among(patient_ids: Collection[int], practice_id: int, since: date) -> set[int]:
    """Which of these patients are on another practice's list from a day on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one FROM unnest(%s::bigint[]) AS one "
            "WHERE dialog_listed_elsewhere(one, %s, %s)",
            [sorted(patient_ids), practice_id, since],
        )
        return {one for (one,) in cursor.fetchall()}


def lists_here(practice_id: int, patient_ids: Collection[int]) -> dict[int, int]:
    """On which of a practice's lists these patients are today; those on none are left out."""
    stays = GpAssignment.objects.filter(
        practice_id=practice_id, patient_id__in=patient_ids, period__contains=today()
    )
    return dict(stays.values_list("patient_id", "patient_list_id"))


def gp_wishes(by: Actor) -> list[GpWish]:
    """What waits for a yes: on the patient's side who asks, on the practice's whom it has asked."""
    if by.side is Side.PATIENT and by.patient_id is not None:
        mine = GpChange.objects.filter(patient_id=by.patient_id)
    elif by.side is Side.PRACTICE:
        mine = GpChange.objects.filter(practice_id=by.practice)
    else:
        return []
    # Where the GP register has been faster, there is nothing left to ask.
    there = GpAssignment.objects.filter(
        patient_id=OuterRef("patient_id"),
        patient_list_id=OuterRef("patient_list_id"),
        period__contains=today(),
    )
    waiting = mine.filter(~Exists(there), answer="").select_related(
        "patient_list__practitioner", "patient_list__practice"
    )
    return [_wish(one) for one in waiting.order_by("asked_at", "id")]


def asked_by_a_new_office(by: Actor) -> bool:
    """Whether a patient has a practice's wish to answer."""
    return bool(ask(WAITING, by.patient, today()))


def gp_wish_for(by: Actor, change_uuid: UUID) -> GpWish:
    """One of them; another's, or one that is answered, is not found."""
    found = next((one for one in gp_wishes(by) if one.uuid == change_uuid), None)
    if found is None:
        raise NotFound
    return found


def _wish(change: GpChange) -> GpWish:
    return GpWish(
        uuid=change.uuid,
        name=change.name,
        to=list_owner(change.patient_list),
        asked_at=change.asked_at,
    )


def substitutes(list_id: int) -> list[Substitute]:
    """Who looks after a list for a while, now and as planned, soonest first."""
    return [Substitute(*columns) for columns in ask(SUBSTITUTES, list_id, today())]


def substitute_now(list_id: int) -> Substitute | None:
    """Who looks after a list today in the doctor's place, for patients to see (R180)."""
    return next((one for one in substitutes(list_id) if one.now), None)
