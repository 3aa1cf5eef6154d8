"""Free times from a record system: made here as they are there, under the ids they have there."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.appointments.actions.publishing import (
    Published,
    made_and_locked,
    taken_among,
    tell,
    withdraw,
)
from dialog.appointments.models import AppointmentType, Schedule, Slot
from dialog.appointments.offered import Kind, OfferedTime, in_order
from dialog.appointments.policy import MeetingType, Withdrawn
from dialog.appointments.queries.timetables import not_at_work
from dialog.appointments.timetable import is_away
from dialog.errors import InvalidInput, NotFound, SlotsOverlap, WrongState, constraints
from dialog.people import queries as people
from dialog.rows import action, once_more_on_deadlock
from dialog.working_days import oslo_day

CHANGED = ["type", "period", "released_at", "withdrawn_at", "withdrawn_because"]


class NotTheirs(InvalidInput):
    """A time that is somebody else's already."""

    sentence = _("En av timene har en id som er brukt av en annen timebok. Ingenting er endret.")


@once_more_on_deadlock
@action
def offer_times(
    *,
    by: Actor,
    practitioner: UUID,
    times: Sequence[OfferedTime],
    first: datetime,
    until: datetime,
) -> Published:
    """Make a practitioner's free times between two moments what the record system says they are.

    What somebody has, and what the office has taken back by hand, stays as it is; days on which
    the practitioner does not work here have none.
    """
    now = timezone.now()
    said = in_order(times, first, until, now)
    schedule = _timebook(by, practitioner)
    off = not_at_work(schedule.practitioner_id)
    wanted = [one for one in said if not is_away(off, oslo_day(one.starts))]
    there = _there(schedule, wanted, max(first, now), until)
    taken = taken_among(there)
    fixed = [one for one in there.values() if one.id in taken]
    types = _types(schedule, wanted)
    new, changed = _sorted_out(schedule, wanted, there, fixed, types)
    keep = {one.id for one in wanted} | taken
    stale = [one for one in there.values() if one.withdrawn_at is None and one.id not in keep]
    # Those that change are out of the way first: two of them may have changed places.
    withdraw((one.id for one in [*stale, *changed]), now, Withdrawn.ELSEWHERE)
    came = len(new) + sum(one.withdrawn_at is not None for one in changed)
    for one in changed:
        one.withdrawn_at, one.withdrawn_because = None, ""
    with constraints(slot_overlaps_slot=SlotsOverlap, appointments_slot_pkey=NotTheirs):
        Slot.objects.bulk_update(changed, CHANGED, batch_size=500)
        Slot.objects.bulk_create(new)
    result = Published(added=came, withdrawn=len(stale))
    if new or stale or changed:
        tell(by, schedule, result)
    return result


def _timebook(by: Actor, practitioner: UUID) -> Schedule:
    if by.side is not Side.PRACTICE:
        raise NotFound
    known = {one.uuid: one.id for one in people.clinicians_of_practice(by)}
    if practitioner not in known:
        raise NotFound
    schedule = made_and_locked(by, known[practitioner])
    if not schedule.confirmed_elsewhere:
        raise WrongState(_("Timene i denne timeboken bestemmes her, ikke i journalsystemet."))
    return schedule


def _there(
    schedule: Schedule, wanted: Iterable[OfferedTime], first: datetime, until: datetime
) -> dict[UUID, Slot]:
    """What is known here of these days or under these ids, locked; NotTheirs when an id is
    another timebook's.
    """
    in_window = Slot.objects.filter(
        schedule=schedule, starts__gte=first, starts__lt=until, withdrawn_at__isnull=True
    )
    named = Slot.objects.filter(id__in=[one.id for one in wanted])
    found = list((in_window | named).select_for_update().order_by("id"))
    if any(one.schedule_id != schedule.id for one in found):
        raise NotTheirs(field="times")
    return {one.id: one for one in found}


def _sorted_out(
    schedule: Schedule,
    wanted: Iterable[OfferedTime],
    there: dict[UUID, Slot],
    fixed: Iterable[Slot],
    types: dict[Kind, int],
) -> tuple[list[Slot], list[Slot]]:
    """What comes, and what is there already but otherwise than it is said now."""
    new, changed = [], []
    in_the_way = [one for one in fixed if one.withdrawn_at is None]
    untouched = {one.id for one in fixed}
    for time in wanted:
        if any(
            one.period.lower < time.ends and time.starts < one.period.upper for one in in_the_way
        ):
            continue
        slot = there.get(time.id)
        if time.id in untouched or (slot and slot.withdrawn_because == Withdrawn.BY_HAND):
            continue
        period, type_id = DateTimeTZRange(time.starts, time.ends), types[time.kind]
        if slot is None:
            new.append(
                Slot(
                    id=time.id,
                    practice_id=schedule.practice_id,
                    schedule=schedule,
                    type_id=type_id,
                    period=period,
                )
            )
        elif (slot.period, slot.type_id, slot.withdrawn_at) != (period, type_id, None):
            slot.period, slot.type_id, slot.released_at = period, type_id, None
            changed.append(slot)
    return new, changed


def _types(schedule: Schedule, wanted: Iterable[OfferedTime]) -> dict[Kind, int]:
    """The types of these times; one the practitioner lacks is made. One the office has stopped
    using is found again, and stays out of use.
    """
    whose = schedule.practitioner
    own = AppointmentType.objects.filter(
        practice_id=schedule.practice_id, practitioner_id=schedule.practitioner_id
    )
    shared = AppointmentType.objects.filter(
        practice_id=schedule.practice_id, practitioner__isnull=True, profession=whose.profession
    )
    known: dict[Kind, int] = {}
    for one in (own | shared).order_by("active", "id"):
        known[_kind(one)] = one.id
    for time in wanted:
        if time.kind not in known:
            known[time.kind] = _made(schedule, time).id
    return known


def _kind(one: AppointmentType) -> Kind:
    meetings = frozenset(MeetingType(each) for each in one.meetings)
    return Kind(name=one.name.strip().casefold(), meetings=meetings)


def _made(schedule: Schedule, time: OfferedTime) -> AppointmentType:
    return AppointmentType.objects.create(
        practice_id=schedule.practice_id,
        practitioner_id=schedule.practitioner_id,
        profession=schedule.practitioner.profession,
        name=time.type_name.strip(),
        meetings=[one for one in MeetingType if one in time.meetings],
        minutes=time.minutes,
        instructions=time.instructions.strip(),
    )
