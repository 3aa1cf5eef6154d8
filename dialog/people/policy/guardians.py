"""On what ground somebody acts for a patient who cannot consent, and for how long: R24."""

from datetime import date
from enum import StrEnum

from dialog.actor import Actor, Role
from dialog.people.policy.acting import birthday

# Our own choice: it is looked at again before it has stood for long. Nobody has verified it.
LONGEST_YEARS = 5


class GuardianBasis(StrEnum):
    """Why somebody acts for a patient who lacks capacity to consent.

    A guardian the state has named; a power of attorney given for the future, which has come into
    force; the next of kin, by a doctor's assessment (pasient- og brukerrettighetsloven § 4-3, 4-6).
    """

    GUARDIAN = "guardian"
    FUTURE_POWER = "future-power"
    NEXT_OF_KIN = "next-of-kin"


def may_appoint(by: Actor) -> bool:
    """Whether this actor decides that somebody acts for a patient: a doctor at the office does."""
    return by.role is Role.PRACTITIONER and by.practice_id is not None


def last_day(today: date) -> date:
    """The last day a decision made today may count."""
    return birthday(today, LONGEST_YEARS)
