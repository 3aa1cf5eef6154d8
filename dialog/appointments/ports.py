"""What the appointments need from outside: to know which times are free just now."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from dialog.actor import Actor
from dialog.appointments.freshness import Freshness
from dialog.ports import port


class OfferedTimes(Protocol):
    """Brings the published times up to date before somebody looks at them."""

    def refresh(
        self,
        *,
        by: Actor,
        practitioners: Sequence[UUID],
        first: date,
        days: int,
        patience: float,
    ) -> Freshness:
        """How fresh the times of these days are now, after waiting at most ``patience`` seconds.

        No practitioners: everybody the actor may meet. Those whose timebooks are kept here are
        always fresh.
        """


def offered_times() -> OfferedTimes:
    """The one the settings name."""
    found: OfferedTimes = port("OFFERED_TIMES")
    return found
