"""Keeping a timebook: its rules, weekly hours and exceptions.

Every change brings what is published up to date at once.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments import texts
from dialog.appointments.actions.publishing import (
    Published,
    bring_up_to_date,
    timebook_to_change,
)
from dialog.appointments.events import TimebookChanged
from dialog.appointments.models import (
    AppointmentType,
    Schedule,
    ScheduleException,
    WeeklyHours,
)
from dialog.appointments.policy import (
    LONGEST_HORIZON_DAYS,
    BookingRules,
    ExceptionKind,
)
from dialog.appointments.queries.timetables import not_at_work
from dialog.appointments.timetable import is_away
from dialog.errors import InvalidInput, NotAllowed, NotFound, SlotsOverlap, constraints
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action


@action
def set_rules(*, by: Actor, practitioner: UUID, rules: BookingRules) -> Published:
    """Say when times can be taken, and until when they can be given back (R85)."""
    schedule = timebook_to_change(by, practitioner)
    if not 1 <= rules.horizon_days <= LONGEST_HORIZON_DAYS:
        raise InvalidInput(_("Velg mellom 1 og 366 dager."), field="horizon_days")
    _must_be_release(rules.release_days, rules.release_clock)
    if rules.cancel_hours is not None and rules.cancel_working_days is not None:
        raise InvalidInput(_("Velg enten timer eller virkedager."), field="cancel_hours")
    schedule.lead_minutes, schedule.horizon_days = rules.lead_minutes, rules.horizon_days
    schedule.release_days, schedule.release_clock = rules.release_days, rules.release_clock
    schedule.most_open = rules.most_open
    schedule.cancel_hours = rules.cancel_hours
    schedule.cancel_working_days = rules.cancel_working_days
    schedule.save()
    return _changed(by, schedule, "rules")


@action
def hand_over_timebook(*, by: Actor, practitioner: UUID, handed_over: bool) -> None:
    """Let those at the desk keep a doctor's timebook, or take it back; the doctor alone says so
    (R84).
    """
    schedule = timebook_to_change(by, practitioner)
    if by.practitioner_id != schedule.practitioner_id:
        raise NotAllowed
    schedule.handed_over = handed_over
    schedule.save(update_fields=["handed_over"])
    _changed(by, schedule, "handed-over" if handed_over else "taken-back")


@action
def add_weekly_hours(
    *,
    by: Actor,
    practitioner: UUID,
    type_uuid: UUID,
    weekdays: Iterable[int],
    starts: time,
    ends: time,
    pause_minutes: int = 0,
    release_days: int | None = None,
    release_clock: time | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Published:
    """Offer times every week on these days, between two clocks, cut to the type's length.

    ``until`` is the first day they are no longer offered.
    """
    schedule = timebook_to_change(by, practitioner)
    kind = _type_of(schedule, type_uuid)
    days = sorted(set(weekdays))
    first = since or people.today()
    _must_fit(kind, starts, ends)
    _must_be_days(days, first, until)
    _must_be_release(release_days, release_clock)
    with constraints(weekly_hours_overlap=SlotsOverlap):
        WeeklyHours.objects.bulk_create(
            WeeklyHours(
                practice_id=schedule.practice_id,
                schedule=schedule,
                type=kind,
                weekday=day,
                starts=starts,
                ends=ends,
                pause_minutes=pause_minutes,
                release_days=release_days,
                release_clock=release_clock,
                period=DateRange(first, until),
            )
            for day in days
        )
    return _changed(by, schedule, "weekly-hours")


def _must_be_days(days: list[int], first: date, until: date | None) -> None:
    if not days or any(not 0 <= day <= 4 for day in days):
        raise InvalidInput(_("Velg minst én ukedag."), field="weekdays")
    if until is not None and until <= first:
        raise InvalidInput(_("Velg en dag etter den første."), field="until")


def _must_be_release(days: int | None, clock: time | None) -> None:
    if (days is None) != (clock is None):
        raise InvalidInput(_("Velg både dager og klokkeslett."), field="release_clock")


def _must_fit(kind: AppointmentType, starts: time, ends: time) -> None:
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    if minutes < kind.minutes:
        raise InvalidInput(_("Det er ikke plass til en time før sluttiden."), field="ends")


@action
def remove_weekly_hours(*, by: Actor, hours_uuid: UUID, from_day: date | None = None) -> Published:
    """Stop offering weekly hours, from today or a later day."""
    found = (
        WeeklyHours.objects.filter(uuid=hours_uuid, practice_id=by.practice)
        .select_related("schedule__practitioner")
        .first()
    )
    if found is None:
        raise NotFound
    schedule = timebook_to_change(by, found.schedule.practitioner.uuid)
    last = max(from_day or people.today(), people.today())
    if found.period.lower >= last:
        found.delete()
    elif found.period.upper is None or found.period.upper > last:
        found.period = DateRange(found.period.lower, last)
        found.save(update_fields=["period"])
    return _changed(by, schedule, "weekly-hours")


@action
def add_absence(
    *,
    by: Actor,
    practitioner: UUID,
    first: date,
    last: date | None = None,
    starts: time | None = None,
    ends: time | None = None,
    note: str = "",
) -> Published:
    """Say that somebody is away: whole days, or the same hours on each of them.

    What patients have booked stays; see ``queries.collisions``.
    """
    schedule = timebook_to_change(by, practitioner)
    final = last or first
    if final < first:
        raise InvalidInput(_("Siste dag må være etter første."), field="last")
    if (starts is None) != (ends is None) or (starts and ends and ends <= starts):
        raise InvalidInput(_("Velg både fra og til, i riktig rekkefølge."), field="ends")
    ScheduleException.objects.create(
        practice_id=schedule.practice_id,
        schedule=schedule,
        kind=ExceptionKind.AWAY,
        days=DateRange(first, final + timedelta(days=1)),
        starts=starts,
        ends=ends,
        note=note,
    )
    return _changed(by, schedule, "absence")


@action
def add_extra_hours(
    *,
    by: Actor,
    practitioner: UUID,
    day: date,
    starts: time,
    ends: time,
    type_uuid: UUID,
    pause_minutes: int = 0,
    note: str = "",
) -> Published:
    """Offer times on one day beside the weekly ones, also when the office is otherwise closed."""
    schedule = timebook_to_change(by, practitioner)
    kind = _type_of(schedule, type_uuid)
    _must_fit(kind, starts, ends)
    if day < people.today():
        raise InvalidInput(_("Velg en dag som ikke har vært."), field="day")
    if is_away(not_at_work(schedule.practitioner_id), day):
        raise InvalidInput(texts.NOT_AT_WORK, field="day")
    ScheduleException.objects.create(
        practice_id=schedule.practice_id,
        schedule=schedule,
        kind=ExceptionKind.EXTRA,
        days=DateRange(day, day + timedelta(days=1)),
        starts=starts,
        ends=ends,
        type=kind,
        pause_minutes=pause_minutes,
        note=note,
    )
    return _changed(by, schedule, "extra-hours")


@action
def remove_exception(*, by: Actor, exception_uuid: UUID) -> Published:
    """Let a day be as the others again."""
    found = (
        ScheduleException.objects.filter(uuid=exception_uuid, practice_id=by.practice)
        .select_related("schedule__practitioner")
        .first()
    )
    if found is None:
        raise NotFound
    schedule = timebook_to_change(by, found.schedule.practitioner.uuid)
    found.delete()
    return _changed(by, schedule, "exception")


def _type_of(schedule: Schedule, type_uuid: UUID) -> AppointmentType:
    found = AppointmentType.objects.filter(
        uuid=type_uuid, practice_id=schedule.practice_id, active=True
    ).first()
    theirs = found is not None and (
        found.practitioner_id in (None, schedule.practitioner_id)
        and found.profession == schedule.practitioner.profession
    )
    if found is None or not theirs:
        raise InvalidInput(_("Velg hva slags time det er."), field="type_uuid")
    return found


def _changed(by: Actor, schedule: Schedule, what: str) -> Published:
    record(
        by,
        TimebookChanged(
            practice_id=schedule.practice_id,
            practitioner_id=schedule.practitioner_id,
            what=what,
        ),
    )
    return bring_up_to_date(by, schedule)
