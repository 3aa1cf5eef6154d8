"""Whose turn it is: a sender's messages in the order they came, as many as are due together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from dialog.content import opening, read_bytes
from dialog.interop.models import BODY, Transmission
from dialog.interop.plainly import WAITS
from dialog.interop.queries import Reached
from dialog.rows import Turn
from dialog.statements import ask, columns, made

EACH_SENDER = 7301  # what the turns of senders are called
MOST_BYTES = 4 * 1024 * 1024  # of messages held at once, unless one alone is larger
# States and directions are written out, as the conditions of the indexes are.
DUE = f"""
WITH due AS (
    SELECT one.id, sum(octet_length(wire.body)) OVER (ORDER BY one.id) AS bytes,
        row_number() OVER (ORDER BY one.id) AS place, count(*) OVER () AS many
    FROM (
        SELECT one.id FROM interop_transmission AS one
        WHERE one.direction = 'in' AND one.state = 'stored' AND one.sender = %s
            AND coalesce(one.due_at <= %s, true) AND NOT EXISTS (
                SELECT 1 FROM interop_transmission AS before
                WHERE before.direction = 'in' AND before.state = 'stored'
                    AND before.sender = one.sender AND before.id < one.id
                    AND before.due_at > %s AND before.code = '{WAITS}')
        ORDER BY one.id LIMIT %s
    ) AS one
    JOIN interop_wire AS wire ON wire.transmission_id = one.id
)
SELECT due.many, {opening("wire.body")}, wire.agreement, at.practice_id, at.practitioner_id,
    {columns(Transmission, "one")}
FROM due
JOIN interop_transmission AS one ON one.id = due.id
JOIN interop_wire AS wire ON wire.transmission_id = one.id
LEFT JOIN interop_address AS at ON at.her_id = one.sender
WHERE due.place = 1 OR due.bytes <= {MOST_BYTES}
ORDER BY one.id
"""  # noqa: S608 - our own columns
SEEN = """
SELECT DISTINCT ON (message_id) message_id, id, uuid, digest, code FROM interop_transmission
WHERE direction = 'in' AND message_id <> '' AND state NOT IN ('repeated', 'refused')
    AND sender = %s AND message_id = ANY (%s)
ORDER BY message_id, id
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message whose turn it is, with its bytes, and who is reached where it came from."""

    one: Transmission
    body: bytes
    agreement: str
    reached: Reached | None


def turn_of(sender: int) -> Turn:
    """Whoever has it handles what this sender has waiting, and nobody else."""
    return Turn(EACH_SENDER, sender)


def next_waiting(sender: int, now: datetime, most: int) -> tuple[list[Waiting], bool]:
    """The oldest messages kept from a sender that are due (scope ``relay``), in the sender's turn;
    and whether there may be more of them.

    One that waits for something between us holds up those after it; one that met a fault of ours
    does not.
    """
    found = ask(DUE, sender, now, now, most)
    due = found[0][0] if found else 0
    return [_waiting(sender, row) for row in found], due == most or due > len(found)


def _waiting(sender: int, row: tuple[Any, ...]) -> Waiting:
    _many, body, agreement, practice_id, practitioner_id, *values = row
    return Waiting(
        one=made(Transmission, values),
        body=read_bytes(body, BODY),
        agreement=agreement,
        reached=None
        if practice_id is None
        else Reached(
            her_id=sender,
            practice_id=practice_id,
            practitioner_id=practitioner_id,
        ),
    )


class Before(NamedTuple):
    """The same message, when it came before."""

    id: int
    uuid: UUID
    digest: bytes
    code: str


def seen_before(sender: int, message_ids: Sequence[str]) -> dict[str, Before]:
    """The messages of these ids that their sender has sent before, by id."""
    if not message_ids:
        return {}
    return {
        message_id: Before(id, uuid, bytes(digest), code)
        for message_id, id, uuid, digest, code in ask(SEEN, sender, list(message_ids))
    }
