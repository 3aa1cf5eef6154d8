"""The two kinds of link a client may have: one it sends on, one it receives on."""

from typing import Any

from proton import Condition, Delivery, Link

from dialog.broker.header import BadMessage, split
from dialog.broker.queues import Entry, Queue, Queues

CREDIT = 200
LARGEST = 20 * 1024 * 1024


class Inlet:
    """A link on which a client sends: a message is accepted when it is stored."""

    def __init__(self, link: Link, queue: Queue, queues: Queues, flush: Any) -> None:
        self._link, self._queue, self._queues, self._flush = link, queue, queues, flush
        self._parts = bytearray()

    def begin(self) -> None:
        """Ask for messages."""
        self._link.flow(CREDIT)

    def incoming(self, delivery: Delivery) -> None:
        """A message, or a part of one."""
        while delivery.pending and (part := self._link.recv(delivery.pending)):
            self._parts += part
        if len(self._parts) > LARGEST:
            self._parts.clear()
            self._link.condition = Condition(
                "amqp:link:message-size-exceeded", f"At most {LARGEST} bytes."
            )
            self._link.close()
            return
        if delivery.aborted:
            self._parts.clear()
            delivery.settle()
            self._link.flow(1)
        elif not delivery.partial:
            message, self._parts = bytes(self._parts), bytearray()
            self._link.advance()
            self._store(delivery, message)

    def _store(self, delivery: Delivery, message: bytes) -> None:
        try:
            header, rest = split(message)
        except BadMessage:
            delivery.local.condition = Condition("amqp:decode-error", "This is no message.")
            self._settle(delivery, Delivery.REJECTED)
            return
        self._queues.put(
            self._queue,
            header,
            rest,
            lambda kept: self._settle(delivery, Delivery.ACCEPTED if kept else Delivery.RELEASED),
        )

    def _settle(self, delivery: Delivery, outcome: int) -> None:
        if self._link.connection.transport is None:  # who sent it has left, and will ask again
            return
        delivery.update(outcome)
        delivery.settle()
        if self._link.state & Link.LOCAL_ACTIVE:
            self._link.flow(1)
        self._flush()


class Outlet:
    """A link on which a client receives."""

    def __init__(self, link: Link, queue: Queue, queues: Queues, writable: Any, flush: Any) -> None:
        self.queue = queue
        self._link, self._queues = link, queues
        self._writable, self._flush = writable, flush
        self._out: dict[str, tuple[Entry, Delivery]] = {}
        self._open = False

    def begin(self) -> None:
        """Be one of those who take from the queue."""
        self._open = True
        self.queue.consumers.append(self)
        self._queues.give_out(self.queue)

    def ready(self) -> bool:
        """Whether the client has given credit, and reads what it gets."""
        return self._open and self._link.credit > 0 and self._writable()

    def take(self, entry: Entry, message: bytes) -> None:
        """Give it to the client."""
        delivery = self._link.delivery(self._link.delivery_tag())
        self._link.stream(message)
        if self._link.remote_snd_settle_mode == Link.SND_SETTLED:
            delivery.settle()
            self._queues.accepted(entry, _nothing)
        else:
            self._out[delivery.tag] = (entry, delivery)
        self._link.advance()
        self._flush()

    def flow(self) -> None:
        """Credit has come, or the client reads again; to one that drains, say what is not used.

        Not while it is only slow to read: what waits would be taken for nothing.
        """
        self._queues.give_out(self.queue)
        if self._link.drain_mode and (self._writable() or not self.queue.waiting):
            self._link.drained()

    def outcome(self, delivery: Delivery) -> None:
        """What the client made of a message."""
        if delivery.tag not in self._out:
            if delivery.settled:
                delivery.settle()
            return
        state = delivery.remote_state
        if not delivery.settled and state not in _FINAL:
            return
        entry, _delivery = self._out.pop(delivery.tag)
        if state == Delivery.ACCEPTED:
            self._queues.accepted(entry, lambda: self._settle(delivery))
            return
        self._returned(entry, delivery)
        self._settle(delivery)

    def end(self, *, failed: bool) -> None:
        """The client is gone; ``failed`` when it did not say goodbye."""
        self._open = False
        if self in self.queue.consumers:
            self.queue.consumers.remove(self)
        out, self._out = list(self._out.values()), {}
        for entry, _delivery in out:
            (self._queues.failed if failed else self._queues.released)(entry)

    def _returned(self, entry: Entry, delivery: Delivery) -> None:
        if delivery.remote_state == Delivery.REJECTED:
            self._queues.rejected(entry)
        elif delivery.remote_state != Delivery.MODIFIED:
            self._queues.released(entry)
        elif delivery.remote.undeliverable:
            self._queues.rejected(entry)
        elif delivery.remote.failed:
            self._queues.failed(entry)
        else:
            self._queues.released(entry)

    def _settle(self, delivery: Delivery) -> None:
        if self._link.connection.transport is not None:
            delivery.settle()
            self._flush()


_FINAL = (Delivery.ACCEPTED, Delivery.REJECTED, Delivery.RELEASED, Delivery.MODIFIED)


def _nothing() -> None:
    pass
