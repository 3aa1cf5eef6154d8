"""What a timebook says should be published: its rows, laid out as times."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dialog.appointments import timetable
from dialog.appointments.models import (
    BusyPeriod,
    Schedule,
    ScheduleException,
    WeeklyHours,
)
from dialog.appointments.policy import ExceptionKind
from dialog.people import queries as people
from dialog.working_days import day_bounds


def wanted_times(schedule: Schedule, first: date, last: date) -> list[timetable.Time]:
    """The times a timebook says from one day to another, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    exceptions = list(schedule.exceptions.select_related("type"))
    return timetable.times(
        days,
        weekly=[weekly_hours(schedule, one) for one in _hours(schedule)],
        extra=[
            timetable.Extra(day=day, hours=hours)
            for one in exceptions
            if (hours := _extra(schedule, one)) is not None
            for day in _days(one)
        ],
        away=absences(exceptions) + not_at_work(schedule.practitioner_id),
        busy=busy_between(schedule, day_bounds(first)[0], day_bounds(last)[1]),
        closed=people.closing_days(schedule.practice_id),
    )


def _hours(schedule: Schedule) -> Iterable[WeeklyHours]:
    return schedule.weekly_hours.filter(type__active=True).select_related("type")


def weekly_hours(schedule: Schedule, one: WeeklyHours) -> timetable.Weekly:
    """Weekly hours as the timetable reads them, with a release of their own or the timebook's."""
    said = one if one.release_days is not None else schedule
    return timetable.Weekly(
        weekday=one.weekday,
        hours=timetable.Hours(
            starts=one.starts,
            ends=one.ends,
            type_id=one.type_id,
            minutes=one.type.minutes,
            pause=one.pause_minutes,
            release_days=said.release_days,
            release_clock=said.release_clock,
        ),
        since=one.period.lower or date.min,
        until=one.period.upper,
    )


def _extra(schedule: Schedule, one: ScheduleException) -> timetable.Hours | None:
    if one.type is None or not one.type.active or one.starts is None or one.ends is None:
        return None
    return timetable.Hours(
        starts=one.starts,
        ends=one.ends,
        type_id=one.type.id,
        minutes=one.type.minutes,
        pause=one.pause_minutes,
        release_days=schedule.release_days,
        release_clock=schedule.release_clock,
    )


def _days(one: ScheduleException) -> list[date]:
    return [
        one.days.lower + timedelta(days=n) for n in range((one.days.upper - one.days.lower).days)
    ]


def absences(exceptions: Iterable[ScheduleException]) -> list[timetable.Away]:
    """When somebody is away."""
    return [
        timetable.Away(since=one.days.lower, until=one.days.upper, starts=one.starts, ends=one.ends)
        for one in exceptions
        if one.kind == ExceptionKind.AWAY
    ]


def not_at_work(practitioner_id: int) -> list[timetable.Away]:
    """When somebody does not work here: before their first day, and after their last."""
    return [
        timetable.Away(since=since, until=until)
        for since, until in people.days_off(practitioner_id)
    ]


def busy_between(
    schedule: Schedule, since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """When imported calendars say that somebody is busy."""
    periods = BusyPeriod.objects.filter(schedule=schedule, period__overlap=(since, until))
    return [(one.lower, one.upper) for one in periods.values_list("period", flat=True)]
