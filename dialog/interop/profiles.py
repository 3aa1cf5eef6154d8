"""Profiles and agreements: which processes two parties use with each other, and which keys.

That a service is on is that its process stands in the profile; there is no message that says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialog.interop.agreed import RECEIPT, Channel, Function, folded, later, wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One process in one role of a party, with what that role sends and receives."""

    process: str
    version: str
    role: str
    sends: tuple[Function, ...] = ()
    receives: tuple[Function, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one party can, and with which certificates (DER, None where the file has none).

    ``queues`` are the names of the queues in the profile itself, by channel; where a message goes
    is said by the address registry, which is asked first. ``her_id`` is the communication party's.
    """

    her_id: int
    name: str = ""
    processes: tuple[Offer, ...] = ()
    encryption: bytes | None = field(default=None, repr=False)
    signing: bytes | None = field(default=None, repr=False)
    queues: Mapping[Channel, str] = field(default_factory=dict)
    begins: datetime | None = None
    ends: datetime | None = None

    def offers(self, process: str, function: str = "") -> bool:
        """Whether the process is on, and if a function is named, whether it takes part in it."""
        if not function:
            return any(self._of(process))
        return bool(self.receives(process, function) or self.sends(process, function))

    def receives(self, process: str, function: str) -> Function | None:
        """The function as this party takes it; None when it may not be sent here.

        The process may be given as its message type (all in capitals), in any version.
        """
        for offer in self._of(process):
            found = wanted(process, offer.receives, function)
            if found is None and _citizen(offer):
                found = later(process, function)
            if found is not None:
                return found
        return None

    def sends(self, process: str, function: str) -> Function | None:
        """The function as this party sends it; None when it does not."""
        for offer in self._of(process):
            found = wanted(process, offer.sends, function)
            if found is None and not _citizen(offer):
                found = later(process, function)
            if found is not None:
                return found
        return None

    def receipt(self, process: str, function: str) -> Function | None:
        """The receipt this party takes for a function it has sent; None where none is used.

        A receipt is not looked up by itself but through what it answers. What is asked and
        answered while somebody waits has no receipt: the answer is one.
        """
        sent = self.sends(process, function)
        if sent is None or sent.channel is Channel.SYNC:
            return None
        return self.receives(process, RECEIPT)

    def _of(self, process: str) -> Iterator[Offer]:
        """The roles of a process, the newest version first."""
        same = (one for one in self.processes if folded(one.process) == folded(process))
        return iter(sorted(same, key=lambda one: _number(one.version), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two parties have agreed; the id goes with every message sent under it."""

    cpa_id: str
    parties: tuple[Profile, Profile]
    begins: datetime | None = None
    ends: datetime | None = None

    def of(self, her_id: int) -> Profile | None:
        """One of the two as the agreement has it."""
        return next((one for one in self.parties if one.her_id == her_id), None)

    @property
    def pair(self) -> frozenset[int]:
        """The two, by HER-id."""
        return frozenset(party.her_id for party in self.parties)

    def is_between(self, one: int, other: int) -> bool:
        """Whether these are the two."""
        return self.pair == {one, other}

    def in_force(self, now: datetime) -> bool:
        """Whether it has begun and has not ended."""
        return (self.begins is None or self.begins <= now) and (
            self.ends is None or now < self.ends
        )


def _citizen(offer: Offer) -> bool:
    return folded(offer.role) == "innbygger"


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
