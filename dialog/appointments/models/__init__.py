"""Timebooks and what fills them: hours, busy periods, published times, and appointments; and what
record systems were asked.
"""

from dialog.appointments.models.appointments import Appointment
from dialog.appointments.models.asking import TimesAsked
from dialog.appointments.models.timebooks import (
    AppointmentType,
    BusyPeriod,
    CalendarImport,
    ConfirmingPractice,
    Schedule,
    ScheduleException,
    Slot,
    WeeklyHours,
)

__all__ = [
    "Appointment",
    "AppointmentType",
    "BusyPeriod",
    "CalendarImport",
    "ConfirmingPractice",
    "Schedule",
    "ScheduleException",
    "Slot",
    "TimesAsked",
    "WeeklyHours",
]
