"""How far what a patient wrote has come, where the practice works in a record system of its own."""

from datetime import datetime, timedelta
from enum import StrEnum

# So long a record system may take to say that it has something before the patient is told so.
SOON = timedelta(minutes=2)


class Arrival(StrEnum):
    """How far what a patient wrote has come to a practice that works in its own record system."""

    ON_ITS_WAY = "on-its-way"
    WAITS = "waits"
    ARRIVED = "arrived"
    NOT_TAKEN = "not-taken"


def arrival(
    *, sent: datetime, arrived: datetime | None, not_taken: datetime | None, now: datetime
) -> Arrival:
    """How far the newest the patient has sent has come; times are when the record system said so
    (R243-R245).
    """
    if not_taken is not None and not_taken >= sent and not_taken >= (arrived or not_taken):
        return Arrival.NOT_TAKEN
    if arrived is not None and arrived >= sent:
        return Arrival.ARRIVED
    return Arrival.WAITS if now - sent > SOON else Arrival.ON_ITS_WAY
