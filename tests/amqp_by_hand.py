"""AMQP without our adapter, for what it would never do: odd properties, careful settling."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from proton import Delivery, Message
from proton.handlers import MessagingHandler
from proton.reactor import Container

from dialog.adapters.amqp.bus import Bus

PATIENCE = 10.0


class _Once(MessagingHandler):
    """Connects, does one thing, and closes."""

    def __init__(self, bus: Bus, **options: Any) -> None:
        super().__init__(prefetch=0, auto_accept=False, **options)
        self.bus = bus
        self.failed = ""

    def on_start(self, event: Any) -> None:
        bus = self.bus
        self.connection = event.container.connect(
            f"{'amqps' if bus.tls else 'amqp'}://{bus.host}:{bus.port}",
            reconnect=False,
            ssl_domain=bus.domain(),
            allowed_mechs="PLAIN" if bus.user else "ANONYMOUS",
            allow_insecure_mechs=False,
            user=bus.user or None,
            password=bus.password or None,
        )
        self.patience = event.container.schedule(PATIENCE, self)
        self.begin(event)

    def begin(self, event: Any) -> None:
        """What it is for."""

    def on_timer_task(self, event: Any) -> None:
        self.failed = "it took too long"
        event.container.stop()

    def on_transport_error(self, event: Any) -> None:
        self.failed = event.transport.condition.description

    def on_transport_closed(self, event: Any) -> None:
        event.container.stop()  # not before: its socket would stay open

    def on_link_error(self, event: Any) -> None:
        self.failed = event.link.remote_condition.name
        self.end(event)  # a stopped container leaves its socket open, and a broker waits for it

    def end(self, event: Any) -> None:
        """Done, when what has been said has arrived."""
        self.patience.cancel()
        self.connection.close()

    def run(self) -> None:
        """Do it, in this thread."""
        Container(self).run()


class Put(_Once):
    """Sends messages, each when the one before it has been answered."""

    def __init__(self, bus: Bus, address: str, messages: list[bytes]) -> None:
        super().__init__(bus)
        self.address, self.messages, self.outcome = address, messages, 0
        self.out = False

    def begin(self, event: Any) -> None:
        self.sender = event.container.create_sender(self.connection, self.address)

    def on_sendable(self, event: Any) -> None:
        if self.messages and not self.out:  # credit may come before the last one is settled
            self.out = True
            event.sender.delivery(event.sender.delivery_tag())
            event.sender.stream(self.messages.pop(0))
            event.sender.advance()

    def on_settled(self, event: Any) -> None:
        self.out = False
        self.outcome = event.delivery.remote_state
        if self.messages:
            self.on_sendable(event)
        else:
            self.end(event)


def put(bus: Bus, address: str, *messages: bytes) -> int:
    """Send these bytes as messages, one after the other; what became of the last."""
    doing = Put(bus, address, list(messages))
    doing.run()
    assert not doing.failed, doing.failed
    return doing.outcome


@dataclass(slots=True)
class Taken:
    """What came, and of which of it the broker has confirmed that it will not come again."""

    bodies: list[bytes] = field(default_factory=list)
    confirmed: list[bytes] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    refused: str = ""


class _Take(_Once):
    def __init__(self, bus: Bus, address: str, most: int, answer: Callable[[Any], None]) -> None:
        super().__init__(bus, auto_settle=False)
        self.address, self.most, self.answer = address, most, answer
        self.taken = Taken()
        self.said: dict[str, bytes] = {}

    def begin(self, event: Any) -> None:
        receiver = event.container.create_receiver(self.connection, self.address)
        receiver.flow(self.most)

    def on_message(self, event: Any) -> None:
        body = bytes(event.message.body)
        self.taken.bodies.append(body)
        self.taken.counts.append(event.message.delivery_count)
        self.said[event.delivery.tag] = body
        self.answer(event.delivery)
        if event.delivery.local_state != Delivery.ACCEPTED:
            self._count(event)

    def on_settled(self, event: Any) -> None:
        self.taken.confirmed.append(self.said[event.delivery.tag])
        event.delivery.settle()
        self._count(event)

    def _count(self, event: Any) -> None:
        self.most -= 1
        if self.most == 0:
            self.end(event)


class _Listen(_Once):
    def __init__(self, bus: Bus, addresses: tuple[str, ...]) -> None:
        super().__init__(bus)
        self.addresses = addresses

    def begin(self, event: Any) -> None:
        for address in self.addresses:
            event.container.create_receiver(self.connection, address)

    def on_session_error(self, event: Any) -> None:
        self.failed = f"session: {event.session.remote_condition.name}"
        self.end(event)


def listen(bus: Bus, *addresses: str) -> str:
    """Listen on all of these in one session; what ended it."""
    doing = _Listen(bus, addresses)
    doing.run()
    return doing.failed


class _Drain(_Once):
    """Asks for what there is now, and wants to be told when there is no more."""

    def __init__(self, bus: Bus, address: str) -> None:
        super().__init__(bus)
        self.address = address
        self.bodies: list[bytes] = []

    def begin(self, event: Any) -> None:
        event.container.create_receiver(self.connection, self.address).drain(10)

    def on_message(self, event: Any) -> None:
        self.bodies.append(bytes(event.message.body))
        self.accept(event.delivery)

    def on_link_flow(self, event: Any) -> None:
        if event.link.is_receiver and not event.link.draining():
            self.end(event)


def drain(bus: Bus, queue: str) -> list[bytes]:
    """All that lies in a queue now."""
    doing = _Drain(bus, bus.address(queue))
    doing.run()
    assert not doing.failed, doing.failed
    return doing.bodies


def accept(delivery: Any) -> None:
    """Accept, and leave it to the broker to settle: then it is confirmed."""
    delivery.update(Delivery.ACCEPTED)


def take(bus: Bus, queue: str, most: int, answer: Callable[[Any], None] = accept) -> Taken:
    """Take so many messages, and answer each."""
    doing = _Take(bus, bus.address(queue), most, answer)
    doing.run()
    doing.taken.refused = doing.failed
    return doing.taken


def message(body: bytes, **said: Any) -> bytes:
    """A message of any kind, encoded."""
    return bytes(Message(body=body, inferred=True, durable=True, **said).encode())
