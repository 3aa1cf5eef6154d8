"""Whether a certificate has been called back: the port, its cache, and one in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Protocol

from dialog.adapters.cms.certificates import Certificate, right_now

LONGEST = timedelta(hours=1)
_MOST_KEPT = 10_000


class Standing(StrEnum):
    """What an issuer says of a certificate; ``unknown`` also when nobody can be asked."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, and until when it may be repeated."""

    standing: Standing
    until: datetime


class Unreachable(Exception):
    """Nobody answered, or not in a way that can be believed; asking again may help."""


class Revocation(Protocol):
    """Knows which certificates have been called back."""

    def asked(self, one: Certificate, issuer: Certificate) -> Answer:
        """What the issuer says of a certificate it has made; Unreachable when it cannot be asked.

        The issuer has been checked: it has signed this certificate and may.
        """


class Remembered:
    """Asks another, and repeats an answer for as long as it holds, at most ``longest``.

    That nobody could be reached is not remembered.
    """

    def __init__(
        self,
        other: Revocation,
        *,
        longest: timedelta = LONGEST,
        now: Callable[[], datetime] = right_now,
    ) -> None:
        self._other, self._longest, self._now = other, longest, now
        self._kept: dict[tuple[bytes, int], Answer] = {}
        self._lock = Lock()

    def asked(self, one: Certificate, issuer: Certificate) -> Answer:
        """The answer that is remembered, else a new one."""
        key, now = (one.issuer, one.serial), self._now()
        kept = self._kept.get(key)
        if kept is not None and now < kept.until:
            return kept
        answer = self._other.asked(one, issuer)
        kept = Answer(answer.standing, min(answer.until, now + self._longest))
        with self._lock:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = kept
        return kept


class MemoryRevocation:
    """Everything is good that nobody has called back; a test may say that it is away."""

    def __init__(self, *, now: Callable[[], datetime] = right_now) -> None:
        self.revoked: set[int] = set()
        self.unknown: set[int] = set()
        self.away = False
        self.times_asked = 0
        self._now = now

    def asked(self, one: Certificate, issuer: Certificate) -> Answer:
        """By serial number."""
        self.times_asked += 1
        if self.away:
            raise Unreachable
        standing = Standing.GOOD
        if one.serial in self.unknown:
            standing = Standing.UNKNOWN
        if one.serial in self.revoked:
            standing = Standing.REVOKED
        return Answer(standing, self._now() + LONGEST)
