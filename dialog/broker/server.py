"""The broker itself: a port to listen on, the queues, and an end that forgets nothing."""

import asyncio
import fcntl
import gc
import logging
import signal
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from dialog.broker.client import Client
from dialog.broker.permits import Permits
from dialog.broker.queues import Queues
from dialog.broker.sasl import ANONYMOUS, PLAIN
from dialog.broker.store import Store
from dialog.broker.users import Users

log = logging.getLogger(__name__)
SWEEP, COLLECT = 1.0, 10.0
TO_SAY_GOODBYE = 2.0


class CannotServe(Exception):
    """Why the broker does not start, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the broker listens and keeps its data; without a certificate on loopback only."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 5671
    certificate: Path | None = None
    key: Path | None = None

    @property
    def users(self) -> Path:
        """The file of users."""
        return self.data / "users.json"


class Broker:
    """What all clients share."""

    def __init__(self, place: Place, queues: Iterable[str] = ()) -> None:
        self._place = place
        self.users = Users(place.users)
        self.mechanism = PLAIN if place.certificate else ANONYMOUS
        _must_be_safe(place, self.users)
        self.clients: set[Client] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        place.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = (place.data / "lock").open("ab")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.close()
            raise CannotServe(f"A broker is already running with {place.data}.") from error
        self._store = Store(place.data / "queues.sqlite3", asyncio.get_running_loop())
        self.queues = Queues(self._store)
        for name in queues:
            self.queues.made(name)
        self.permits = Permits(self.queues, self.users, anybody=self.mechanism == ANONYMOUS)

    async def serve(self, started: Callable[[int], None], stop: asyncio.Event) -> None:
        """Listen until told to stop; ``started`` hears the port."""
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(
                lambda: Client(self), self._place.host, self._place.port, ssl=_tls(self._place)
            )
        except OSError as error:
            raise CannotServe(
                f"Port {self._place.port} on {self._place.host} cannot be used: {error.strerror}."
            ) from error
        sweeping, collecting = loop.create_task(self._sweep()), loop.create_task(_collect())
        started(server.sockets[0].getsockname()[1])
        await stop.wait()
        sweeping.cancel()
        collecting.cancel()
        server.close()
        for client in list(self.clients):
            client.goodbye()
        deadline = loop.time() + TO_SAY_GOODBYE
        while self.clients and loop.time() < deadline:
            await asyncio.sleep(0.02)
        self._store.close()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            self.queues.sweep()


async def run(place: Place, queues: Iterable[str], started: Callable[[int], None]) -> None:
    """A broker until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    gc.disable()
    for order in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(order, stop.set)
    await Broker(place, queues).serve(started, stop)


async def _collect() -> None:
    """Let go of what refers to itself in the thread that uses proton: whichever thread needed
    memory would do it by itself, while proton is at work here.
    """
    while True:
        await asyncio.sleep(COLLECT)
        gc.collect()


def _must_be_safe(place: Place, users: Users) -> None:
    if place.certificate is None and not _is_loopback(place.host):
        raise CannotServe("Without TLS the broker serves this machine only: name a certificate.")
    if place.certificate is not None and not len(users):
        raise CannotServe("Nobody can come in: add a user first (digital-dialog broker user …).")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tls(place: Place) -> ssl.SSLContext | None:
    if place.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(place.certificate, place.key)
    except (OSError, ssl.SSLError) as error:
        raise CannotServe("The certificate or its key cannot be read.") from error
    return context
