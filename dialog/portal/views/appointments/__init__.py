"""Bestill time: pick a free time or ask for one; answer, move, cancel; one's own times."""

from dialog.portal.views.appointments.cancelling import cancel
from dialog.portal.views.appointments.changes import (
    accept,
    another,
    calendar,
    decline,
    move,
    moved,
)
from dialog.portal.views.appointments.choose import book, free
from dialog.portal.views.appointments.mine import mine
from dialog.portal.views.appointments.panel import panel
from dialog.portal.views.appointments.wish import wish

__all__ = [
    "accept",
    "another",
    "book",
    "calendar",
    "cancel",
    "decline",
    "free",
    "mine",
    "move",
    "moved",
    "panel",
    "wish",
]
