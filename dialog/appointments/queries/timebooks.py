"""A timebook as those who keep it see it, and what would collide with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.models import (
    Appointment,
    AppointmentType,
    Schedule,
    Slot,
)
from dialog.appointments.policy import (
    LONGEST_HORIZON_DAYS,
    TO_COME,
    BookingRules,
    ExceptionKind,
    may_open_times,
)
from dialog.appointments.queries.rules import rules_of
from dialog.appointments.queries.slots import TypeView, type_view
from dialog.appointments.queries.timetables import absences, busy_between, not_at_work
from dialog.appointments.queries.views import SHOWN, AppointmentView, appointment_view
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.working_days import oslo_day

AHEAD = timedelta(days=LONGEST_HORIZON_DAYS)
Periods = list[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """Weekly hours; ``until`` is the first day they are no longer offered."""

    uuid: UUID
    weekday: int
    starts: time
    ends: time
    pause_minutes: int
    type: TypeView
    since: date
    until: date | None
    release_days: int | None
    release_clock: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionView:
    """Days that differ from the week, first and last included."""

    uuid: UUID
    kind: ExceptionKind
    first: date
    last: date
    starts: time | None
    ends: time | None
    type_name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """A calendar file that busy times came from."""

    id: UUID
    name: str
    imported_at: datetime
    periods: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timebook:
    """Everything that says which times a practitioner offers; ``first`` is the day on which they
    begin here, where it is to come, and ``last`` their last one, where it is said.
    """

    practitioner: people.Clinician
    first: date | None
    last: date | None
    own: bool
    handed_over: bool
    confirmed_elsewhere: bool
    may_open_times: bool
    may_keep_types: bool
    rules: BookingRules
    hours: tuple[HoursView, ...]
    exceptions: tuple[ExceptionView, ...]
    imports: tuple[ImportView, ...]
    types: tuple[TypeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPreview:
    """What importing a calendar would do: busy times, free times that go, bookings that stay."""

    periods: tuple[tuple[datetime, datetime], ...]
    blocked: tuple[tuple[datetime, datetime], ...]
    collisions: tuple[AppointmentView, ...]


def clinician_for(by: Actor, practitioner: UUID, *, retired: bool = False) -> people.Clinician:
    """Somebody with a timebook at the actor's practice, if asked a closed one; a stranger's is not
    found.
    """
    for one in people.clinicians_of_practice(by, retired=retired):
        if one.uuid == practitioner and by.side is Side.PRACTICE:
            return one
    raise NotFound


def timebook(by: Actor, practitioner: UUID) -> Timebook:
    """A practitioner's timebook, also before anything has been put in it."""
    whose = clinician_for(by, practitioner)
    schedule = Schedule.objects.filter(practitioner_id=whose.id).first()
    doctor = whose.profession is Profession.DOCTOR
    handed_over = schedule is not None and schedule.handed_over
    first, last = _days_at_work(whose.id)
    return Timebook(
        practitioner=whose,
        first=first,
        last=last,
        own=doctor and by.practitioner_id == whose.id,
        handed_over=handed_over,
        confirmed_elsewhere=schedule is not None and schedule.confirmed_elsewhere,
        may_open_times=may_open_times(by, whose.id, doctor=doctor, handed_over=handed_over),
        may_keep_types=may_open_times(by, whose.id, doctor=doctor),
        rules=rules_of(schedule) if schedule else BookingRules(),
        hours=_hours(schedule) if schedule else (),
        exceptions=_exceptions(schedule) if schedule else (),
        imports=_imports(schedule) if schedule else (),
        types=tuple(type_view(one) for one in _types_of(by, whose)),
    )


def _days_at_work(practitioner_id: int) -> tuple[date | None, date | None]:
    off, today = people.days_off(practitioner_id), people.today()
    first = next((until for since, until in off if since <= today < until < date.max), None)
    left = next((since for since, until in off if until == date.max), today)
    return first, left - timedelta(days=1) if left > today else None


def _types_of(by: Actor, whose: people.Clinician) -> Iterable[AppointmentType]:
    types = AppointmentType.objects.filter(
        practice_id=by.practice, active=True, profession=whose.profession
    )
    return (
        types.filter(practitioner_id=whose.id) | types.filter(practitioner__isnull=True)
    ).order_by("id")


def _hours(schedule: Schedule) -> tuple[HoursView, ...]:
    rows = schedule.weekly_hours.select_related("type").order_by("weekday", "starts")
    return tuple(
        HoursView(
            uuid=one.uuid,
            weekday=one.weekday,
            starts=one.starts,
            ends=one.ends,
            pause_minutes=one.pause_minutes,
            type=type_view(one.type),
            since=one.period.lower,
            until=one.period.upper,
            release_days=one.release_days,
            release_clock=one.release_clock,
        )
        for one in rows
        if one.period.upper is None or one.period.upper > people.today()
    )


def _exceptions(schedule: Schedule) -> tuple[ExceptionView, ...]:
    rows = schedule.exceptions.select_related("type").filter(days__endswith__gt=people.today())
    return tuple(
        ExceptionView(
            uuid=one.uuid,
            kind=ExceptionKind(one.kind),
            first=one.days.lower,
            last=one.days.upper - timedelta(days=1),
            starts=one.starts,
            ends=one.ends,
            type_name=one.type.name if one.type else "",
            note=one.note,
        )
        for one in rows.order_by("days")
    )


def _imports(schedule: Schedule) -> tuple[ImportView, ...]:
    return tuple(
        ImportView(
            id=one.id,
            name=one.name,
            imported_at=one.imported_at,
            periods=one.busy_periods.count(),
        )
        for one in schedule.imports.order_by("-imported_at")
    )


def collisions(by: Actor, practitioner: UUID) -> list[AppointmentView]:
    """What patients have been given on times when the practitioner is away or busy, or does not
    work here; nothing of this is ever cancelled by itself.
    """
    whose = clinician_for(by, practitioner, retired=True)
    schedule = Schedule.objects.filter(practitioner_id=whose.id).first()
    if schedule is None:
        return []
    now = timezone.now()
    in_the_way = busy_between(schedule, now, now + AHEAD) + _away(schedule, now)
    return _overlapping(by, whose, in_the_way)


def _away(schedule: Schedule, now: datetime) -> Periods:
    first = oslo_day(now)
    days = [first + timedelta(days=n) for n in range(AHEAD.days)]
    away = absences(schedule.exceptions.filter(kind=ExceptionKind.AWAY))
    away += not_at_work(schedule.practitioner_id)
    return [period for one in away for day in days if (period := one.period(day))]


def _overlapping(by: Actor, whose: people.Clinician, periods: Periods) -> list[AppointmentView]:
    to_come = Appointment.objects.filter(
        practitioner_id=whose.id, status__in=TO_COME, starts__gt=timezone.now()
    ).select_related(*SHOWN)
    ordered = sorted(periods)
    return [
        appointment_view(by, one)
        for one in to_come.order_by("starts")
        if _hit((one.period.lower, one.period.upper), ordered)
    ]


def _hit(period: tuple[datetime, datetime], others: Periods) -> bool:
    return any(starts < period[1] and period[0] < ends for starts, ends in others)


def preview_calendar(by: Actor, practitioner: UUID, data: bytes) -> CalendarPreview:
    """What importing this file would block; BrokenCalendar says what is wrong with it."""
    from dialog.appointments.calendar_file import busy_periods  # slow to load

    whose = clinician_for(by, practitioner)
    now = timezone.now()
    periods = [(one.starts, one.ends) for one in busy_periods(data, since=now, until=now + AHEAD)]
    slots = Slot.objects.filter(
        schedule__practitioner_id=whose.id, withdrawn_at__isnull=True, starts__gt=now
    ).order_by("starts")
    published = [(one.lower, one.upper) for one in slots.values_list("period", flat=True)]
    return CalendarPreview(
        periods=tuple(periods),
        blocked=tuple(one for one in published if _hit(one, periods)),
        collisions=tuple(_overlapping(by, whose, periods)),
    )
