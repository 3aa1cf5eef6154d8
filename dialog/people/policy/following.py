"""What becomes of a patient's list when the GP register has answered: a table (R191)."""

from collections.abc import Mapping
from enum import StrEnum


class Stay(StrEnum):
    """How a patient is on a list here.

    ``BY_NUMBER``: on one that is known by its number in the register. ``BY_HAND``: on one that only
    the office says who is on.
    """

    NONE = "none"
    BY_HAND = "by-hand"
    BY_NUMBER = "by-number"


class Says(StrEnum):
    """What the register says, beside where the patient is here."""

    SAME = "same"
    OURS = "ours"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"


class Follow(StrEnum):
    """What is done about it."""

    KEEP = "keep"
    BEGIN = "begin"
    MOVE = "move"
    LEAVE = "leave"
    ASK = "ask"


# A register that knows of no list, or of nobody such, may be mistaken about who it is: nothing
# follows from that. What an office has written by hand gives way only with the patient's yes.
FOLLOW: Mapping[tuple[Stay, Says], Follow] = {
    (Stay.NONE, Says.OURS): Follow.BEGIN,
    (Stay.NONE, Says.ELSEWHERE): Follow.KEEP,
    (Stay.NONE, Says.NOTHING): Follow.KEEP,
    (Stay.BY_HAND, Says.OURS): Follow.ASK,
    (Stay.BY_HAND, Says.ELSEWHERE): Follow.KEEP,
    (Stay.BY_HAND, Says.NOTHING): Follow.KEEP,
    (Stay.BY_NUMBER, Says.SAME): Follow.KEEP,
    (Stay.BY_NUMBER, Says.OURS): Follow.MOVE,
    (Stay.BY_NUMBER, Says.ELSEWHERE): Follow.LEAVE,
    (Stay.BY_NUMBER, Says.NOTHING): Follow.KEEP,
}


def stay_of(register_number: str | None) -> Stay:
    """How somebody is on a list with this number in the register; None: on none."""
    if register_number is None:
        return Stay.NONE
    return Stay.BY_NUMBER if register_number else Stay.BY_HAND
