"""Messages as they are kept, in and out, and how far each has come."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from dialog.interop.ports import Delivery
from epj.refusal import Refusal
from epj.store import Store


class State(StrEnum):
    """How far a message has come.

    In: ``kept`` and not yet understood, ``taken``, ``refused``, ``repeated``, ``parked`` (our own
    fault). Out: ``due``, then ``sent`` until its receipt says ``received`` or ``rejected``, or
    nobody says anything (``unanswered``); ``done`` where no receipt is waited for; ``complained``
    is an error from the bus; ``parked`` can go nowhere.
    """

    KEPT = "kept"
    TAKEN = "taken"
    REFUSED = "refused"
    REPEATED = "repeated"
    PARKED = "parked"
    DUE = "due"
    SENT = "sent"
    DONE = "done"
    RECEIVED = "received"
    REJECTED = "rejected"
    UNANSWERED = "unanswered"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One message. ``n`` is the number a person uses; ``wire`` the bytes as they came; ``content``
    the XML; ``conversation`` the id of its first message; ``awaits`` whether somebody must answer
    it; ``answers`` the number of the message it answers. Printed, it shows nothing of a patient.
    """

    n: int
    direction: str
    state: str
    code: str
    at: float
    bus_id: str
    function: str
    sender: int
    receiver: int
    agreement: str
    wire: bytes = field(repr=False)
    content: bytes = field(repr=False)
    digest: bytes = field(repr=False)
    message_id: str
    conversation: str
    sent: str
    patient: str = field(repr=False)
    process: str
    name: str
    wants_receipt: int
    awaits: int
    answers: int | None
    tries: int
    due: float | None


def keep(store: Store, delivery: Delivery, state: State = State.KEPT) -> int:
    """Keep what came before anybody tries to understand it; its number."""
    envelope = delivery.envelope
    return add(
        store,
        direction="in",
        state=state,
        bus_id=str(envelope.message_id),
        function=envelope.function[:100],
        sender=envelope.sender,
        receiver=envelope.receiver,
        agreement=envelope.agreement,
        wire=delivery.body,
    )


def add(store: Store, **said: object) -> int:
    """A new row; its number."""
    row = {"at": time.time(), **said}
    names, marks = ", ".join(row), ", ".join("?" for _one in row)
    with store.change() as change:
        made = change.execute(
            f"INSERT INTO messages ({names}) VALUES ({marks})",  # noqa: S608 - names are ours
            tuple(row.values()),
        )
    assert made.lastrowid is not None  # noqa: S101 - an insert has one
    return made.lastrowid


def note(store: Store, n: int, **said: object) -> None:
    """Write down more of a message."""
    names = ", ".join(f"{name} = ?" for name in said)
    with store.change() as change:
        change.execute(
            f"UPDATE messages SET {names} WHERE n = ?",  # noqa: S608 - names are ours
            (*said.values(), n),
        )


def number(store: Store, n: int) -> Kept:
    """The message with this number."""
    found = first(store, "n = ?", n)
    if found is None:
        raise Refusal(f"There is no message {n}. See: epj inbox --all")
    return found


def first(store: Store, where: str, *values: object) -> Kept | None:
    """The oldest message of which something is so."""
    return next(every(store, f"{where} ORDER BY n LIMIT 1", *values), None)


def every(store: Store, where: str, *values: object) -> Iterator[Kept]:
    """All messages of which something is so."""
    rows = store.connection.execute(
        f"SELECT * FROM messages WHERE {where}",  # noqa: S608 - the conditions are ours
        values,
    ).fetchall()
    return map(_kept, rows)


def waiting(store: Store) -> Iterator[Kept]:
    """What came and is to be handled now, oldest first."""
    return every(
        store,
        "direction = 'in' AND state = ? AND (due IS NULL OR due <= ?) ORDER BY n LIMIT 100",
        State.KEPT,
        time.time(),
    )


def to_send(store: Store) -> Iterator[Kept]:
    """What is to be sent now, oldest first; in a conversation nothing overtakes what waits."""
    return every(
        store,
        "direction = 'out' AND state = ? AND (due IS NULL OR due <= ?) AND NOT EXISTS ("
        "SELECT 1 FROM messages AS earlier WHERE earlier.conversation = messages.conversation "
        "AND earlier.conversation != '' AND earlier.direction = 'out' "
        "AND earlier.state = messages.state AND earlier.n < messages.n) ORDER BY n LIMIT 100",
        State.DUE,
        time.time(),
    )


def known_as(store: Store, sender: int, message_id: str, but: int) -> Kept | None:
    """The message that first came from a sender under an id, if it was not a forgery of one."""
    return first(
        store,
        "direction = 'in' AND sender = ? AND message_id = ? AND n != ? "
        "AND state IN ('taken', 'refused') AND code != 'E10'",
        sender,
        message_id,
        but,
    )


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(**dict(row))
