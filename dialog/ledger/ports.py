"""What the sealing of the ledger needs from outside the database: a key, and a place for heads."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from dialog.ledger.seals import Head
from dialog.ports import port


class SealFault(Exception):
    """Nothing can be sealed, or verified, before a person has done something; the text says what.

    It names files, batches and keys, and nobody.
    """


class HeadsAbsent(SealFault):
    """What has been sealed is written down nowhere outside the database."""


@dataclass(frozen=True, slots=True)
class NotAHead:
    """A line among the heads that is none; which line."""

    line: int


class SealKeys(Protocol):
    """The key that seals, and those that did before."""

    def current(self) -> str:
        """The name of the key that seals now; SealFault when there is none."""

    def sign(self, key: str, words: bytes) -> bytes:
        """Sign with the key that seals now, which must still be this one."""

    def holds(self, key: str, words: bytes, signature: bytes) -> bool:
        """Whether a key of ours has signed these words."""

    def age(self, key: str) -> int | None:
        """How many keys have come after it; none when it is not ours."""


class SealHeads(Protocol):
    """The heads of all batches, in their order, where whoever has the database has not got them."""

    def alone(self) -> AbstractContextManager[bool]:
        """Be the only one on this machine who writes here; false when another is."""

    def begin(self) -> None:
        """Make the place, empty; where there is one already, leave it."""

    def last(self) -> Head | None:
        """The newest head; none before the first. HeadsAbsent when there is no place at all."""

    def append(self, heads: Iterable[Head]) -> None:
        """Write these down, and come back when they will outlive the machine's power."""

    def read(self) -> Iterator[Head | NotAHead]:
        """All that is there now, one at a time. HeadsAbsent when there is no place at all."""


def seal_keys() -> SealKeys:
    """Where the keys are, as the settings say."""
    found: SealKeys = port("SEAL_KEYS")
    return found


def seal_heads() -> SealHeads:
    """Where the heads are, as the settings say."""
    found: SealHeads = port("SEAL_HEADS")
    return found
