"""One client's AMQP: proton's engine, fed with bytes, and what it asks of the queues."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from proton import Collector, Condition, Connection, Event, Link, Transport

from dialog.broker.links import LARGEST, Inlet, Outlet
from dialog.broker.permits import REPLY_NODE, NoSuchLink, Permits
from dialog.broker.queues import Queues
from dialog.broker.users import User

NAME = "digital-dialog-broker"
SILENCE = 60.0  # seconds without a sign of life before a client is gone
Key = tuple[bool, str]


class Engine:
    """A client's connection, sessions and links."""

    def __init__(
        self,
        user: User,
        queues: Queues,
        permits: Permits,
        *,
        writable: Callable[[], bool],
        flush: Callable[[], None],
    ) -> None:
        self._user, self._queues, self._permits = user, queues, permits
        self._writable, self._flush = writable, flush
        self._connection = Connection()
        self._collector = Collector()
        self._connection.collect(self._collector)
        self._transport = Transport(Transport.SERVER)
        self._transport.idle_timeout = SILENCE
        self._transport.bind(self._connection)
        self._inlets: dict[Key, Inlet] = {}
        self._outlets: dict[Key, Outlet] = {}
        self._nodes: dict[Key, str] = {}

    def feed(self, data: bytes) -> bool:
        """Bytes from the client; False when it may not send any more."""
        while data:
            room = self._transport.capacity()
            if room <= 0:
                return False
            self._transport.push(data[:room])
            data = data[room:]
            self._handle_events()
        return True

    def pending(self) -> bytes:
        """Bytes for the client."""
        self._handle_events()
        parts = []
        while (size := self._transport.pending()) > 0:
            part = self._transport.peek(size)
            if not part:
                break
            parts.append(part)
            self._transport.pop(len(part))
        return b"".join(parts)

    def done(self) -> bool:
        """Whether everything has been said."""
        return self._transport.pending() < 0

    def tick(self, now: float) -> float:
        """Signs of life; when to come again (0: no need)."""
        return self._transport.tick(now)

    def give_out(self) -> None:
        """The client reads again."""
        for outlet in list(self._outlets.values()):
            outlet.flow()

    def goodbye(self) -> None:
        """We stop."""
        self._connection.condition = Condition(
            "amqp:connection:forced", "The broker is being stopped."
        )
        self._connection.close()

    def end(self, *, failed: bool) -> None:
        """The client is gone."""
        for key in list(self._outlets):
            self._end_outlet(key, failed=failed)
        self._inlets.clear()
        if self._connection.transport is not None:
            self._transport.unbind()

    def _handle_events(self) -> None:
        while event := self._collector.peek():
            answer = _ANSWERS.get(event.type)
            if answer is not None:
                answer(self, event)
            self._collector.pop()

    def _connection_opened(self, _event: Any) -> None:
        self._connection.container = NAME
        self._connection.open()

    def _connection_closed(self, _event: Any) -> None:
        for key in list(self._outlets):
            self._end_outlet(key, failed=False)
        self._connection.close()

    def _session_opened(self, event: Any) -> None:
        event.session.open()

    def _session_closed(self, event: Any) -> None:
        for link in _links_of(self._connection, event.session):
            self._link_ended(link)
        event.session.close()

    def _link_opened(self, event: Any) -> None:
        link: Any = event.link
        key = (link.is_sender, link.name)
        if key in self._outlets:
            self._end_outlet(key, failed=False)
        try:
            begin = self._outlet(key, link) if link.is_sender else self._inlet(key, link)
        except NoSuchLink as refusal:
            link.condition = Condition(refusal.condition, refusal.description)
            link.open()
            link.close()
            return
        link.open()
        begin()

    def _inlet(self, key: Key, link: Any) -> Callable[[], None]:
        queue = self._permits.to_send(link.remote_target.address)
        link.source.copy(link.remote_source)
        link.target.address = link.remote_target.address
        link.max_message_size = LARGEST
        self._inlets[key] = Inlet(link, queue, self._queues, self._flush)
        return self._inlets[key].begin

    def _outlet(self, key: Key, link: Any) -> Callable[[], None]:
        if link.remote_source.dynamic:
            queue = self._queues.made(REPLY_NODE + uuid4().hex, stored=False)
            self._nodes[key] = queue.name
            link.source.dynamic = True
            link.source.address = queue.name
        else:
            queue = self._permits.to_receive(self._user, link.remote_source.address)
            link.source.address = link.remote_source.address
        link.target.copy(link.remote_target)
        self._outlets[key] = Outlet(link, queue, self._queues, self._writable, self._flush)
        return self._outlets[key].begin

    def _link_closed(self, event: Any) -> None:
        self._link_ended(event.link)
        event.link.close()

    def _link_detached(self, event: Any) -> None:
        self._link_ended(event.link)
        event.link.detach()

    def _link_ended(self, link: Any) -> None:
        key = (link.is_sender, link.name)
        self._inlets.pop(key, None)
        self._end_outlet(key, failed=False)

    def _link_flow(self, event: Any) -> None:
        outlet = self._outlets.get((event.link.is_sender, event.link.name))
        if outlet is not None:
            outlet.flow()

    def _delivery(self, event: Any) -> None:
        link, delivery = event.link, event.delivery
        if link.is_sender:
            outlet = self._outlets.get((True, link.name))
            if outlet is not None and delivery.updated:
                outlet.outcome(delivery)
        elif (inlet := self._inlets.get((False, link.name))) and delivery.readable:
            inlet.incoming(delivery)

    def _end_outlet(self, key: Key, *, failed: bool) -> None:
        outlet = self._outlets.pop(key, None)
        if outlet is not None:
            outlet.end(failed=failed)
        if node := self._nodes.pop(key, None):
            self._queues.gone(node)


def _links_of(connection: Connection, session: Any) -> list[Link]:
    found: list[Link] = []
    link = connection.link_head(0)
    while link is not None:
        if link.session == session:
            found.append(link)
        link = link.next(0)
    return found


_ANSWERS: dict[Any, Callable[[Engine, Any], None]] = {
    Event.CONNECTION_REMOTE_OPEN: Engine._connection_opened,
    Event.CONNECTION_REMOTE_CLOSE: Engine._connection_closed,
    Event.SESSION_REMOTE_OPEN: Engine._session_opened,
    Event.SESSION_REMOTE_CLOSE: Engine._session_closed,
    Event.LINK_REMOTE_OPEN: Engine._link_opened,
    Event.LINK_REMOTE_CLOSE: Engine._link_closed,
    Event.LINK_REMOTE_DETACH: Engine._link_detached,
    Event.LINK_FLOW: Engine._link_flow,
    Event.DELIVERY: Engine._delivery,
}
