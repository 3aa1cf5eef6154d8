"""Free times for a patient: what may be taken now, on the list they are on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments import texts
from dialog.appointments.models import Schedule, Slot
from dialog.appointments.policy import MeetingType
from dialog.appointments.queries.rules import free_until, open_since, open_until, rules_of
from dialog.appointments.queries.slots import (
    FreeDay,
    FreeSlot,
    Open,
    TypeView,
    bounds,
    by_day,
    free,
    nearest,
    types_of,
    within,
)
from dialog.conversations import queries as conversations
from dialog.conversations import tariff
from dialog.conversations.policy import Feature
from dialog.errors import NotFound, ServiceOff, SlotTaken
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.statements import ask, ask_one
from dialog.working_days import oslo_day

A_MOMENT = timedelta(microseconds=1)
NEAR = timedelta(days=14)
WANTED = """
SELECT slot.starts, type.meetings, schedule.practitioner_id FROM appointments_slot AS slot
JOIN appointments_appointmenttype AS type ON type.id = slot.type_id
JOIN appointments_schedule AS schedule ON schedule.id = slot.schedule_id WHERE slot.id = %s
"""
OPENED = """
SELECT id, practitioner_id, lead_minutes, horizon_days FROM appointments_schedule
WHERE practitioner_id = ANY (%s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How a patient may get a time on the list they are on (R62).

    ``direct``: pick a free time; ``asking``: ask in words. Neither: ring the office.
    """

    owner: people.ListOwner
    asking: bool
    direct: bool
    notice: str
    reason: str
    until: datetime | None
    answer_days: int
    types: Mapping[int, TypeView]

    @property
    def meetings(self) -> tuple[MeetingType, ...]:
        """How one may meet somebody here."""
        ways = {each for one in self.types.values() for each in one.meetings}
        return tuple(each for each in MeetingType if each in ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSlot:
    """A free time somebody is about to take: until when it can be given back, and what then.

    ``confirmed_elsewhere``: it is nobody's before the record system has said yes.
    """

    slot: FreeSlot
    free_until: datetime | None
    late_fee: int
    confirmed_elsewhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A published time, free or not: when it is, with whom, and how one may meet there."""

    starts: datetime
    meetings: frozenset[MeetingType]
    practitioner_id: int


def booking_door(by: Actor) -> Door:
    """What this patient's list offers: free times to pick, asking in words, both or neither."""
    owner = _list_of(by)
    services = conversations.services_for(by, owner.list_id)
    asking, direct = services[Feature.APPOINTMENT], services[Feature.DIRECT_BOOKING]
    told = asking if not asking.on else direct
    return Door(
        owner=owner,
        asking=asking.on,
        direct=asking.on and direct.on,
        notice=asking.notice,
        reason=told.reason,
        until=told.until,
        answer_days=asking.answer_days,
        types=types_of(owner.office.id),
    )


def free_slots(
    by: Actor,
    *,
    meeting: MeetingType | None = None,
    practitioner: UUID | None = None,
    first: date | None = None,
    days: int | None = None,
) -> list[FreeDay]:
    """The times this patient may take now, by day; ServiceOff when times cannot be picked (R62).

    ``first`` and ``days`` narrow which days are shown; days without free times are left out.
    """
    since, until = bounds(first, days)
    return by_day(_free_between(by, _list_of(by), since, until, practitioner, meeting))


def first_of_each_kind(by: Actor) -> list[FreeSlot]:
    """The first free time of each type with each person."""
    return _free_between(by, _list_of(by), only_first=True)


def wanted_slot(slot_id: UUID) -> Wanted | None:
    """A time somebody has asked for, whether it can be had or not; None where there never was."""
    found = ask_one(WANTED, slot_id)
    if found is None:
        return None
    starts, meetings, practitioner_id = found
    ways = frozenset(MeetingType(each) for each in meetings)
    return Wanted(starts=starts, meetings=ways, practitioner_id=practitioner_id)


def slot_for(by: Actor, slot_id: UUID) -> ChosenSlot:
    """A time this patient may take now, and the last moment it could be given back for nothing;
    SlotTaken when it was there, but is not any more.
    """
    owner = _list_of(by)
    wanted = _published(slot_id)
    if wanted is None or wanted.schedule.practice_id != owner.office.id:
        raise NotFound
    starts = wanted.period.lower
    left = _free_between(by, owner, starts, starts + A_MOMENT, wanted.schedule.practitioner.uuid)
    found = next((slot for slot in left if slot.id == slot_id), None)
    if found is None and not wanted.schedule.practitioner.bookable:
        raise SlotTaken(texts.ONLY_THE_OFFICE_GIVES)
    if found is None:
        raise SlotTaken
    return _chosen(owner, wanted.schedule, found)


def _published(slot_id: UUID) -> Slot | None:
    slots = Slot.objects.select_related("schedule__practitioner", "type")
    return slots.filter(id=slot_id).first()


def _chosen(owner: people.ListOwner, schedule: Schedule, slot: FreeSlot) -> ChosenSlot:
    until = free_until(rules_of(schedule), slot.starts, people.closing_days(owner.office.id))
    doctor = schedule.practitioner.profession == Profession.DOCTOR
    fee = tariff.no_show_fee(oslo_day(slot.starts), schedule.practitioner.specialist).amount
    return ChosenSlot(
        slot=slot,
        free_until=until,
        late_fee=fee if doctor and until else 0,
        confirmed_elsewhere=schedule.confirmed_elsewhere,
    )


def nearest_alternatives(
    by: Actor, wanted: Wanted | None, *, door: Door | None = None, most: int = 6
) -> list[FreeSlot]:
    """The free times most like one that was just taken: same kind, same person, near in time
    (R63); none where times cannot be picked. ``door`` is this patient's, when it is known already.
    """
    if wanted is None:
        raise NotFound
    starts, person = wanted.starts, wanted.practitioner_id
    door = door or booking_door(by)
    if not door.direct:
        return []
    types = {key: one for key, one in door.types.items() if one.bookable}
    like = {key: one for key, one in types.items() if wanted.meetings & one.meetings}
    opened = _opened(door.owner.list_id, None)
    same = [one for one in opened if one.whose.id == person]
    alike = partial(nearest, like=like, person=person, to=starts, most=most)
    found = alike(within(same, starts - NEAR, starts + NEAR), like)
    # Only where there are too few of them the whole calendar is worth reading.
    found = found if len(found) == most else alike(opened, types)
    return sorted(found, key=lambda one: one.starts)


def _free_between(
    by: Actor,
    owner: people.ListOwner,
    since: datetime | None = None,
    until: datetime | None = None,
    practitioner: UUID | None = None,
    meeting: MeetingType | None = None,
    *,
    only_first: bool = False,
) -> list[FreeSlot]:
    services = conversations.services_for(by, owner.list_id)
    if not (services[Feature.APPOINTMENT].on and services[Feature.DIRECT_BOOKING].on):
        raise ServiceOff
    types = types_of(owner.office.id, bookable=True, meeting=meeting)
    opened = within(_opened(owner.list_id, practitioner), since, until)
    return free(opened, types, released_by=timezone.now(), only_first=only_first)


def _list_of(by: Actor) -> people.ListOwner:
    owner = people.list_of(by.patient) if by.side is Side.PATIENT else None
    if owner is None:
        raise conversations.on_no_list(by.patient)
    return owner


def _opened(list_id: int, practitioner: UUID | None) -> list[Open]:
    now = timezone.now()
    clinicians = {
        one.id: one
        for one in people.clinicians_for_list(list_id)
        if practitioner is None or one.uuid == practitioner
    }
    return [
        Open(
            schedule_id=schedule_id,
            whose=clinicians[practitioner_id],
            since=open_since(lead_minutes, now),
            until=open_until(horizon_days, now),
        )
        for schedule_id, practitioner_id, lead_minutes, horizon_days in ask(
            OPENED, list(clinicians)
        )
    ]
