"""Importing a calendar: when a practitioner is busy, and nothing about with what."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from dialog.actor import Actor
from dialog.appointments.actions.publishing import (
    Published,
    bring_up_to_date,
    timebook_to_change,
)
from dialog.appointments.events import CalendarImported
from dialog.appointments.models import BusyPeriod, CalendarImport, Schedule
from dialog.appointments.policy import LONGEST_HORIZON_DAYS
from dialog.errors import NotFound
from dialog.ledger.actions import record
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.appointments.calendar_file import Busy

AHEAD = timedelta(days=LONGEST_HORIZON_DAYS)


@action
def import_calendar(
    *, by: Actor, practitioner: UUID, name: str, data: bytes, replace: bool = True
) -> CalendarImport:
    """Let an .ics file's busy times block the timebook; ``replace`` what was imported before.

    A file with a fault anywhere is refused whole (BrokenCalendar says line and reason). What
    patients have booked stays; see ``queries.collisions``.
    """
    from dialog.appointments.calendar_file import busy_periods  # slow to load

    schedule = timebook_to_change(by, practitioner)
    now = timezone.now()
    periods = busy_periods(data, since=now, until=now + AHEAD)
    if replace:
        for before in schedule.imports.all():
            _remove(before)
    made = CalendarImport.objects.create(
        practice_id=schedule.practice_id,
        schedule=schedule,
        name=name,
        imported_by_id=by.account_id,
    )
    _keep(made, periods)
    _tell(by, schedule, made.id, len(periods))
    bring_up_to_date(by, schedule)
    return made


def _keep(source: CalendarImport, periods: "Iterable[Busy]") -> None:
    BusyPeriod.objects.bulk_create(
        BusyPeriod(
            practice_id=source.practice_id,
            schedule_id=source.schedule_id,
            source=source,
            period=DateTimeTZRange(one.starts, one.ends),
        )
        for one in periods
    )


@action
def remove_import(*, by: Actor, import_id: UUID) -> Published:
    """Remove what a calendar file brought; its times are free to publish again."""
    found = (
        CalendarImport.objects.filter(id=import_id, practice_id=by.practice)
        .select_related("schedule__practitioner")
        .first()
    )
    if found is None:
        raise NotFound
    schedule = timebook_to_change(by, found.schedule.practitioner.uuid)
    _remove(found)
    _tell(by, schedule, import_id, 0)
    return bring_up_to_date(by, schedule)


def _remove(one: CalendarImport) -> None:
    one.busy_periods.all().delete()
    CalendarImport.objects.filter(id=one.id).delete()


def _tell(by: Actor, schedule: Schedule, import_id: UUID, periods: int) -> None:
    record(
        by,
        CalendarImported(
            practice_id=schedule.practice_id,
            practitioner_id=schedule.practitioner_id,
            import_id=import_id,
            periods=periods,
        ),
    )
