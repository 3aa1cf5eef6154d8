"""What comes on our error queue: a message of ours that could not be opened or believed there."""

import logging

from django.utils import timezone

from dialog.interop import receipts
from dialog.interop.faults import UNKNOWN
from dialog.interop.models import Transmission
from dialog.interop.policy import Direction, State
from dialog.interop.ports import Delivery, Settled
from dialog.interop.shapes import FAULT_WORDS, REFERENCE, fits
from dialog.rows import seeing

log = logging.getLogger(__name__)


def take(delivery: Delivery) -> Settled:
    """Note it on the message it is about; nothing on an error queue is ever answered or opened."""
    fault = delivery.envelope.fault
    if fault is None:
        log.warning("error queue: a message without an error from %s", delivery.envelope.sender)
        return Settled.ACCEPTED
    condition = fault.condition if fits(fault.condition, FAULT_WORDS) else UNKNOWN
    log.warning("error queue: %s from %s", condition, delivery.envelope.sender)
    if not fits(fault.original_id, REFERENCE) or not fault.original_id:
        return Settled.ACCEPTED  # about nothing that can be found
    with seeing(scope="relay"):
        ours = (
            Transmission.objects.select_for_update()
            .filter(
                direction=Direction.OUT,
                bus_id=fault.original_id.lower(),
                receiver=delivery.envelope.sender,
            )
            .exclude(state__in=(State.RECEIVED, State.REJECTED))
            .first()
        )
        if ours is not None:
            ours.state, ours.settled_at, ours.due_at = State.REJECTED, timezone.now(), None
            ours.code = condition[:60]
            ours.save(update_fields=["state", "settled_at", "due_at", "code"])
            receipts.tell_of(ours, taken=False)
    return Settled.ACCEPTED
