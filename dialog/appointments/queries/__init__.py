"""Reading appointments: free times, one's own, and the practice's calendar."""

from dialog.appointments.queries.asking import (
    Question,
    Standing,
    open_questions,
    question,
    standings,
)
from dialog.appointments.queries.at_work import LeftBehind, left_behind, to_come_with
from dialog.appointments.queries.calendar import (
    CalendarDay,
    Entry,
    EntryKind,
    calendars,
    day_view,
    week_view,
)
from dialog.appointments.queries.coming import Coming, booked_between
from dialog.appointments.queries.doors import (
    Mine,
    appointment_for,
    appointment_in,
    appointment_row,
    calendar_entry,
    my_appointments,
    pending_at,
    taken_by,
)
from dialog.appointments.queries.free import (
    ChosenSlot,
    Door,
    Wanted,
    booking_door,
    first_of_each_kind,
    free_slots,
    nearest_alternatives,
    slot_for,
    wanted_slot,
)
from dialog.appointments.queries.instead import Instead, econsultation_instead
from dialog.appointments.queries.near import days_near
from dialog.appointments.queries.office import office_slots, suggestions
from dialog.appointments.queries.slots import FreeDay, FreeSlot, TypeView
from dialog.appointments.queries.timebooks import (
    CalendarPreview,
    ExceptionView,
    HoursView,
    ImportView,
    Timebook,
    clinician_for,
    collisions,
    preview_calendar,
    timebook,
)
from dialog.appointments.queries.views import AppointmentView

__all__ = [
    "AppointmentView",
    "CalendarDay",
    "CalendarPreview",
    "ChosenSlot",
    "Coming",
    "Door",
    "Entry",
    "EntryKind",
    "ExceptionView",
    "FreeDay",
    "FreeSlot",
    "HoursView",
    "ImportView",
    "Instead",
    "LeftBehind",
    "Mine",
    "Question",
    "Standing",
    "Timebook",
    "TypeView",
    "Wanted",
    "appointment_for",
    "appointment_in",
    "appointment_row",
    "booked_between",
    "booking_door",
    "calendar_entry",
    "calendars",
    "clinician_for",
    "collisions",
    "day_view",
    "days_near",
    "econsultation_instead",
    "first_of_each_kind",
    "free_slots",
    "left_behind",
    "my_appointments",
    "nearest_alternatives",
    "office_slots",
    "open_questions",
    "pending_at",
    "preview_calendar",
    "question",
    "slot_for",
    "standings",
    "suggestions",
    "taken_by",
    "timebook",
    "to_come_with",
    "wanted_slot",
    "week_view",
]
