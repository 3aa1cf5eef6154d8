"""The rules of following up the log, in parts; everything is reached through here."""

from dialog.oversight.policy.looks import LOOKS
from dialog.oversight.policy.searching import (
    LASTS,
    LONGEST,
    SAID_IN_WORDS,
    Purpose,
    may_review,
)

__all__ = ["LASTS", "LONGEST", "LOOKS", "SAID_IN_WORDS", "Purpose", "may_review"]
