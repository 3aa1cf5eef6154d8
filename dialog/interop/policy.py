"""What can become of a national message, on its way out and on its way in."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Direction(StrEnum):
    """Which way a message goes, seen from here."""

    IN = "in"
    OUT = "out"


class State(StrEnum):
    """How far it has come.

    In: ``stored`` is kept and not yet understood, ``handled`` and ``refused`` are answered,
    ``repeated`` came before and is answered as then, ``parked`` is a fault of ours that a person
    must look at. Out: ``sent`` is on the bus, ``received`` and ``rejected`` are what the receipt
    says, ``unanswered`` has waited too long for one.
    """

    STORED = "stored"
    HANDLED = "handled"
    REFUSED = "refused"
    REPEATED = "repeated"
    PARKED = "parked"
    SENT = "sent"
    RECEIVED = "received"
    REJECTED = "rejected"
    UNANSWERED = "unanswered"


STATES: Mapping[Direction, frozenset[State]] = {
    Direction.IN: frozenset(
        {State.STORED, State.HANDLED, State.REFUSED, State.REPEATED, State.PARKED}
    ),
    Direction.OUT: frozenset({State.SENT, State.RECEIVED, State.REJECTED, State.UNANSWERED}),
}

MOST_TRIES = 10  # what the national bus allows before a message is parked

# A receipt is asked for again as the message itself, and then a person is told (R243-R245).
RECEIPT_WAITS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))


def next_wait(asked: int) -> timedelta | None:
    """How long to wait for a receipt after so many times sent; None when a person must look."""
    return RECEIPT_WAITS[asked - 1] if 0 < asked <= len(RECEIPT_WAITS) else None
