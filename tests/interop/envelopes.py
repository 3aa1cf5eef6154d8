"""Envelopes as tests need them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from dialog.interop.ports import Envelope

FUNCTION = "DIALOG_INNBYGGER_TEST"


def envelope(sender: int = 8141703, receiver: int = 8141704, **other: object) -> Envelope:
    """An envelope to the receiver's async queue, with whatever else is said."""
    made = Envelope(
        message_id=uuid4(),
        function=FUNCTION,
        sender=sender,
        receiver=receiver,
        sent_at=datetime(2026, 5, 15, 9, 20, 30, tzinfo=UTC),
        to=f"{receiver}_async",
    )
    return replace(made, **other)
