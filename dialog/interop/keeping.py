"""Every message is kept before anybody tries to understand it (R242)."""

import hashlib
from datetime import datetime
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
from dialog.statements import ask_one

KEEP = """
WITH kept AS (
    INSERT INTO interop_transmission
        (uuid, direction, state, sender, receiver, function, bus_id, message_id, issued,
         wants_receipt, digest, code, tolerated, created_at, settled_at, tries)
    VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, '', '', false, '', %s,
            to_jsonb(%s::text[]), %s, %s, 0)
    ON CONFLICT (sender, bus_id) WHERE direction = 'in' DO NOTHING
    RETURNING id
)
INSERT INTO interop_wire (transmission_id, body, content_type, agreement)
SELECT id, %s, %s, %s FROM kept RETURNING transmission_id
"""
BETWEEN = "/"  # between the bus's id and what tells two messages with the same one apart


def keep(delivery: Delivery) -> int | None:
    """Keep a message as it came off the bus, in a transaction of its own; None when the same one
    was kept before, for the bus gives a message again when it has not heard that we have it.

    Another body under the same id of the bus is another message: it is kept under a longer one.
    """
    envelope, now = delivery.envelope, timezone.now()
    with seeing(scope="relay"):
        bus_id = str(envelope.message_id)
        found = _keep(envelope, delivery, bus_id, now)
        if found is None and not _is_kept(envelope.sender, bus_id, delivery.body):
            longer = f"{bus_id}{BETWEEN}{hashlib.sha256(delivery.body).hexdigest()[:32]}"
            found = _keep(envelope, delivery, longer, now)
    return found


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
        return _keep(envelope, unreadable, str(envelope.message_id), now, refused=True)


def bus_id_of(kept: str) -> str:
    """What the bus called a message."""
    return kept.partition(BETWEEN)[0]


def _keep(
    envelope: Envelope,
    heard: Delivery | Unreadable,
    bus_id: str,
    now: datetime,
    *,
    refused: bool = False,
) -> int | None:
    state, code = (State.REFUSED, Condition.INVALID_FIELD_VALUE) if refused else (State.STORED, "")
    function = envelope.function if fits(envelope.function, FUNCTION) else NO_FUNCTION
    tolerated = list(heard.tolerated) if isinstance(heard, Delivery) else []
    found = ask_one(
        KEEP,
        *(Direction.IN, state, envelope.sender, envelope.receiver, function, bus_id, code),
        *(tolerated, now, now if refused else None),
        *(seal_for(THE_PLATFORM, heard.body, BODY), _fitting(envelope.content_type, 120)),
        envelope.agreement[:80] if fits(envelope.agreement[:80], REFERENCE) else "",
    )
    return None if found is None else int(found[0])


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
