"""Free times for the practice: what it may give, and what answers a wish."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.models import Schedule
from dialog.appointments.policy import MeetingType
from dialog.appointments.queries.doors import appointment_row
from dialog.appointments.queries.slots import (
    LONGEST,
    FreeDay,
    FreeSlot,
    Open,
    bounds,
    by_day,
    free,
    types_of,
    within,
)
from dialog.appointments.queries.views import wish_of
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.working_days import OSLO, oslo_day


def office_slots(
    by: Actor, *, practitioner: UUID | None = None, first: date | None = None, days: int = 14
) -> list[FreeDay]:
    """The free times of the practice, also those patients do not see yet or may not pick."""
    clinicians = [
        one
        for one in people.clinicians_of_practice(by)
        if practitioner is None or one.uuid == practitioner
    ]
    opened = within(_all_of(clinicians), *bounds(first, days))
    return by_day(free(opened, types_of(by.practice), released_by=None))


def suggestions(by: Actor, conversation_id: UUID, *, most: int = 6) -> list[FreeSlot]:
    """Free times that answer a patient's wish, best first; at most two on a day (R87)."""
    if by.side is not Side.PRACTICE:
        raise NotFound
    one = appointment_row(by, conversation_id)
    owner = people.list_of(one.patient_id)
    list_id = owner.list_id if owner and owner.office.id == by.practice_id else None
    clinicians = people.clinicians_for_list(list_id, kept_out=True) if list_id is not None else []
    if one.practitioner_id is not None:
        clinicians = [each for each in clinicians if each.id == one.practitioner_id] or clinicians
    wish, kept_out = wish_of(one), {each.id for each in clinicians if not each.bookable}

    def order(slot: FreeSlot) -> tuple[int, bool, bool, datetime]:
        clock, only_ours = slot.starts.astimezone(OSLO).time(), slot.practitioner_id in kept_out
        misses = wish.misses(oslo_day(slot.starts), clock, slot.type.meetings)
        return misses, only_ours, MeetingType.IN_PERSON not in slot.type.meetings, slot.starts

    found = free(_all_of(clinicians), types_of(by.practice), released_by=None)
    return _spread(sorted(found, key=order), most)


def _spread(slots: Iterable[FreeSlot], most: int, a_day: int = 2) -> list[FreeSlot]:
    chosen: list[FreeSlot] = []
    on: dict[date, int] = {}
    for slot in slots:
        day = oslo_day(slot.starts)
        if on.get(day, 0) < a_day and len(chosen) < most:
            chosen.append(slot)
            on[day] = on.get(day, 0) + 1
    return chosen


def _all_of(clinicians: Iterable[people.Clinician]) -> list[Open]:
    now = timezone.now()
    known = {one.id: one for one in clinicians}
    return [
        Open(schedule_id=one.id, whose=known[one.practitioner_id], since=now, until=now + LONGEST)
        for one in Schedule.objects.filter(practitioner_id__in=list(known))
    ]
