"""Free times for a patient: what may be taken now, on the list they are on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.models import Schedule, Slot
from dialog.appointments.policy import MeetingType
from dialog.appointments.queries.rules import free_until, open_since, open_until, rules_of
from dialog.appointments.queries.slots import (
    FreeDay,
    FreeSlot,
    Open,
    by_day,
    free,
    narrowed,
    types_of,
)
from dialog.conversations import queries as conversations
from dialog.conversations import tariff
from dialog.conversations.policy import Feature
from dialog.errors import NotFound, ServiceOff, SlotTaken
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.working_days import oslo_day


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
    meetings: tuple[MeetingType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSlot:
    """A free time somebody is about to take: until when it can be given back, and what then."""

    slot: FreeSlot
    free_until: datetime | None
    late_fee: int


def booking_door(by: Actor) -> Door:
    """What this patient's list offers: free times to pick, asking in words, both or neither."""
    owner = _list_of(by)
    services = conversations.services_of(owner.list_id)
    asking, direct = services[Feature.APPOINTMENT], services[Feature.DIRECT_BOOKING]
    told = asking if not asking.on else direct
    meetings = {each for one in types_of(owner.office.id).values() for each in one.meetings}
    return Door(
        owner=owner,
        asking=asking.on,
        direct=asking.on and direct.on,
        notice=asking.notice,
        reason=told.reason,
        until=told.until,
        answer_days=asking.answer_days,
        meetings=tuple(each for each in MeetingType if each in meetings),
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
    owner = _list_of(by)
    services = conversations.services_of(owner.list_id)
    if not (services[Feature.APPOINTMENT].on and services[Feature.DIRECT_BOOKING].on):
        raise ServiceOff
    types = types_of(owner.office.id, bookable=True, meeting=meeting)
    opened = narrowed(_opened(owner.list_id, practitioner), first, days)
    return by_day(free(opened, types, released_by=timezone.now()))


def slot_for(by: Actor, slot_id: UUID) -> ChosenSlot:
    """A time this patient may take now, and the last moment it could be given back for nothing;
    SlotTaken when it was there, but is not any more.
    """
    for day in free_slots(by):
        for slot in day.slots:
            if slot.id == slot_id:
                return _chosen(by, slot)
    if Slot.objects.filter(id=slot_id, practice_id=_list_of(by).office.id).exists():
        raise SlotTaken
    raise NotFound


def _chosen(by: Actor, slot: FreeSlot) -> ChosenSlot:
    owner = _list_of(by)
    schedule = Schedule.objects.select_related("practitioner").get(
        practitioner_id=slot.practitioner_id
    )
    until = free_until(rules_of(schedule), slot.starts, people.closing_days(owner.office.id))
    doctor = schedule.practitioner.profession == Profession.DOCTOR
    fee = tariff.no_show_fee(oslo_day(slot.starts), schedule.practitioner.specialist).amount
    return ChosenSlot(slot=slot, free_until=until, late_fee=fee if doctor and until else 0)


def nearest_alternatives(by: Actor, slot_id: UUID, *, most: int = 6) -> list[FreeSlot]:
    """The free times most like one that was just taken: same kind, same person, near in time
    (R63).
    """
    wanted = Slot.objects.filter(id=slot_id).select_related("schedule", "type").first()
    if wanted is None:
        raise NotFound
    meetings = {MeetingType(each) for each in wanted.type.meetings}
    left = [slot for day in free_slots(by) for slot in day.slots]
    alike = sorted(
        left,
        key=lambda one: (
            not meetings & one.type.meetings,
            one.practitioner_id != wanted.schedule.practitioner_id,
            abs(one.starts - wanted.period.lower),
        ),
    )
    return sorted(alike[:most], key=lambda one: one.starts)


def _list_of(by: Actor) -> people.ListOwner:
    owner = people.list_of(by.patient) if by.side is Side.PATIENT else None
    if owner is None:
        raise ServiceOff
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
            schedule=one,
            whose=clinicians[one.practitioner_id],
            since=open_since(rules_of(one), now),
            until=open_until(rules_of(one), now),
        )
        for one in Schedule.objects.filter(practitioner_id__in=list(clinicians))
    ]
