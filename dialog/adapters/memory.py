"""Ports in memory, for tests and for trying things out."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from dialog.actor import Actor
from dialog.adapters.cms.certificates import NotACertificate, certificate
from dialog.appointments.freshness import Freshness
from dialog.errors import NotFound, PortError
from dialog.interop.conditions import Condition, Refused, TryLater
from dialog.interop.ports import Opened
from dialog.interop.profiles import Profile
from dialog.interop.trees import MOST_BYTES
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


class MemoryProtection:
    """Protects nothing: it notes who wrote to whom, and a sum of what, and holds others to it.

    For a demonstration on one machine; everybody on the bus can read what it lets through.
    """

    content_type = "application/x-unprotected"

    def protect(self, data: bytes, *, to: Profile, own: Profile) -> bytes:
        """The bytes, under a line with the sums of both certificates and of the bytes."""
        if len(data) > MOST_BYTES:
            raise Refused(Condition.UNSUPPORTED_MESSAGE, "It is too large.")
        if to.encryption is None:
            raise Refused(Condition.MISSING_CERTIFICATE, f"{to.her_id} has no certificate.")
        if own.signing is None:
            raise TryLater(f"We have no certificate for {own.her_id}.")
        return _line(to.encryption, own.signing, data) + data

    def open(self, data: bytes, *, sender: Profile, own: Profile) -> Opened:
        """The bytes again, when they are from and to whom they should be."""
        line, _end, content = data.partition(b"\n")
        if len(data) > MOST_BYTES + 256 or line.count(b" ") != 3:
            raise Refused(Condition.UNSUPPORTED_MESSAGE, "It is too large, or not ours.")
        if own.encryption is None:
            raise TryLater(f"We have no certificate for {own.her_id}.")
        if sender.signing is None:
            raise Refused(Condition.MISSING_CERTIFICATE, f"{sender.her_id} has no certificate.")
        if line.split(b" ")[1] != _sum(own.encryption):
            raise Refused(Condition.INVALID_CERTIFICATE, "It is for another receiver.")
        if line + b"\n" != _line(own.encryption, sender.signing, content):
            raise Refused(Condition.UNVERIFIED_CERTIFICATE, "It is another's, or changed.")
        return Opened(
            content=content,
            certificate=sender.signing,
            organisation=_organisation(sender.signing),
        )


def _line(receiver: bytes, signer: bytes, data: bytes) -> bytes:
    return b" ".join((b"unprotected", _sum(receiver), _sum(signer), _sum(data))) + b"\n"


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _organisation(der: bytes) -> str:
    try:
        return certificate(der).organisation
    except NotACertificate:
        return ""


class Looked(NamedTuple):
    """What somebody wanted to know the free times of, and how long they would wait."""

    practitioners: tuple[UUID, ...]
    first: date
    days: int
    patience: float


class MemoryOfferedTimes:
    """Says how fresh times are as it has been told; a test may say that nobody answers."""

    def __init__(self, says: Freshness = Freshness.FRESH) -> None:
        self.says = says
        self.looks: list[Looked] = []

    def refresh(
        self,
        *,
        by: Actor,
        practitioners: Sequence[UUID],
        first: date,
        days: int,
        patience: float,
    ) -> Freshness:
        """What it has been told to say."""
        self.looks.append(Looked(tuple(practitioners), first, days, patience))
        return self.says
