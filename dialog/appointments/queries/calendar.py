"""A practitioner's calendar as the practice sees it: who, what, free times, and what is in the
way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.appointments import texts
from dialog.appointments.models import Appointment, Schedule, Slot
from dialog.appointments.policy import (
    TO_COME,
    AppointmentStatus,
    ExceptionKind,
    MeetingType,
    Withdrawn,
)
from dialog.appointments.queries.timebooks import clinician_for
from dialog.appointments.queries.timetables import absences, busy_between, not_at_work
from dialog.appointments.timetable import Away
from dialog.people import queries as people
from dialog.working_days import day_bounds, is_working_day, oslo_day

IN_CALENDAR = [
    one
    for one in AppointmentStatus
    if one not in (AppointmentStatus.PROPOSED, AppointmentStatus.CANCELLED)
]


class EntryKind(StrEnum):
    """What stands in a calendar."""

    APPOINTMENT = "appointment"
    FREE = "free"
    WITHDRAWN = "withdrawn"
    BUSY = "busy"
    AWAY = "away"
    NOT_AT_WORK = "not-at-work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a day; the fields of a patient are empty where there is none."""

    kind: EntryKind
    starts: datetime
    ends: datetime
    what: str
    patient_name: str = ""
    patient_born: date | None = None
    conversation_id: UUID | None = None
    slot_id: UUID | None = None
    status: AppointmentStatus | None = None
    status_name: str = ""
    meeting: MeetingType | None = None
    overbooked: bool = False
    collides: bool = False
    hidden_until: datetime | None = None
    begun: bool = False

    @property
    def whole_day(self) -> bool:
        """Whether it takes all of a day, however many hours that day has."""
        return (self.starts, self.ends) == day_bounds(oslo_day(self.starts))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day in order of the clock; ``closed`` when the office does not work."""

    day: date
    closed: bool
    entries: tuple[Entry, ...]

    @property
    def taken(self) -> int:
        """How many appointments there are."""
        return sum(one.kind is EntryKind.APPOINTMENT for one in self.entries)

    @property
    def free(self) -> int:
        """How many published times nobody has taken."""
        return sum(one.kind is EntryKind.FREE for one in self.entries)


def calendars(by: Actor) -> list[people.Clinician]:
    """Whose calendars there are to look at: those in use, and closed ones in which somebody has a
    time to come.
    """
    everybody = people.clinicians_of_practice(by, retired=True)
    closed = [one.id for one in everybody if not one.active]
    left = Appointment.objects.filter(
        practitioner_id__in=closed, status__in=TO_COME, starts__gt=timezone.now()
    )
    waiting = set(left.values_list("practitioner_id", flat=True)) if closed else set()
    return [one for one in everybody if one.active or one.id in waiting]


def day_view(by: Actor, practitioner: UUID, day: date) -> CalendarDay:
    """A practitioner's day."""
    return _days(by, practitioner, [day])[0]


def week_view(by: Actor, practitioner: UUID, day: date) -> list[CalendarDay]:
    """The week a day is in, Monday to Friday, and the weekend when something is on."""
    monday = day - timedelta(days=day.weekday())
    week = _days(by, practitioner, [monday + timedelta(days=n) for n in range(7)])
    return [one for one in week if one.day.weekday() < 5 or one.entries]


def _days(by: Actor, practitioner: UUID, days: list[date]) -> list[CalendarDay]:
    whose = clinician_for(by, practitioner, retired=True)
    since, until = day_bounds(days[0])[0], day_bounds(days[-1])[1]
    schedule = Schedule.objects.filter(practitioner_id=whose.id).first()
    taken = _appointments(whose.id, since, until)
    in_the_way = _in_the_way(schedule, days, since, until) if schedule else []
    free = _slots(schedule, taken, in_the_way, since, until) if schedule else []
    booked = [_booked(one, in_the_way) for one in taken]
    closed = people.closing_days(by.practice)
    on_day: dict[date, list[Entry]] = {day: [] for day in days}
    for entry in sorted([*booked, *free, *in_the_way], key=lambda one: (one.starts, one.kind)):
        on_day.setdefault(oslo_day(max(entry.starts, since)), []).append(entry)
    return [
        CalendarDay(day=day, closed=not is_working_day(day, closed), entries=tuple(on_day[day]))
        for day in days
    ]


def _appointments(practitioner_id: int, since: datetime, until: datetime) -> list[Appointment]:
    return list(
        Appointment.objects.filter(
            practitioner_id=practitioner_id,
            status__in=IN_CALENDAR,
            starts__gte=since,
            starts__lt=until,
        )
        .select_related("type", "patient")
        .order_by("starts")
    )


def _booked(one: Appointment, in_the_way: Iterable[Entry]) -> Entry:
    status = AppointmentStatus(one.status)
    meeting = MeetingType(one.meeting)
    starts, ends = one.period.lower, one.period.upper
    return Entry(
        kind=EntryKind.APPOINTMENT,
        starts=starts,
        ends=ends,
        what=str(texts.MEETING[meeting]),
        patient_name=one.patient.name,
        patient_born=one.patient.born,
        conversation_id=one.conversation_id,
        status=status,
        status_name=str(texts.STATUS_FOR_PRACTICE[status]),
        meeting=meeting,
        overbooked=one.overbooked,
        collides=any(each.starts < ends and starts < each.ends for each in in_the_way),
        begun=starts <= timezone.now(),
    )


def _slots(
    schedule: Schedule,
    taken: Iterable[Appointment],
    in_the_way: Iterable[Entry],
    since: datetime,
    until: datetime,
) -> list[Entry]:
    """Published times nobody has taken, and those taken back by hand, that are still to come."""
    now = timezone.now()
    occupied = [
        (one.period.lower, one.period.upper)
        for one in taken
        if one.status != AppointmentStatus.NOSHOW
    ]
    slots = Slot.objects.filter(
        schedule=schedule, starts__gte=max(since, now), starts__lt=until
    ).exclude(withdrawn_because__in=(Withdrawn.TIMEBOOK, Withdrawn.ELSEWHERE))
    return [
        Entry(
            kind=EntryKind.WITHDRAWN if one.withdrawn_at else EntryKind.FREE,
            starts=one.period.lower,
            ends=one.period.upper,
            what=one.type.name,
            slot_id=one.id,
            hidden_until=one.released_at if one.released_at and one.released_at > now else None,
        )
        for one in slots.select_related("type").order_by("starts")
        if not any(
            starts < one.period.upper and one.period.lower < ends for starts, ends in occupied
        )
    ]


def _in_the_way(
    schedule: Schedule, days: list[date], since: datetime, until: datetime
) -> list[Entry]:
    exceptions = schedule.exceptions.filter(kind=ExceptionKind.AWAY)
    to_come = [day for day in days if day >= people.today()]
    off = not_at_work(schedule.practitioner_id)
    away = _entries(EntryKind.AWAY, absences(exceptions), days)
    away += _entries(EntryKind.NOT_AT_WORK, off, to_come)
    busy = [
        Entry(kind=EntryKind.BUSY, starts=max(starts, since), ends=min(ends, until), what="")
        for starts, ends in busy_between(schedule, since, until)
    ]
    return away + busy


def _entries(kind: EntryKind, away: Iterable[Away], days: Iterable[date]) -> list[Entry]:
    return [
        Entry(kind=kind, starts=period[0], ends=period[1], what="")
        for day in days
        for one in away
        if (period := one.period(day))
    ]
