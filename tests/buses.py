"""Message buses for tests: in memory, our broker in a process of its own, Debian's RabbitMQ."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import IO

import pytest

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.amqp.bus import Bus
from dialog.adapters.amqp.translation import encoded_properties
from dialog.adapters.memory_bus import MemoryBus, MemoryTransport
from dialog.adapters.processes import die_with_parent
from dialog.broker.certificate import AUTHORITY
from dialog.broker.users import Users
from dialog.interop.ports import MessageTransport
from dialog.interop.properties import Properties
from tests.amqp_by_hand import put
from tests.rabbit import Rabbit

CHECKOUT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
AFTER_A_WRONG_PASSWORD = 0.2  # seconds
# The command, but that somebody with a wrong password is let wait for less than a second.
IN_A_HURRY = f"""
import sys
from dialog.broker import client
from dialog.cli import main
client.AFTER_A_WRONG_PASSWORD = {AFTER_A_WRONG_PASSWORD}
sys.exit(main())
"""
QUICK = {"pause": 0.05, "longest_pause": 0.3, "operation": 15.0, "release_after": 0.02}
PORTAL, OFFICE = "portal", "office"
PASSWORDS = {who: secrets.token_urlsafe() for who in (PORTAL, OFFICE)}
FIRST = {PORTAL: 10_000, OFFICE: 20_000}
PARTIES = 400
numbers = count()


class BrokerProcess:
    """``digital-dialog broker`` as a process, on the same port each time it is started."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.options = folder, options
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        with (self.folder / "log").open("ab") as words:
            self.process = self._started(words)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Ready: "):
                self.port = int(line.rpartition(":")[2])
                return
        pytest.fail((self.folder / "log").read_text())

    def _started(self, words: IO[bytes]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [
                *(sys.executable, "-c", IN_A_HURRY, "broker", "--data", str(self.folder)),
                *("--port", str(self.port), *self.options),
            ],
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            cwd=CHECKOUT,
            env={**os.environ, "DATA_DIR": str(self.folder)},
            preexec_fn=die_with_parent(signal.SIGKILL),
        )

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an operator stops it."""
        self._end(signal.SIGTERM)

    def _end(self, order: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(order)
            self.process.wait(10)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@dataclass(slots=True)
class Party:
    """One end of the bus."""

    her_id: int
    transport: MessageTransport
    bus: Bus | MemoryBus

    def queue(self, kind: str = "async") -> str:
        """One of its queues."""
        return f"{self.her_id}_{kind}"

    def put(self, queue: str, properties: Properties, body: bytes) -> None:
        """A message with these very properties, whatever the port would say."""
        if isinstance(self.bus, MemoryBus):
            self.bus.put(queue, properties, body)
        else:
            put(self.bus, self.bus.address(queue), encoded_properties(properties, body))


@dataclass(slots=True)
class Buses:
    """A bus, two parties on it, and what it cannot do."""

    make: Callable[[str, int], tuple[MessageTransport, Bus | MemoryBus]]
    counts_failures: bool = True
    made: list[MessageTransport] = field(default_factory=list)

    def party(self, who: str) -> Party:
        """A party with a HER-id that no other test has."""
        her_id = FIRST[who] + next(numbers) % PARTIES
        transport, bus = self.make(who, her_id)
        self.made.append(transport)
        return Party(her_id, transport, bus)

    def close(self) -> None:
        """Let go of everything."""
        for transport in self.made:
            transport.close()


@pytest.fixture(scope="session")
def plain_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerProcess]:
    """Our broker without TLS."""
    with _running(BrokerProcess(tmp_path_factory.mktemp("broker"))) as broker:
        yield broker


@pytest.fixture(scope="session")
def tls_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerProcess]:
    """Our broker as the national bus is: TLS and passwords."""
    folder = tmp_path_factory.mktemp("broker-tls")
    users = Users(folder / "users.json")
    for who, password in PASSWORDS.items():
        users.add(who, password, range(FIRST[who], FIRST[who] + PARTIES), drawn=True)
    with _running(BrokerProcess(folder, "--create-certificate")) as broker:
        yield broker


@pytest.fixture(scope="session")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbit]:
    """Debian's RabbitMQ."""
    broker = Rabbit(tmp_path_factory.mktemp("rabbit"))
    try:
        broker.start()
        yield broker
    finally:
        broker.stop()


BUSES = ["memory", "plain", "tls", pytest.param("rabbit", marks=pytest.mark.rabbit)]


@pytest.fixture(params=BUSES)
def buses(request: pytest.FixtureRequest) -> Iterator[Buses]:
    """Every bus in turn."""
    made = _MADE[request.param](request)
    yield made
    made.close()


def plain_bus(port: int) -> Bus:
    """Our broker on loopback."""
    return Bus(host=HOST, port=port, tls=False, **QUICK)


def tls_bus(broker: BrokerProcess, who: str) -> Bus:
    """Our broker over TLS, as this user."""
    return Bus(
        host="localhost",
        port=broker.port,
        user=who,
        password=PASSWORDS[who],
        ca_file=str(broker.folder / "tls" / AUTHORITY),
        **QUICK,
    )


def _memory(_request: pytest.FixtureRequest) -> Buses:
    bus = MemoryBus()
    return Buses(lambda _who, _her_id: (MemoryTransport(bus), bus))


def _plain(request: pytest.FixtureRequest) -> Buses:
    bus = plain_bus(request.getfixturevalue("plain_broker").port)
    return Buses(lambda _who, _her_id: (AmqpTransport(bus), bus))


def _tls(request: pytest.FixtureRequest) -> Buses:
    broker = request.getfixturevalue("tls_broker")

    def make(who: str, _her_id: int) -> tuple[MessageTransport, Bus]:
        bus = tls_bus(broker, who)
        return AmqpTransport(bus), bus

    return Buses(make)


def _rabbit(request: pytest.FixtureRequest) -> Buses:
    port = request.getfixturevalue("rabbit").port
    rules = Bus(
        host=HOST,
        port=port,
        tls=False,
        address_form="/queue/{queue}",
        one_connection_per_receiver=True,
        knows_modified=False,
        **QUICK,
    )

    def make(_who: str, her_id: int) -> tuple[MessageTransport, Bus]:
        bus = replace(rules, reply_queue=f"{her_id}_syncreply")
        return AmqpTransport(bus), bus

    return Buses(make, counts_failures=False)


_MADE = {"memory": _memory, "plain": _plain, "tls": _tls, "rabbit": _rabbit}


@contextmanager
def _running(broker: BrokerProcess) -> Iterator[BrokerProcess]:
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()


def soon(happens: Callable[[], object], seconds: float = 10.0) -> bool:
    """Whether something happens within a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.01)
    return bool(happens())
