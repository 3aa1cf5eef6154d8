"""Who asks for all there is now gets it, also where reading or storing is slow."""

from types import SimpleNamespace
from typing import Any

import pytest
from proton import Connection, Delivery, Receiver, Transport

from dialog.adapters.amqp.bus import Bus
from dialog.broker.engine import Engine
from dialog.broker.header import split
from dialog.broker.permits import Permits
from dialog.broker.queues import Queues
from dialog.broker.users import ANYBODY
from tests.amqp_by_hand import Put, message

QUEUE = "1_async"


class NothingStored:
    """No disk: what is put here is kept at once."""

    def __init__(self) -> None:
        self.contents: dict[int, bytes] = {}

    def everything(self) -> list[Any]:
        """Nothing from before."""
        return []

    def put(self, kept: Any, content: bytes, done: Any) -> None:
        """Keep it."""
        self.contents[kept.id] = content
        done(True)

    def content(self, number: int) -> bytes:
        """What was put."""
        return self.contents[number]


class Slow:
    """A broker's engine and a client in one process, whose wire is full when we say so."""

    def __init__(self, *bodies: bytes) -> None:
        self.full = False
        store: Any = NothingStored()
        self.queues = Queues(store)
        queue = self.queues.made(QUEUE)
        for body in bodies:
            self.queues.put(queue, *split(message(body)), lambda _kept: None)
        users: Any = None
        self.engine = Engine(
            ANYBODY,
            self.queues,
            Permits(self.queues, users, anybody=True),
            writable=lambda: not self.full,
            flush=lambda: None,
        )
        self.transport, connection = Transport(Transport.CLIENT), Connection()
        self.transport.bind(connection)
        connection.open()
        session = connection.session()
        session.open()
        self.link: Receiver = session.receiver("all there is")
        self.link.source.address = QUEUE
        self.link.open()
        self.talk()

    def talk(self) -> None:
        """Carry bytes both ways until neither has more to say."""
        more = True
        while more:
            more = False
            if (size := self.transport.pending()) > 0:
                said, more = self.transport.peek(size), True
                self.transport.pop(len(said))
                self.engine.feed(said)
            if answered := self.engine.pending():
                self.transport.push(answered)
                more = True

    @property
    def came(self) -> int:
        """How many messages the client has been given."""
        return self.link.queued


def test_a_client_that_reads_slowly_is_not_told_that_there_is_no_more() -> None:
    broker = Slow(b"one", b"two")
    broker.full = True
    broker.link.drain(10)
    broker.talk()
    assert broker.came == 0
    assert broker.link.draining()

    broker.full = False
    broker.engine.give_out()
    broker.talk()

    assert broker.came == 2
    assert not broker.link.draining()


@pytest.mark.parametrize("full", [False, True])
def test_a_client_is_told_of_an_empty_queue_at_once(full: bool) -> None:
    broker = Slow()
    broker.full = full
    broker.link.drain(10)
    broker.talk()

    assert not broker.link.draining()


class Credit:
    """Credit, or an answer to what was sent: what our sender hears, and what it says to it."""

    def __init__(self) -> None:
        self.sender = self
        self.said: list[str] = []
        self.answered = SimpleNamespace(remote_state=Delivery.ACCEPTED)

    def delivery_tag(self) -> str:
        """A name for one message."""
        return str(len(self.said))

    def delivery(self, *_tag: str) -> SimpleNamespace:
        """The message begun."""
        return self.answered

    def stream(self, body: bytes) -> None:
        """The message."""
        self.said.append(body.decode())

    def advance(self) -> None:
        """The message is whole."""


def test_our_own_sender_waits_for_each_message_before_it_leaves() -> None:
    """Credit that comes before the broker has stored the first one must not count as its answer."""
    event = Credit()
    answer = SimpleNamespace(delivery=event.answered, sender=event)
    doing = Put(Bus(host="localhost", port=1, tls=False), QUEUE, [b"one", b"two"])
    doing.end = lambda _event: event.said.append("goodbye")  # type: ignore[method-assign]

    doing.on_sendable(event)
    doing.on_sendable(event)
    assert event.said == ["one"]
    doing.on_settled(answer)
    assert event.said == ["one", "two"]
    doing.on_settled(answer)
    assert event.said == ["one", "two", "goodbye"]
