"""The rules of a timebook as moments: from and until when times are open, and free to give back."""

from datetime import date, datetime, timedelta

from dialog.appointments.models import Schedule
from dialog.appointments.policy import BookingRules
from dialog.working_days import day_bounds, last_free_cancellation, oslo_day


def rules_of(schedule: Schedule) -> BookingRules:
    """The rules a timebook is booked by."""
    return BookingRules(
        lead_minutes=schedule.lead_minutes,
        horizon_days=schedule.horizon_days,
        release_days=schedule.release_days,
        release_clock=schedule.release_clock,
        most_open=schedule.most_open,
        cancel_hours=schedule.cancel_hours,
        cancel_working_days=schedule.cancel_working_days,
    )


def open_since(lead_minutes: int, now: datetime) -> datetime:
    """The earliest a time that can be taken now may begin."""
    return now + timedelta(minutes=lead_minutes)


def open_until(horizon_days: int, now: datetime) -> datetime:
    """Until when times can be taken now: the end of the last day within the horizon."""
    return day_bounds(oslo_day(now) + timedelta(days=horizon_days))[1]


def free_until(rules: BookingRules, starts: datetime, closed: frozenset[date]) -> datetime | None:
    """The last moment a time can be cancelled for nothing; None when it always can (R69)."""
    if rules.cancel_hours is None and rules.cancel_working_days is None:
        return None
    return last_free_cancellation(
        starts,
        hours=rules.cancel_hours,
        working_days=rules.cancel_working_days,
        closed=closed,
    )
