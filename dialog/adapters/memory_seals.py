"""What sealing needs, in memory: for tests and for trying things out. Nothing of it lasts."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock

from dialog.ledger.ports import HeadsAbsent, NotAHead, SealFault
from dialog.ledger.seals import Head


class MemorySealKeys:
    """Keys made when they are needed; ``renew`` makes another."""

    def __init__(self) -> None:
        self._secrets: list[bytes] = []
        self.renew()

    def renew(self) -> str:
        """Let a new key seal from now on."""
        self._secrets.insert(0, secrets.token_bytes())
        return self.current()

    def current(self) -> str:
        """The name of the key that seals now."""
        return self._names()[0]

    def sign(self, key: str, words: bytes) -> bytes:
        """Sign with the key that seals now."""
        if key != self.current():
            raise SealFault("another key was made a moment ago")
        return self._signature(0, words)

    def holds(self, key: str, words: bytes, signature: bytes) -> bool:
        """Whether a key of ours has signed these words."""
        age = self.age(key)
        return age is not None and hmac.compare_digest(self._signature(age, words), signature)

    def age(self, key: str) -> int | None:
        """How many keys have come after it; none when it is not ours."""
        names = self._names()
        return names.index(key) if key in names else None

    def _names(self) -> list[str]:
        return [hashlib.sha256(b"name" + one).hexdigest()[:16] for one in self._secrets]

    def _signature(self, age: int, words: bytes) -> bytes:
        return hmac.digest(self._secrets[age], words, "sha256")


class MemorySealHeads:
    """Heads in a list; no place for them before ``begin``."""

    def __init__(self) -> None:
        self.kept: list[Head] | None = None
        self._lock = Lock()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the only one who writes here; false when another is."""
        ours = self._lock.acquire(blocking=False)
        try:
            yield ours
        finally:
            if ours:
                self._lock.release()

    def begin(self) -> None:
        """Make the place, empty; where there is one already, leave it."""
        if self.kept is None:
            self.kept = []

    def last(self) -> Head | None:
        """The newest head; none before the first."""
        return self._there()[-1] if self._there() else None

    def append(self, heads: Iterable[Head]) -> None:
        """Write these down."""
        self._there().extend(heads)

    def read(self) -> Iterator[Head | NotAHead]:
        """All that is there now, one at a time."""
        yield from tuple(self._there())

    def _there(self) -> list[Head]:
        if self.kept is None:
            raise HeadsAbsent("no heads have been written down in memory")
        return self.kept
