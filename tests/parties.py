"""A portal and an office on one bus, and what each hears."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from dialog.interop.ports import Delivery, Envelope, Settled, Unreadable
from tests.buses import OFFICE, PORTAL, Buses, Party, soon
from tests.interop.envelopes import envelope

LAST = b"the last"


class Heard:
    """What a party hears; the first answers are those given, then all is accepted."""

    def __init__(self, party: Party, *answers: Settled, kind: str = "async") -> None:
        self.deliveries: list[Delivery] = []
        self.unreadable: list[Unreadable] = []
        self._answers = list(answers)
        self._lock = threading.Lock()
        self.listening = party.transport.listen({party.queue(kind): 2}, self._hear, self._refuse)

    def is_all(self, two: "Two", *bodies: bytes) -> bool:
        """Whether these have come, in any order, and nothing more before what is sent now."""
        two.send(LAST)
        wanted = [*bodies, LAST]
        come = soon(lambda: LAST in self.bodies and len(self.bodies) >= len(wanted))
        return come and sorted(self.bodies) == sorted(wanted)

    @property
    def bodies(self) -> list[bytes]:
        return [one.body for one in self.deliveries]

    def _hear(self, delivery: Delivery) -> Settled:
        with self._lock:
            self.deliveries.append(delivery)
            return self._answers.pop(0) if self._answers else Settled.ACCEPTED

    def _refuse(self, unreadable: Unreadable) -> Settled:
        self.unreadable.append(unreadable)
        return Settled.ACCEPTED


class Two:
    """A portal and an office on one bus."""

    def __init__(self, buses: Buses) -> None:
        self.buses = buses
        self.portal, self.office = buses.party(PORTAL), buses.party(OFFICE)

    def envelope(self, kind: str = "async", **other: object) -> Envelope:
        made = envelope(self.portal.her_id, self.office.her_id, **other)
        return replace(made, to=self.office.queue(kind))

    def send(self, body: bytes, **other: object) -> Envelope:
        sent = self.envelope(**other)
        self.portal.transport.send(sent, body)
        return sent

    def office_answers(self, answer: Callable[[Delivery], None]) -> None:
        def handle(delivery: Delivery) -> Settled:
            answer(delivery)
            return Settled.ACCEPTED

        self.office.transport.listen({self.office.queue("sync"): 2}, handle, nothing_unreadable)


def nothing_unreadable(unreadable: Unreadable) -> Settled:
    raise AssertionError(unreadable.missing)


@pytest.fixture
def two(buses: Buses) -> Two:
    return Two(buses)
