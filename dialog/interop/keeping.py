"""Every message is kept before anybody tries to understand it (R242)."""

from django.utils import timezone

from dialog.content import seal_bytes
from dialog.interop.policy import Direction, State
from dialog.interop.ports import Delivery
from dialog.rows import seeing
from dialog.statements import ask_one

KEEP = """
WITH kept AS (
    INSERT INTO interop_transmission
        (uuid, direction, state, sender, receiver, function, bus_id, message_id, issued,
         wants_receipt, digest, code, tolerated, created_at, tries)
    VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, '', '', false, '', '',
            to_jsonb(%s::text[]), %s, 0)
    ON CONFLICT (sender, bus_id) WHERE direction = 'in' DO NOTHING
    RETURNING id
)
INSERT INTO interop_wire (transmission_id, body, content_type, agreement)
SELECT id, %s, %s, %s FROM kept RETURNING transmission_id
"""


def keep(delivery: Delivery) -> int | None:
    """Keep a message as it came off the bus, in a transaction of its own; None when the same one
    was kept before, for the bus gives a message again when it has not heard that we have it.
    """
    envelope = delivery.envelope
    with seeing(scope="relay"):
        found = ask_one(
            KEEP,
            *(Direction.IN, State.STORED, envelope.sender, envelope.receiver, envelope.function),
            *(str(envelope.message_id), list(delivery.tolerated), timezone.now()),
            *(seal_bytes(delivery.body), envelope.content_type, envelope.agreement),
        )
    return None if found is None else int(found[0])
