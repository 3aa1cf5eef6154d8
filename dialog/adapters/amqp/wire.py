"""One connection to the bus, made again when it breaks, after a pause that grows."""

import logging
import socket
import threading
from typing import Any

from proton import Connection, ProtonException
from proton.handlers import MessagingHandler

from dialog.adapters.amqp.bus import Bus
from dialog.adapters.amqp.loop import Loop, survives
from dialog.errors import PortError

log = logging.getLogger(__name__)
HEARTBEAT = 30.0
WILL_NOT_HELP = frozenset({"amqp:not-found", "amqp:link:message-size-exceeded"})


class Wire(MessagingHandler):
    """A connection; whoever inherits says what it is for in ``up`` and ``down``.

    All methods run in the loop's thread.
    """

    def __init__(self, loop: Loop, bus: Bus) -> None:
        super().__init__(prefetch=0, auto_accept=False, peer_close_is_error=True)
        self.loop, self.bus = loop, bus
        self.connection: Connection | None = None
        self.opened = False
        self.ended = False
        self.closed = threading.Event()
        self._tries = 0
        self._pausing = False

    def up(self, connection: Connection) -> None:
        """The connection is open."""

    def down(self) -> None:
        """The connection is gone, and with it everything that was under way on it."""

    def connect(self) -> None:
        """See that there is a connection, or one on its way."""
        if self.connection is not None or self.ended or self._pausing:
            return
        bus = self.bus
        try:
            address = socket.getaddrinfo(bus.host, bus.port, type=socket.SOCK_STREAM)[0][4][0]
            host = f"[{address}]" if ":" in str(address) else address
            self.connection = self.loop.container.connect(
                f"{'amqps' if bus.tls else 'amqp'}://{host}:{bus.port}",
                handler=self,
                reconnect=False,
                heartbeat=HEARTBEAT,
                ssl_domain=bus.domain(),
                sni=bus.host,
                virtual_host=bus.virtual_host or bus.host,
                allowed_mechs="PLAIN" if bus.user else "ANONYMOUS",
                allow_insecure_mechs=False,
                user=bus.user or None,
                password=bus.password or None,
            )
        except (OSError, ProtonException) as error:
            self._lost(type(error).__name__)

    def end(self) -> None:
        """Close the connection for good."""
        self.ended = True
        if self.connection is not None:
            self.connection.close()
        else:
            self.closed.set()

    @survives
    def on_connection_opened(self, event: Any) -> None:
        """The other end has opened it too."""
        if self.connection is not None and event.connection == self.connection:
            self.opened, self._tries = True, 0
            self.up(self.connection)

    @survives
    def on_connection_error(self, event: Any) -> None:
        """The other end closed it and said why."""
        self._gone(event, _name(event.connection.remote_condition))

    @survives
    def on_connection_closed(self, event: Any) -> None:
        """Both ends have closed it."""
        self._gone(event, "closed")

    @survives
    def on_transport_error(self, event: Any) -> None:
        """The network, TLS or the password failed."""
        self._gone(event, _told_by_network(event.transport.condition))

    @survives
    def on_disconnected(self, event: Any) -> None:
        """The network went away."""
        self._gone(event, _told_by_network(event.transport.condition))

    @survives
    def on_session_error(self, event: Any) -> None:
        """Some brokers end the session where one link is to blame."""
        self.refused(event.session.remote_condition)
        connection = event.connection
        self._gone(event, _name(event.session.remote_condition))
        connection.close()

    def refused(self, condition: Any) -> None:
        """The session was ended; whoever has a link on its way may know which was meant."""

    def _gone(self, event: Any, reason: str) -> None:
        if self.connection is not None and event.connection == self.connection:
            self._lost(reason)

    def _lost(self, reason: str) -> None:
        self.connection, self.opened = None, False
        if not self.ended:
            log.warning("the bus: connection lost: %s", reason)
        self.down()
        if self.ended:
            self.closed.set()
        else:
            self._pausing = True
            self.loop.later(self.bus.wait(self._tries), self._again)
            self._tries += 1

    def _again(self) -> None:
        self._pausing = False
        if self.wanted():
            self.connect()

    def wanted(self) -> bool:
        """Whether a broken connection is to be made again at once."""
        return True


def refusal(condition: Any, *, permanent: bool = False) -> PortError:
    """What the bus said no with, logged by its name."""
    name = _name(condition)
    log.warning("the bus refused: %s", name)
    return PortError(permanent=permanent or name in WILL_NOT_HELP)


def _name(condition: Any) -> str:
    """What the other end calls it; its words are not ours to log."""
    return condition.name if condition else "no reason given"


def _told_by_network(condition: Any) -> str:
    """What our own end says of the network, of TLS, or of having been turned away."""
    return f"{condition.name}: {condition.description}" if condition else "disconnected"
