"""Communication parties as the address registry knows them: who they are and where they listen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """A party's four queues on the bus, by name; empty where the registry has none."""

    asynchronous: str = ""
    synchronous: str = ""
    error: str = ""
    reply: str = ""

    def or_those_of(self, parent: "Queues") -> "Queues":
        """The same, with the parent's queue wherever this party has none of its own."""
        return Queues(
            asynchronous=self.asynchronous or parent.asynchronous,
            synchronous=self.synchronous or parent.synchronous,
            error=self.error or parent.error,
            reply=self.reply or parent.reply,
        )


# The kinds of electronic address in list 9044 that name a queue.
KINDS: Mapping[str, str] = {
    "E_SB_ASYNC": "asynchronous",
    "E_SB_SYNC": "synchronous",
    "E_SB_ERROR": "error",
    "E_SB_SYNCREPLY": "reply",
}


def queue_name(address: str) -> str:
    """What follows the last slash of an address: the queue, without the bus it lies on."""
    return address.strip().rpartition("/")[2]


def queues_at(addresses: Mapping[str, str]) -> Queues:
    """Queues from addresses by their kind in list 9044; other kinds are passed over."""
    named = {KINDS[kind]: queue_name(one) for kind, one in addresses.items() if kind in KINDS}
    return Queues(**named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One communication party. Queues are inherited already.

    ``begins`` and ``ends`` are the period of the entry. ``organisations`` are the numbers in the
    central register of the enterprise it belongs to, its own and its parent's. ``certificates``
    (DER) are those valid today.
    """

    her_id: int
    name: str
    parent_her_id: int | None = None
    active: bool = True
    organisations: frozenset[str] = frozenset()
    queues: Queues = field(default_factory=Queues)
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    begins: datetime | None = None
    ends: datetime | None = None

    def child_of(self, parent: "Party | None") -> "Party":
        """The same party with what it inherits: queues, and the enterprise it belongs to.

        A party closed in its parent is closed.
        """
        if parent is None:
            return self
        return replace(
            self,
            active=self.active and parent.active,
            organisations=self.organisations | parent.organisations,
            queues=self.queues.or_those_of(parent.queues),
            certificates=self.certificates or parent.certificates,
        )

    def at(self, now: datetime) -> "Party":
        """The same party as it is at a time: not active outside the period of its entry."""
        begun = self.begins is None or self.begins <= now
        there = begun and (self.ends is None or now < self.ends)
        return self if there else replace(self, active=False)
