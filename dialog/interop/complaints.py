"""What comes on our error queue: a message of ours that could not be opened or believed there."""

import logging

from django.utils import timezone

from dialog.interop import receipts
from dialog.interop.models import Transmission
from dialog.interop.policy import Direction, State
from dialog.interop.ports import Delivery, Settled
from dialog.rows import seeing

log = logging.getLogger(__name__)


def take(delivery: Delivery) -> Settled:
    """Note it on the message it is about; nothing on an error queue is ever answered or opened."""
    fault = delivery.envelope.fault
    if fault is None:
        log.warning("error queue: a message without an error from %s", delivery.envelope.sender)
        return Settled.ACCEPTED
    log.warning("error queue: %s from %s", fault.condition, delivery.envelope.sender)
    with seeing(scope="relay"):
        ours = (
            Transmission.objects.select_for_update()
            .filter(
                direction=Direction.OUT,
                bus_id=fault.original_id.lower(),
                receiver=delivery.envelope.sender,
            )
            .exclude(state=State.RECEIVED)
            .first()
        )
        if ours is not None and fault.original_id:
            ours.state, ours.settled_at, ours.due_at = State.REJECTED, timezone.now(), None
            ours.code = fault.condition[:60]
            ours.save(update_fields=["state", "settled_at", "due_at", "code"])
            receipts.tell(ours, taken=False)
    return Settled.ACCEPTED
