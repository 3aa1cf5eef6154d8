"""On what account somebody at an office looks at a patient; on none, they say why first.

What ties a patient to the office is the days it is about: an open matter, a promise to follow up
and a reason that was given are about today, an appointment about its day. The table says how many
days away is still near.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Basis(StrEnum):
    """What a look may stand on, the strongest first."""

    OPEN_MATTER = "open-matter"
    FOLLOW_UP = "follow-up"
    NOT_JOURNALED = "not-journaled"
    APPOINTMENT = "appointment"
    JUST_CLOSED = "just-closed"
    REASON = "reason"


class LookReason(StrEnum):
    """Why somebody opens a patient with whom nothing is going on; ``other`` is said in words."""

    CALL = "call"
    PREPARING = "preparing"
    RESULTS = "results"
    MISTAKE = "mistake"
    OTHER = "other"


class Near(NamedTuple):
    """How many days ago, and ahead, something still is a ground to look."""

    back: int = 0
    ahead: int = 0


NEAR: dict[Basis, Near] = {
    Basis.OPEN_MATTER: Near(),
    Basis.FOLLOW_UP: Near(),
    Basis.NOT_JOURNALED: Near(),
    Basis.APPOINTMENT: Near(back=7, ahead=7),
    Basis.JUST_CLOSED: Near(back=7),
    Basis.REASON: Near(),
}

Ties = Mapping[Basis, Collection[date]]


def near(basis: Basis, today: date) -> tuple[date, date]:
    """The first and the last day that count today."""
    back, ahead = NEAR[basis]
    return today - timedelta(days=back), today + timedelta(days=ahead)


def basis(ties: Ties, today: date) -> Basis | None:
    """What a look stands on; None: a reason is asked first."""
    for one in Basis:
        first, last = near(one, today)
        if any(first <= day <= last for day in ties.get(one, ())):
            return one
    return None
