"""Who searches the log, for what, and how long that holds (R217, R220)."""

from datetime import timedelta
from enum import StrEnum

from dialog.actor import Actor, Duty

LASTS = timedelta(hours=1)  # a purpose is for one search and its pages
LONGEST = 300  # characters


class Purpose(StrEnum):
    """Why somebody searches the log; whoever it is about reads it."""

    PATIENT_ASKED = "patient-asked"
    COLLEAGUE_ASKED = "colleague-asked"
    SUSPICION = "suspicion"
    DEVIATION = "deviation"
    SAMPLE = "sample"
    AUTHORITY = "authority"


# These say nothing by themselves: of what, or who has asked.
SAID_IN_WORDS = frozenset({Purpose.SUSPICION, Purpose.AUTHORITY})


def may_review(by: Actor) -> bool:
    """Whether somebody follows up the log at their office: by name, never by role."""
    return by.may(Duty.REVIEW_ACCESS) and by.practice_id is not None
