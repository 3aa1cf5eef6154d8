"""Who judges a look that was unlike the usual, and what may be said of it (R220, R232)."""

from enum import StrEnum

from dialog.actor import Actor
from dialog.oversight.policy.searching import may_review

LONGEST_WORDS = 1000  # characters: of a question, an answer, a reason


class Verdict(StrEnum):
    """What a person found when they had asked."""

    IN_ORDER = "in-order"
    BREACH = "breach"


class Standing(StrEnum):
    """Where a flag stands; the one who looked may be asked once or more before it is judged."""

    WAITS = "waits"
    ASKED = "asked"
    ANSWERED = "answered"
    JUDGED = "judged"


def may_judge(by: Actor, account_id: int) -> bool:
    """Whether somebody judges what this person has looked at: never what they looked at themselves,
    also when nobody else follows up the log.
    """
    return may_review(by) and by.account_id != account_id


def standing(*, asked: bool, answered: bool, judged: bool) -> Standing:
    """Where it stands, by what has happened."""
    if judged:
        return Standing.JUDGED
    if answered:
        return Standing.ANSWERED
    return Standing.ASKED if asked else Standing.WAITS
