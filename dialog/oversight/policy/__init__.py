"""The rules of following up the log, in parts; everything is reached through here."""

from dialog.oversight.policy.judging import (
    LONGEST_WORDS,
    Standing,
    Verdict,
    may_judge,
    standing,
)
from dialog.oversight.policy.looks import LOOKS
from dialog.oversight.policy.questions import (
    LOG_QUESTION,
    LONGEST_QUESTION,
    may_ask,
    may_be_asked_about,
)
from dialog.oversight.policy.searching import (
    LASTS,
    LONGEST,
    SAID_IN_WORDS,
    Purpose,
    may_review,
)
from dialog.oversight.policy.unusual import (
    MANY,
    Look,
    Matter,
    Sign,
    in_sample,
    is_many,
    is_unusual,
    matter_of,
    signs,
    weight,
)

__all__ = [
    "LASTS",
    "LOG_QUESTION",
    "LONGEST",
    "LONGEST_QUESTION",
    "LONGEST_WORDS",
    "LOOKS",
    "MANY",
    "SAID_IN_WORDS",
    "Look",
    "Matter",
    "Purpose",
    "Sign",
    "Standing",
    "Verdict",
    "in_sample",
    "is_many",
    "is_unusual",
    "matter_of",
    "may_ask",
    "may_be_asked_about",
    "may_judge",
    "may_review",
    "signs",
    "standing",
    "weight",
]
