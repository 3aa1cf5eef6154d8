"""Who may take out a copy now: it is heavy, so a person does it a few times an hour, and in each
web process there is always a thread left for everybody else.
"""

import time
from functools import cache
from threading import BoundedSemaphore
from weakref import finalize

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.errors import TooMany
from dialog.ui.allowances import AN_HOUR, Allowance

OFTEN = _("Du har tatt ut flere kopier den siste timen. Vent en stund før du tar ut en ny.")
BUSY = _("Noen andre tar ut en kopi akkurat nå. Prøv igjen om et minutt.")


class Turn:
    """A place among those who take out copies, until it is over or nobody knows of it any more."""

    def __init__(self, places: BoundedSemaphore) -> None:
        self.over = finalize(self, places.release)


@cache
def _places() -> BoundedSemaphore:
    return BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


@cache
def _allowance() -> Allowance:
    return Allowance(settings.COPIES_AN_HOUR_PATIENT, over=AN_HOUR)


def turn(by: Actor) -> Turn:
    """Take a turn; TooMany says why there is none."""
    places = _places()
    if not places.acquire(blocking=False):
        raise TooMany(BUSY)
    taken = Turn(places)
    if _allowance().wait(by.account, time.monotonic()):
        taken.over()
        raise TooMany(OFTEN)
    return taken
