"""Pay what the ledger owes, and do the day's chores, until stopped.

As many as you like may run at the same time.
"""

from argparse import ArgumentParser, Namespace

from dialog.appointments.chores import (
    expire_offers,
    forget_what_was_asked,
    let_unanswered_go,
    top_up,
)
from dialog.conversations.chores import forget_unsent_files, remind, remind_of_tasks
from dialog.identity.chores import forget_old_sessions
from dialog.interop.chores import ask_after_receipts, handle_what_was_kept
from dialog.interop.offering import publish_what_changed
from dialog.ledger.relay import Relay
from dialog.notifications.chores import remind_of_tomorrow

CHORES = (
    remind,
    remind_of_tasks,
    forget_unsent_files,
    expire_offers,
    let_unanswered_go,
    top_up,
    forget_what_was_asked,
    remind_of_tomorrow,
    forget_old_sessions,
    ask_after_receipts,
    handle_what_was_kept,
    publish_what_changed,
)


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    """Work until told to stop."""
    Relay(CHORES).run()
    return 0
