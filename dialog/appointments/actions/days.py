"""The days the office is closed: no time is free on them, and what is booked is told."""

from dataclasses import dataclass
from datetime import date

from dialog.actor import Actor
from dialog.appointments.actions.publishing import bring_up_to_date
from dialog.appointments.models import Appointment, Schedule
from dialog.appointments.policy import OCCUPYING
from dialog.people import actions as people
from dialog.rows import action
from dialog.working_days import day_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How many days were closed, and how many appointments somebody has on them all the same."""

    days: int
    booked: int


@action
def close_days(*, by: Actor, first: date, last: date) -> Closed:
    """Close the practice for a stretch of days; its free times are gone at once, and what is booked
    stays until the office moves or cancels it.
    """
    days = people.close_days(by=by, first=first, last=last)
    _bring_timebooks_up_to_date(by)
    booked = Appointment.objects.filter(
        practice_id=by.practice,
        status__in=OCCUPYING,
        starts__gte=day_bounds(first)[0],
        starts__lt=day_bounds(last)[1],
    )
    return Closed(days=days, booked=booked.count())


@action
def open_day(*, by: Actor, day: date) -> None:
    """Be open after all on a day that was to be closed; its times are free again."""
    people.open_day(by=by, day=day)
    _bring_timebooks_up_to_date(by)


def _bring_timebooks_up_to_date(by: Actor) -> None:
    """As each timebook says itself: nobody decides anything new over it."""
    own = Schedule.objects.filter(practice_id=by.practice).select_related("practitioner")
    for schedule in own.select_for_update(of=("self",)).order_by("id"):
        bring_up_to_date(by, schedule)
