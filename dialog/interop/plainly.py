"""What a code means, in plain English, for those who run us; never a word out of a message."""

from dialog.interop.conditions import Condition, TryLater
from dialog.interop.faults import DESCRIPTIONS
from dialog.interop.known import known

ERRORS = "8221"
WAITS = TryLater.__name__  # the code of what waits for something between us
WAITING = "something between us, or a key of ours, is away; it is tried until that is back"


def plainly(code: str) -> str:
    """The words for one code or several: of list 8221, a condition of the bus, a fault of ours."""
    return "; ".join(_one(one) for one in code.split(",") if one)


def _one(code: str) -> str:
    if code == WAITS:
        return WAITING
    if code in set(Condition):
        return _small(DESCRIPTIONS[Condition(code)])
    national, _colon, ours = code.partition(":")
    entry = known().entry(ERRORS, national)
    if entry is None:
        return f"a fault of ours ({code})" if code.isidentifier() else code
    words = _small(entry.english or entry.text)
    return f"{words} ({ours})" if ours else words


def _small(sentence: str) -> str:
    """As it stands in the middle of a line; what is a name or an abbreviation keeps its letters."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
