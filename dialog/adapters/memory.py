"""Ports in memory, for tests and for trying things out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from dialog.errors import NotFound, PortError
from dialog.notifications.ports import Handed, Receipt
from dialog.renewals.ports import Medicine


class MemoryBlobs:
    """Keeps files until the process ends."""

    def __init__(self) -> None:
        self._kept: dict[UUID, bytes] = {}

    def put(self, blob: UUID, data: bytes) -> None:
        """Keep these bytes."""
        self._kept[blob] = data

    def parts(self, blob: UUID) -> Iterator[bytes]:
        """The bytes again, in pieces of at most 1 MB."""
        if blob not in self._kept:
            raise NotFound
        data = self._kept[blob]
        for start in range(0, max(len(data), 1), 1024 * 1024):
            yield data[start : start + 1024 * 1024]

    def delete(self, blob: UUID) -> None:
        """Forget the bytes."""
        self._kept.pop(blob, None)


class Phone(NamedTuple):
    """An SMS as it lies on somebody's phone."""

    to: str
    text: str


class MemorySms:
    """Keeps every SMS; a test may say which numbers nobody reaches, or that it is away."""

    def __init__(self) -> None:
        self.kept: dict[UUID, Phone] = {}
        self.unreachable: set[str] = set()
        self.away: PortError | None = None

    @property
    def phones(self) -> list[Phone]:
        """Everything that has come, oldest first."""
        return list(self.kept.values())

    def send(self, *, to: str, text: str, reference: UUID) -> Handed:
        """Keep it, once."""
        if self.away is not None:
            raise self.away
        if to in self.unreachable:
            return Handed(accepted=False)
        self.kept.setdefault(reference, Phone(to, text))
        return Handed(accepted=True)

    def read_receipt(self, *, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """None are sent."""
        raise NotFound


class MemoryMedication:
    """Knows the prescriptions it has been told of."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], list[Medicine]] = {}

    def prescriptions(self, *, patient_id: int, practice_id: int) -> Sequence[Medicine]:
        """What it has been told for this patient at this practice, by name."""
        known = self.known.get((patient_id, practice_id), [])
        return sorted(known, key=lambda one: one.title.lower())
