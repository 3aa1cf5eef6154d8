"""Writing appointments and timebooks: everything the two sides can do."""

from dialog.appointments.actions.answers import (
    accept_proposal,
    ask_for_another,
    give_time,
    propose_time,
)
from dialog.appointments.actions.asking import (
    ANSWERED,
    ASKED,
    answer_times,
    ask_for_times,
    times_failed,
)
from dialog.appointments.actions.at_work import add_colleague, change_days, remove_member
from dialog.appointments.actions.booking import book_slot, request_appointment
from dialog.appointments.actions.changes import (
    cancel,
    convert,
    decline_proposal,
    expire_offer,
    mark_absent,
    mark_attended,
    move,
    set_aside,
)
from dialog.appointments.actions.confirming import confirm, expire_unanswered, refuse
from dialog.appointments.actions.days import Closed, close_days, open_day
from dialog.appointments.actions.elsewhere import confirm_elsewhere
from dialog.appointments.actions.imports import import_calendar, remove_import
from dialog.appointments.actions.instead import point_to_econsultation
from dialog.appointments.actions.offering import offer_times
from dialog.appointments.actions.publishing import (
    Published,
    publish_slots,
    restore_slot,
    withdraw_slot,
)
from dialog.appointments.actions.timebook import (
    add_absence,
    add_extra_hours,
    add_weekly_hours,
    hand_over_timebook,
    remove_exception,
    remove_weekly_hours,
    set_rules,
)
from dialog.appointments.actions.types import retire_type, save_type

__all__ = [
    "ANSWERED",
    "ASKED",
    "Closed",
    "Published",
    "accept_proposal",
    "add_absence",
    "add_colleague",
    "add_extra_hours",
    "add_weekly_hours",
    "answer_times",
    "ask_for_another",
    "ask_for_times",
    "book_slot",
    "cancel",
    "change_days",
    "close_days",
    "confirm",
    "confirm_elsewhere",
    "convert",
    "decline_proposal",
    "expire_offer",
    "expire_unanswered",
    "give_time",
    "hand_over_timebook",
    "import_calendar",
    "mark_absent",
    "mark_attended",
    "move",
    "offer_times",
    "open_day",
    "point_to_econsultation",
    "propose_time",
    "publish_slots",
    "refuse",
    "remove_exception",
    "remove_import",
    "remove_member",
    "remove_weekly_hours",
    "request_appointment",
    "restore_slot",
    "retire_type",
    "save_type",
    "set_aside",
    "set_rules",
    "times_failed",
    "withdraw_slot",
]
