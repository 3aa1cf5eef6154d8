"""Writing conversations: everything the two sides can do that the four services share."""

from dialog.conversations.actions.about import about, must_be_fresh
from dialog.conversations.actions.arriving import note_arrival
from dialog.conversations.actions.copies import take_copy, take_everything, take_log
from dialog.conversations.actions.erasing import decide_erasure, erase
from dialog.conversations.actions.files import keep_file, open_file, take_files
from dialog.conversations.actions.follow_ups import (
    finish_follow_up,
    make_follow_up,
    remind_of_unread,
)
from dialog.conversations.actions.handing_over import erase_office, hand_over
from dialog.conversations.actions.looks import look
from dialog.conversations.actions.mistakes import misfile, recall
from dialog.conversations.actions.news import touch
from dialog.conversations.actions.rights import ask_for_right, decide_right
from dialog.conversations.actions.routing import add_note, assign, flag, keep_from_parents, redirect
from dialog.conversations.actions.services import (
    call_off_pause,
    open_list,
    open_services,
    plan_pause,
    plan_pauses,
    switch_service,
    word_service,
)
from dialog.conversations.actions.starting import start
from dialog.conversations.actions.tasks import (
    finish_task,
    give_task,
    miss_task,
    move_task,
    must_be_doable,
    remind_of_task,
)
from dialog.conversations.actions.turns import (
    close,
    read,
    reply,
    reply_in,
    rest,
    take_turn,
    withdraw,
)

__all__ = [
    "about",
    "add_note",
    "ask_for_right",
    "assign",
    "call_off_pause",
    "close",
    "decide_erasure",
    "decide_right",
    "erase",
    "erase_office",
    "finish_follow_up",
    "finish_task",
    "flag",
    "give_task",
    "hand_over",
    "keep_file",
    "keep_from_parents",
    "look",
    "make_follow_up",
    "misfile",
    "miss_task",
    "move_task",
    "must_be_doable",
    "must_be_fresh",
    "note_arrival",
    "open_file",
    "open_list",
    "open_services",
    "plan_pause",
    "plan_pauses",
    "read",
    "recall",
    "redirect",
    "remind_of_task",
    "remind_of_unread",
    "reply",
    "reply_in",
    "rest",
    "start",
    "switch_service",
    "take_copy",
    "take_everything",
    "take_files",
    "take_log",
    "take_turn",
    "touch",
    "withdraw",
    "word_service",
]
