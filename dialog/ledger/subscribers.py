"""Who wants to hear about what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from dialog.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A recorded event as a subscriber reads it; ``at`` is aware, in UTC."""

    entry_id: int
    kind: str
    at: datetime
    account_id: int | None
    role: str
    patient_id: int | None
    practice_id: int | None
    conversation_id: UUID | None
    details: Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Not yet: ask again at this time; waiting is not a try that failed."""

    until: datetime


class Subscriber(Protocol):
    """Somebody outside who is told, in three steps, so that no transaction is open while the
    network is.
    """

    def read(self, fact: Fact) -> object | None:
        """Gather what to say, in a short transaction that sees the fact's rows.

        None when there is nothing to say, Later when the time for it has not come.
        """

    def send(self, word: object) -> object:
        """Say it, with no transaction open; raises PortError, permanent or not."""

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Write down how it went, in a short transaction."""


SUBSCRIBERS: dict[str, Subscriber] = {}
LISTENING: dict[str, set[str]] = {}
BY_CHOICE: set[str] = set()
PATIENT: set[str] = set()


def subscribe(
    name: str,
    subscriber: Subscriber,
    *,
    to: tuple[type[Event], ...],
    by_choice: bool = False,
    patient: bool = False,
) -> None:
    """Owe these events to this subscriber from now on.

    ``by_choice``: only those of practices that it serves, and to others it costs nothing.
    ``patient``: whoever is away for a day is told when they are back, in order; a debt is parked
    only when asking again will not help.
    """
    SUBSCRIBERS[name] = subscriber
    if patient:
        PATIENT.add(name)
    if by_choice:
        BY_CHOICE.add(name)
    for event in to:
        LISTENING.setdefault(event.__name__, set()).add(name)


def listeners(kind: str) -> list[str]:
    """Who is owed a fact of this kind, in a fixed order."""
    return sorted(LISTENING.get(kind, ()))
