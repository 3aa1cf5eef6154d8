"""What the relay looks after from minute to minute: receipts that never came, and messages that
were kept and not handled.
"""

from django.utils import timezone

from dialog.actor import PLATFORM
from dialog.interop.actions import SUBSCRIBER
from dialog.interop.inbound import handle_all
from dialog.interop.models import Transmission
from dialog.interop.policy import Direction, State, next_wait
from dialog.ledger import actions as ledger
from dialog.ledger.queries import Problem
from dialog.rows import seeing

MOST = 500


def ask_after_receipts() -> None:
    """Send again what has no receipt in time; at last a person is told (R243-R245)."""
    with seeing(scope="relay"):
        overdue = Transmission.objects.filter(
            direction=Direction.OUT, state=State.SENT, due_at__lte=timezone.now()
        )
        for one in overdue.select_for_update(skip_locked=True).order_by("due_at")[:MOST]:
            _ask_after(one)


def _ask_after(one: Transmission) -> None:
    if one.entry_id is None:
        return
    if next_wait(one.tries + 1) is None:
        one.state, one.settled_at = State.UNANSWERED, timezone.now()
        ledger.park(
            by=PLATFORM,
            entry_id=one.entry_id,
            subscriber=SUBSCRIBER,
            problem=Problem.UNAVAILABLE,
        )
    else:
        ledger.owe_again(by=PLATFORM, entry_id=one.entry_id, subscriber=SUBSCRIBER)
    one.due_at = None
    one.save(update_fields=["state", "settled_at", "due_at"])


def handle_what_was_kept() -> None:
    """Handle messages that were kept when whoever kept them stopped, or that are due again."""
    with seeing(scope="relay"):
        kept = Transmission.objects.filter(direction=Direction.IN, state=State.STORED)
        due = kept.exclude(due_at__gt=timezone.now())
        senders = set(due.values_list("sender", flat=True)[:MOST])
    for sender in sorted(senders):
        handle_all(sender)
