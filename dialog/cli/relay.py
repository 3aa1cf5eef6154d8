"""Pay what the ledger owes, seal what is written in it, and do the day's chores, until stopped.

As many as you like may run at the same time.
"""

from argparse import ArgumentParser, Namespace

from dialog.appointments.chores import (
    expire_offers,
    forget_what_was_asked,
    let_unanswered_go,
    top_up,
)
from dialog.breaches.chores import forget_old_breaches, remind_of_clocks
from dialog.cli.readiness import ready_to_forget, ready_to_seal
from dialog.conversations.chores import (
    erase_what_is_past_its_time,
    forget_unsent_files,
    remind,
    remind_of_tasks,
)
from dialog.identity.chores import forget_old_sessions
from dialog.interop.chores import ask_after_receipts, handle_what_was_kept
from dialog.interop.forgetting import forget_bytes
from dialog.interop.offering import publish_what_changed
from dialog.ledger.ports import seal_heads, seal_keys
from dialog.ledger.relay import Relay
from dialog.ledger.sealer import Sealer
from dialog.notifications.chores import forget_attempts, remind_of_tomorrow
from dialog.oversight.chores import (
    follow_up_the_log,
    forget_erased_offices,
    forget_what_was_unusual,
)
from dialog.people.chores import (
    ask_about_contact,
    ask_about_lists,
    ask_about_personnel,
    shut_timebooks,
)

CHORES = (
    remind,
    remind_of_tasks,
    forget_unsent_files,
    erase_what_is_past_its_time,
    expire_offers,
    let_unanswered_go,
    top_up,
    forget_what_was_asked,
    remind_of_tomorrow,
    forget_attempts,
    forget_old_sessions,
    ask_after_receipts,
    handle_what_was_kept,
    forget_bytes,
    publish_what_changed,
    shut_timebooks,
    ask_about_contact,
    ask_about_personnel,
    remind_of_clocks,
    forget_old_breaches,
    ask_about_lists,
    follow_up_the_log,
    forget_what_was_unusual,
    forget_erased_offices,
)


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    """Work until told to stop."""
    ready_to_seal()
    ready_to_forget()
    Relay(CHORES, Sealer(seal_keys(), seal_heads())).run()
    return 0
