"""Takes our messages off the bus until stopped: what practices write, and what they complain of."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.db import close_old_connections, connection

from dialog.errors import PortError
from dialog.interop import complaints, inbound, trial
from dialog.interop.conditions import Condition
from dialog.interop.faults import error_message
from dialog.interop.keeping import keep_refused
from dialog.interop.ports import (
    Delivery,
    Listening,
    Settled,
    Unreadable,
    registry,
    transport,
)

log = logging.getLogger(__name__)

# One worker a queue: two at once would keep what one office sent in another order than it came.
WORKERS, ERROR_WORKERS, TRIAL_WORKERS = 1, 1, 1
A_LOOK = 5.0  # seconds that a connection is believed to be alive
_ours = threading.local()

Handle = Callable[[Delivery], Settled]


def start() -> Listening:
    """Listen on our own queues; PortError when the registry does not know us or the bus is away."""
    queues = _own_queues()
    return transport().listen(
        {queue: workers for queue, (workers, _handle) in queues.items()},
        handle=lambda delivery: _handled(queues[delivery.queue][1], delivery),
        refuse=_refused,
        several={
            queue: _several
            for queue, (_workers, handle) in queues.items()
            if handle is inbound.take
        },
    )


def _own_queues() -> Mapping[str, tuple[int, Handle]]:
    own = registry().party(settings.HER_ID)
    if own is None or not own.queues.asynchronous or not own.queues.error:
        raise PortError(
            f"HER-id {settings.HER_ID} has no queues in the address registry. Set HER_ID.",
            permanent=True,
        )
    queues = {
        own.queues.asynchronous: (WORKERS, inbound.take),
        own.queues.error: (ERROR_WORKERS, complaints.take),
    }
    if own.queues.synchronous:
        queues[own.queues.synchronous] = (TRIAL_WORKERS, trial.take)
    return queues


def _handled(handle: Handle, delivery: Delivery) -> Settled:
    """What cannot be kept is given back to the bus, which will give it to us again."""
    _look_at_the_connection()
    try:
        return handle(delivery)
    except Exception as error:
        # The listener must outlive any error; what the bus has, it keeps.
        log.warning("queue %s: %s", delivery.queue, type(error).__name__)
        connection.close()
        return Settled.RELEASED


def _several(deliveries: Sequence[Delivery]) -> Sequence[Settled]:
    """What cannot be kept together is tried one by one."""
    _look_at_the_connection()
    try:
        return inbound.take_several(deliveries)
    except Exception as error:
        log.warning("queue %s: %s", deliveries[0].queue, type(error).__name__)
        connection.close()
        return [_handled(inbound.take, one) for one in deliveries]


def _refused(unreadable: Unreadable) -> Settled:
    _look_at_the_connection()
    return refuse(unreadable)


def _look_at_the_connection() -> None:
    """Asking whether it is alive costs as much as asking something: not before every message."""
    now = time.monotonic()
    if now - getattr(_ours, "looked", 0.0) > A_LOOK:
        close_old_connections()
        _ours.looked = now


def refuse(unreadable: Unreadable) -> Settled:
    """A message without the fields it must have is kept as refused, complained of, and gone."""
    keep_refused(unreadable)
    log.warning(
        "queue %s: from %s, refused, %s: without a %s that can be used",
        unreadable.queue,
        unreadable.sender or "nobody we can name",
        Condition.INVALID_FIELD_VALUE,
        ", ".join(unreadable.missing),
    )
    party = registry().party(unreadable.sender) if unreadable.sender else None
    error = None
    if party is not None and party.queues.error:
        error = error_message(
            unreadable,
            Condition.INVALID_FIELD_VALUE,
            *unreadable.missing,
            to=party.queues.error,
            ours=settings.HER_ID,
        )
    if error is not None:
        transport().send(error, b"")
    return Settled.ACCEPTED
