"""The way in: kept, understood, acted on, answered; each message once, whatever the bus does.

Nothing is lost by a fault: what came is kept before anybody tries to understand it, and what
cannot be handled now is tried again, and at last parked for a person.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from dialog.errors import PortError
from dialog.interop.conditions import TryLater
from dialog.interop.handling import handle
from dialog.interop.keeping import keep, keep_several
from dialog.interop.models import Transmission
from dialog.interop.plainly import WAITS
from dialog.interop.policy import MOST_TRIES, State
from dialog.interop.ports import SEVERAL, Delivery, Settled
from dialog.interop.turns import Waiting, next_waiting, turn_of
from dialog.rows import seeing

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(minutes=10)


def take(delivery: Delivery) -> Settled:
    """Keep a message, and handle what its sender has waiting; the bus may forget it then."""
    keep(delivery)
    handle_all(delivery.envelope.sender)
    return Settled.ACCEPTED


def take_several(deliveries: Sequence[Delivery]) -> list[Settled]:
    """The same for several that have come together, in this order."""
    keep_several(deliveries)
    for sender in dict.fromkeys(one.envelope.sender for one in deliveries):
        handle_all(sender)
    return [Settled.ACCEPTED] * len(deliveries)


def handle_all(sender: int) -> None:
    """Handle everything kept from a sender that is due, oldest first."""
    while True:
        try:
            if not handle_next(sender, SEVERAL):
                return
        except Exception as error:
            # The listener must outlive any error; the message is kept, and tried again later.
            log.warning("message from %s: %s", sender, type(error).__name__)
            return


def handle_next(sender: int, most: int = 1) -> bool:
    """Handle the oldest messages kept from a sender that are due; whether there may be others.

    In a transaction of the sender's own, so that what was sent first is done first. What comes
    meanwhile is handled by whoever keeps it. Where anything at all goes wrong among several, none
    of them is done, and each is handled alone.
    """
    waiting: list[Waiting] = []
    try:
        with seeing(scope="relay", turn=turn_of(sender)):
            waiting, more = next_waiting(sender, timezone.now(), most)
            if waiting:
                handle(waiting)
        return more  # after the commit, which may still find something wrong
    except Exception as error:
        if not waiting:
            raise
        if len(waiting) > 1:
            return all(handle_next(sender) for _one in waiting)
        _not_now(waiting[0].one, error)
    return True


def _not_now(one: Transmission, error: Exception) -> None:
    """Nothing of it was done. A fault of ours is kept as a code, never as text, and the message is
    not lost by it.
    """
    away = isinstance(error, PortError) and not error.permanent
    said = error.sentence if isinstance(error, TryLater) else type(error).__name__
    log.warning("message %s waits: %s", one.uuid, said)
    code = WAITS if away or isinstance(error, TryLater) else type(error).__name__
    with seeing(scope="relay", turn=turn_of(one.sender)):
        again = Transmission.objects.filter(id=one.id, state=State.STORED).first()
        if again is not None:
            _try_again(again, code)


def _try_again(one: Transmission, code: str) -> None:
    """Later, and less often each time; a fault of ours at last waits for a person."""
    tries, now = one.tries + 1, timezone.now()
    if tries >= MOST_TRIES and code != WAITS:
        told = {"state": State.PARKED, "settled_at": now, "due_at": None}
    else:
        pause = min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_PAUSE)
        told = {"state": State.STORED, "settled_at": None, "due_at": now + pause}
    tries = min(tries, 1000)
    Transmission.objects.filter(id=one.id).update(tries=tries, code=code[:60], **told)
