"""How the record system says no to whoever sits at it."""

from dialog.errors import DialogError
from dialog.interop.conditions import ProtectionError


class Refusal(Exception):
    """It cannot be done; the text says why, and what to do."""


def words_of(error: DialogError | ProtectionError) -> str:
    """What an error says. Where it says no more than the platform tells its patients, which needs
    a language, it is the bus that is away.
    """
    said = error.sentence
    return said if isinstance(said, str) else "The message bus cannot be reached, or says no."
