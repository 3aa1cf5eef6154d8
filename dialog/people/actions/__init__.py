"""Writing people: opening a practice, who works there, whose list a patient is on, who acts for
whom.
"""

from dialog.people.actions.accounts import (
    grant_proxy,
    recognise,
    register_account,
    revoke_proxy,
)
from dialog.people.actions.closing import close_practice
from dialog.people.actions.coming_and_going import (
    lock_access,
    sign_in,
    sign_out,
    sign_out_everywhere,
    unlock_access,
)
from dialog.people.actions.consents import say_yes, take_back_yes
from dialog.people.actions.contact_register import hear_contact, note_contact
from dialog.people.actions.days_and_duties import (
    close_days,
    delegate,
    open_day,
    set_duties,
)
from dialog.people.actions.following import (
    ask_gp_register,
    connect_list,
    follow_gp_register,
    look_after_own_list,
    welcome_patient,
)
from dialog.people.actions.guardians import appoint_guardian, end_acting
from dialog.people.actions.imports import Imported, import_list
from dialog.people.actions.lists import appoint_substitute, change_list, end_substitute, open_list
from dialog.people.actions.looks import LONGEST_REASON, explain_look
from dialog.people.actions.mandates import give_mandate
from dialog.people.actions.members import (
    add_colleague,
    add_member,
    change_days,
    remove_member,
)
from dialog.people.actions.offices import (
    StartedOffice,
    change_practice,
    choose_channel,
    finish_set_up,
    open_practice,
    start_office,
)
from dialog.people.actions.patients import (
    change_contact_details,
    choose_language,
    choose_notification,
    choose_notifications,
    look_up_patient,
    register_patient,
    set_ceiling_card,
)
from dialog.people.actions.personnel import (
    ask_personnel,
    note_professional,
    welcome_professional,
)
from dialog.people.actions.registers import (
    ask_about_both,
    confirm_right,
    hear_whom_to_act_for,
)
from dialog.people.actions.reviewers import set_reviewers
from dialog.people.actions.stays import (
    TakenOn,
    answer_gp_change,
    assign_gp,
    leave_list,
    take_back_gp_change,
    take_on,
)
from dialog.people.actions.timebooks import (
    add_practitioner,
    change_practitioner,
    shut_timebook,
)
from dialog.people.actions.young import choose_own_access

__all__ = [
    "LONGEST_REASON",
    "Imported",
    "StartedOffice",
    "TakenOn",
    "add_colleague",
    "add_member",
    "add_practitioner",
    "answer_gp_change",
    "appoint_guardian",
    "appoint_substitute",
    "ask_about_both",
    "ask_gp_register",
    "ask_personnel",
    "assign_gp",
    "change_contact_details",
    "change_days",
    "change_list",
    "change_practice",
    "change_practitioner",
    "choose_channel",
    "choose_language",
    "choose_notification",
    "choose_notifications",
    "choose_own_access",
    "close_days",
    "close_practice",
    "confirm_right",
    "connect_list",
    "delegate",
    "end_acting",
    "end_substitute",
    "explain_look",
    "finish_set_up",
    "follow_gp_register",
    "give_mandate",
    "grant_proxy",
    "hear_contact",
    "hear_whom_to_act_for",
    "import_list",
    "leave_list",
    "lock_access",
    "look_after_own_list",
    "look_up_patient",
    "note_contact",
    "note_professional",
    "open_day",
    "open_list",
    "open_practice",
    "recognise",
    "register_account",
    "register_patient",
    "remove_member",
    "revoke_proxy",
    "say_yes",
    "set_ceiling_card",
    "set_duties",
    "set_reviewers",
    "shut_timebook",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "start_office",
    "take_back_gp_change",
    "take_back_yes",
    "take_on",
    "unlock_access",
    "welcome_patient",
    "welcome_professional",
]
