"""Whose turn it is: one message of a sender at a time, the oldest that is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from dialog.content import opening, read_bytes
from dialog.interop.models import BODY, Transmission
from dialog.interop.plainly import WAITS
from dialog.interop.queries import Reached
from dialog.rows import Turn
from dialog.statements import ask_one, columns, made

EACH_SENDER = 7301  # what the turns of senders are called
# States and directions are written out, as the conditions of the indexes are.
DUE = f"""
SELECT {opening("wire.body")}, wire.agreement, at.practice_id, at.practitioner_id, EXISTS (
    SELECT 1 FROM interop_transmission AS behind
    WHERE behind.direction = 'in' AND behind.state = 'stored'
        AND behind.sender = one.sender AND behind.id <> one.id), {columns(Transmission, "one")}
FROM interop_transmission AS one
JOIN interop_wire AS wire ON wire.transmission_id = one.id
LEFT JOIN interop_address AS at ON at.her_id = one.sender
WHERE one.direction = 'in' AND one.state = 'stored' AND one.sender = %s
    AND coalesce(one.due_at <= %s, true) AND NOT EXISTS (
        SELECT 1 FROM interop_transmission AS before
        WHERE before.direction = 'in' AND before.state = 'stored'
            AND before.sender = one.sender AND before.id < one.id
            AND before.due_at > %s AND before.code = '{WAITS}')
ORDER BY one.id LIMIT 1
"""  # noqa: S608 - our own columns
SEEN = """
SELECT id, uuid, digest, code FROM interop_transmission
WHERE direction = 'in' AND message_id <> '' AND state NOT IN ('repeated', 'refused')
    AND sender = %s AND message_id = %s AND id <> %s
ORDER BY id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message whose turn it is: with its bytes, who is reached where it came from, and whether
    others of the same sender wait behind it.
    """

    one: Transmission
    body: bytes
    agreement: str
    reached: Reached | None
    more: bool


def turn_of(sender: int) -> Turn:
    """Whoever has it handles what this sender has waiting, and nobody else."""
    return Turn(EACH_SENDER, sender)


def next_waiting(sender: int, now: datetime) -> Waiting | None:
    """The oldest message kept from a sender that is due (scope ``relay``), in the sender's turn.

    One that waits for something between us holds up those after it; one that met a fault of ours
    does not.
    """
    found = ask_one(DUE, sender, now, now)
    if found is None:
        return None
    body, agreement, practice_id, practitioner_id, more, *row = found
    reached = Reached(her_id=sender, practice_id=practice_id, practitioner_id=practitioner_id)
    return Waiting(
        one=made(Transmission, row),
        body=read_bytes(body, BODY),
        agreement=agreement,
        reached=None if practice_id is None else reached,
        more=more,
    )


class Before(NamedTuple):
    """The same message, when it came before."""

    id: int
    uuid: UUID
    digest: bytes
    code: str


def seen_before(one: Transmission) -> Before | None:
    """The message of this id that its sender has sent before, if any."""
    found = ask_one(SEEN, one.sender, one.message_id, one.id) if one.message_id else None
    return None if found is None else Before(found[0], found[1], bytes(found[2]), found[3])
