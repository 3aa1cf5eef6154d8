"""Every message is kept before anybody tries to understand it (R242)."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from dialog.content import THE_PLATFORM, seal_for
from dialog.interop.conditions import Condition
from dialog.interop.faults import NO_FUNCTION
from dialog.interop.models import BODY, Wire
from dialog.interop.policy import Direction, State
from dialog.interop.ports import Delivery, Envelope, Unreadable
from dialog.interop.shapes import FUNCTION, REFERENCE, fits
from dialog.rows import seeing
from dialog.statements import ask

# Of two with the same id of the bus the first is kept; whoever asks finds the other missing.
KEEP = """
WITH told AS (
    SELECT * FROM unnest(%s::text[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[],
                         %s::text[], %s::timestamptz[], %s::timestamptz[], %b::bytea[], %s::text[],
                         %s::text[])
        WITH ORDINALITY AS one (state, sender, receiver, function, bus_id, code, tolerated,
                                created_at, settled_at, body, content_type, agreement, place)
), kept AS (
    INSERT INTO interop_transmission
        (uuid, direction, state, sender, receiver, function, bus_id, message_id, issued,
         wants_receipt, digest, code, tolerated, created_at, settled_at, tries)
    SELECT gen_random_uuid(), 'in', state, sender, receiver, function, bus_id, '', '', false, '',
           code, tolerated::jsonb, created_at, settled_at, 0
    FROM told ORDER BY place
    ON CONFLICT (sender, bus_id) WHERE direction = 'in' DO NOTHING
    RETURNING id, sender, bus_id
), first AS (
    SELECT DISTINCT ON (sender, bus_id) * FROM told ORDER BY sender, bus_id, place
), wire AS (
    INSERT INTO interop_wire (transmission_id, body, content_type, agreement)
    SELECT kept.id, first.body, first.content_type, first.agreement
    FROM kept JOIN first USING (sender, bus_id)
)
SELECT first.place, kept.id FROM kept JOIN first USING (sender, bus_id)
"""
BETWEEN = "/"  # between the bus's id and what tells two messages with the same one apart


def keep(delivery: Delivery) -> int | None:
    """Keep a message as it came off the bus, in a transaction of its own; None when the same one
    was kept before, for the bus gives a message again when it has not heard that we have it.

    Another body under the same id of the bus is another message: it is kept under a longer one.
    """
    return keep_several([delivery])[0]


def keep_several(deliveries: Sequence[Delivery]) -> list[int | None]:
    """The same for several in one transaction, in this order."""
    now = timezone.now()
    with seeing(scope="relay"):
        kept = _keep([_row(one, str(one.envelope.message_id), now) for one in deliveries])
        return [
            _again(one, now) if id is None else id for one, id in zip(deliveries, kept, strict=True)
        ]


def _again(delivery: Delivery, now: datetime) -> int | None:
    """Keep a message under a longer id, unless the one that is kept under its own is the same."""
    bus_id = str(delivery.envelope.message_id)
    if _is_kept(delivery.envelope.sender, bus_id, delivery.body):
        return None
    longer = f"{bus_id}{BETWEEN}{hashlib.sha256(delivery.body).hexdigest()[:32]}"
    return _keep([_row(delivery, longer, now)])[0]


def keep_refused(unreadable: Unreadable) -> int | None:
    """Keep a message whose properties say too little, as refused; None when it was kept before."""
    said = f"{unreadable.message_id} {hashlib.sha256(unreadable.body).hexdigest()}"
    now = timezone.now()
    envelope = Envelope(
        message_id=uuid5(NAMESPACE_URL, said),
        function=unreadable.function,
        sender=unreadable.sender,
        receiver=unreadable.receiver,
        sent_at=now,
        content_type="",
    )
    with seeing(scope="relay"):
        row = _row(unreadable, str(envelope.message_id), now, envelope=envelope, refused=True)
        return _keep([row])[0]


def bus_id_of(kept: str) -> str:
    """What the bus called a message."""
    return kept.partition(BETWEEN)[0]


def _row(
    heard: Delivery | Unreadable,
    bus_id: str,
    now: datetime,
    *,
    envelope: Envelope | None = None,
    refused: bool = False,
) -> tuple[Any, ...]:
    outside = heard.envelope if isinstance(heard, Delivery) else envelope
    if outside is None:
        raise TypeError("a message that cannot be read has an envelope made for it")
    state, code = (State.REFUSED, Condition.INVALID_FIELD_VALUE) if refused else (State.STORED, "")
    function = outside.function if fits(outside.function, FUNCTION) else NO_FUNCTION
    tolerated = list(heard.tolerated) if isinstance(heard, Delivery) else []
    return (
        *(state, outside.sender, outside.receiver, function, bus_id, code, json.dumps(tolerated)),
        *(now, now if refused else None, seal_for(THE_PLATFORM, heard.body, BODY)),
        _fitting(outside.content_type, 120),
        outside.agreement[:80] if fits(outside.agreement[:80], REFERENCE) else "",
    )


def _keep(rows: Sequence[tuple[Any, ...]]) -> list[int | None]:
    found = dict(ask(KEEP, *map(list, zip(*rows, strict=True))))
    return [found.get(place) for place in range(1, len(rows) + 1)]


def _is_kept(sender: int, bus_id: str, body: bytes) -> bool:
    kept = Wire.objects.get(
        transmission__direction=Direction.IN,
        transmission__sender=sender,
        transmission__bus_id=bus_id,
    )
    return kept.body == body


def _fitting(said: str, most: int) -> str:
    """Words of somebody else's, as the column can hold them."""
    return said.replace("\x00", "")[:most]
