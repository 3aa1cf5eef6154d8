"""What counts once: the same state or logout token again is refused, whichever process gets it."""

import hashlib
from datetime import timedelta

from django.utils import timezone

from dialog.statements import tell

USE = """
INSERT INTO identity_usedonce (digest, until) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING
"""


def use(kind: str, value: str, *, lasts: timedelta) -> bool:
    """Whether this is the first time; two at once wait for each other, and one is told no."""
    digest = hashlib.sha256(f"{kind}\0{value}".encode()).digest()
    return tell(USE, digest, timezone.now() + lasts) == 1
