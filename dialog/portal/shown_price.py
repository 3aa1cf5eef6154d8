"""The price a page has shown, and when, sealed so that it comes back as it was (R113)."""

from datetime import datetime
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

SALT = "shown-price"


class ShownPrice(NamedTuple):
    """An amount in whole kroner, and the moment it was shown."""

    amount: int
    at: datetime


def sealed(amount: int) -> str:
    """What the form carries along: this amount, shown now."""
    return signing.dumps([amount, timezone.now().isoformat()], salt=SALT)


def unsealed(words: str) -> ShownPrice | None:
    """What was shown; None when it is not something we have sealed."""
    try:
        amount, at = signing.loads(words, salt=SALT)
    except signing.BadSignature:
        return None
    return ShownPrice(int(amount), datetime.fromisoformat(at))
