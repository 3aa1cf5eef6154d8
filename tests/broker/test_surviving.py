"""kill -9 of the broker, or of whoever uses it, loses nothing that was accepted."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dialog.adapters.amqp import AmqpTransport
from dialog.errors import PortError
from dialog.interop.ports import Delivery, Settled
from tests.amqp_by_hand import message, put, take
from tests.buses import BrokerProcess, plain_bus, soon
from tests.interop.envelopes import envelope

QUEUE, LAST = "8141704_async", b"the last"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[BrokerProcess]:
    made = BrokerProcess(tmp_path)
    made.start()
    yield made
    made.kill()


def drained(broker: BrokerProcess) -> list[bytes]:
    """All that lies in the queue, in the order it comes."""
    bodies: list[bytes] = []
    transport = AmqpTransport(plain_bus(broker.port))
    transport.send(envelope(), LAST)

    def handle(delivery: Delivery) -> Settled:
        bodies.append(delivery.body)
        return Settled.ACCEPTED

    transport.listen({QUEUE: 1}, handle, lambda _unreadable: Settled.REJECTED)
    assert soon(lambda: LAST in bodies)
    transport.close()
    assert bodies.pop() == LAST
    return bodies


def test_what_was_accepted_is_there_after_kill_9_in_the_middle_of_sending(
    broker: BrokerProcess,
) -> None:
    accepted: list[bytes] = []
    unsure: list[bytes] = []
    bus = replace(plain_bus(broker.port), operation=0.4, pause=9.0)
    transport = AmqpTransport(bus)

    struck = threading.Event()

    def send(number: int) -> None:
        if struck.is_set():
            return
        body = str(number).encode()
        try:
            transport.send(envelope(), body)
        except PortError:
            unsure.append(body)
        else:
            accepted.append(body)

    def strike() -> None:
        soon(lambda: len(accepted) >= 300)
        broker.kill()
        struck.set()

    striking = threading.Thread(target=strike)
    striking.start()
    with ThreadPoolExecutor(16) as senders:
        list(senders.map(send, range(10_000)))
    striking.join()
    broker.start()
    found = drained(broker)
    transport.close()

    assert len(accepted) >= 300 and unsure
    assert set(accepted) <= set(found)
    assert set(found) <= set(accepted) | set(unsure)
    assert max(Counter(found).values()) == 1


def test_senders_carry_on_by_themselves_when_the_broker_is_back(broker: BrokerProcess) -> None:
    transport = AmqpTransport(plain_bus(broker.port))
    sent = threading.Semaphore(0)

    def send(number: int) -> None:
        transport.send(envelope(), str(number).encode())
        sent.release()

    with ThreadPoolExecutor(8) as senders:
        waiting = [senders.submit(send, number) for number in range(400)]
        for _one in range(100):
            sent.acquire()
        broker.kill()
        broker.start()
        for one in waiting:
            one.result()
    transport.close()

    assert {int(body) for body in drained(broker)} == set(range(400))


def test_what_the_broker_confirmed_as_taken_does_not_come_again(broker: BrokerProcess) -> None:
    bus = plain_bus(broker.port)
    bodies = [str(number).encode() for number in range(40)]
    put(bus, QUEUE, *map(message, bodies))

    taken = take(bus, QUEUE, 25)
    broker.kill()
    broker.start()
    put(bus, QUEUE, message(b"last"))

    assert taken.confirmed == bodies[:25]
    assert take(bus, QUEUE, 16).bodies == [*bodies[25:], b"last"]


def test_a_listener_that_dies_gives_back_what_it_held(broker: BrokerProcess) -> None:
    bus = plain_bus(broker.port)
    put(bus, QUEUE, message(b"held"))

    first = take(bus, QUEUE, 1, answer=_vanish)
    again = take(bus, QUEUE, 1)

    assert (first.bodies, first.counts) == ([b"held"], [0])
    assert (again.bodies, again.counts) == ([b"held"], [1])


def test_a_listener_goes_on_when_the_broker_is_back(broker: BrokerProcess) -> None:
    bus = plain_bus(broker.port)
    transport = AmqpTransport(bus)
    bodies: list[bytes] = []

    def handle(delivery: Delivery) -> Settled:
        bodies.append(delivery.body)
        return Settled.ACCEPTED

    transport.listen({QUEUE: 1}, handle, lambda _unreadable: Settled.REJECTED)
    transport.send(envelope(), b"before")
    assert soon(lambda: bodies == [b"before"])
    broker.kill()
    broker.start()
    transport.send(envelope(), b"after")

    assert soon(lambda: b"after" in bodies)
    transport.close()


def test_a_stopped_broker_has_everything_when_it_starts(broker: BrokerProcess) -> None:
    put(plain_bus(broker.port), QUEUE, message(b"kept"))

    broker.stop()
    broker.start()

    assert take(plain_bus(broker.port), QUEUE, 1).bodies == [b"kept"]


def _vanish(delivery: object) -> None:
    """Go without a word: the socket is closed under the connection."""
    transport = delivery.transport
    transport.close_tail()
    transport.close_head()
