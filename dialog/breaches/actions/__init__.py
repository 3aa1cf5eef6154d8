"""Keeping the register: one function for each thing somebody who follows up the log can do."""

from dialog.breaches.actions.affected import add_affected, take_out_affected
from dialog.breaches.actions.deciding import add, assess, close, notify, reopen
from dialog.breaches.actions.keeping import forget, read, remind, take_register
from dialog.breaches.actions.registering import draft, register
from dialog.breaches.actions.telling import Sent, note_told, send_letters

__all__ = [
    "Sent",
    "add",
    "add_affected",
    "assess",
    "close",
    "draft",
    "forget",
    "note_told",
    "notify",
    "read",
    "register",
    "remind",
    "reopen",
    "send_letters",
    "take_out_affected",
    "take_register",
]
