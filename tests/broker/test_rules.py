"""What the broker lets whom do, and how it says no."""

import socket
import time
from asyncio import SelectorEventLoop
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from proton import Delivery

from dialog.broker.sasl import SASL
from dialog.broker.server import Broker
from dialog.cli import main
from tests.amqp_by_hand import drain, message, put, take
from tests.apart import apart
from tests.broker.test_sasl import PASSWORD, init
from tests.buses import (
    AFTER_A_WRONG_PASSWORD,
    FIRST,
    HOST,
    OFFICE,
    PARTIES,
    PORTAL,
    BrokerProcess,
    plain_bus,
    tls_bus,
)

PORTALS, OFFICES = (f"{FIRST[who] + PARTIES - 1}" for who in (PORTAL, OFFICE))
Refused = Callable[..., str]


class TestWhoMayDoWhat:
    def test_one_receives_from_ones_own_queues_only(self, tls_broker: BrokerProcess) -> None:
        refused = take(tls_bus(tls_broker, PORTAL), f"{OFFICES}_async", 1).refused

        assert refused == "amqp:unauthorized-access"

    def test_one_sends_to_others(self, tls_broker: BrokerProcess) -> None:
        put(tls_bus(tls_broker, PORTAL), f"{OFFICES}_async", message(b"to you"))

        assert take(tls_bus(tls_broker, OFFICE), f"{OFFICES}_async", 1).bodies == [b"to you"]

    def test_a_queue_that_is_nobodys_is_not_there(self, tls_broker: BrokerProcess) -> None:
        with pytest.raises(AssertionError, match="amqp:not-found"):
            put(tls_bus(tls_broker, PORTAL), "99_async", message(b""))

    def test_what_precedes_the_last_slash_is_not_the_queue(
        self, plain_broker: BrokerProcess
    ) -> None:
        bus = plain_bus(plain_broker.port)

        put(bus, "tb.example.org/Bus/31_async", message(b"one"))

        assert take(bus, "/queue/31_async", 1).bodies == [b"one"]

    def test_what_is_no_message_is_rejected(self, plain_broker: BrokerProcess) -> None:
        outcome = put(plain_bus(plain_broker.port), "32_async", b"\x00\x53\x70\xd0")

        assert outcome == Delivery.REJECTED

    def test_a_client_that_drains_is_told_when_there_is_no_more(
        self, plain_broker: BrokerProcess
    ) -> None:
        bus = plain_bus(plain_broker.port)
        put(bus, "36_async", message(b"one"), message(b"two"))

        assert drain(bus, "36_async") == [b"one", b"two"]
        assert drain(bus, "36_async") == []

    def test_a_large_message_comes_through_whole(self, plain_broker: BrokerProcess) -> None:
        bus, body = plain_bus(plain_broker.port), bytes(range(256)) * 20_000

        put(bus, "33_async", message(body))

        assert take(bus, "33_async", 1).bodies == [body]

    def test_undeliverable_goes_to_the_dead_letters_at_once(
        self, plain_broker: BrokerProcess
    ) -> None:
        bus = plain_bus(plain_broker.port)
        put(bus, "34_async", message(b"never"))

        take(bus, "34_async", 1, answer=_undeliverable)

        assert take(bus, "34_async_dlq", 1).bodies == [b"never"]


class TestTheDoor:
    def test_a_wrong_password_is_told_and_the_door_shut(self, tls_broker: BrokerProcess) -> None:
        bus = tls_bus(tls_broker, PORTAL)
        wrong = type(bus)(
            host=bus.host, port=bus.port, user=PORTAL, password="feil", ca_file=bus.ca_file
        )

        began = time.monotonic()

        refused = take(wrong, f"{PORTALS}_async", 1).refused

        assert "Authentication failed" in refused
        assert time.monotonic() - began >= AFTER_A_WRONG_PASSWORD

    def test_a_password_without_tls_is_refused(self, plain_broker: BrokerProcess) -> None:
        with socket.create_connection((HOST, plain_broker.port), 5) as client:
            client.sendall(SASL)
            hello = client.recv(1000)
            client.sendall(init("PLAIN", PASSWORD))
            answer = _all_of(client)

        assert b"ANONYMOUS" in hello and b"PLAIN" not in hello
        assert answer[-1] == 1

    def test_something_else_than_amqp_is_told_what_is_spoken_here(
        self, plain_broker: BrokerProcess
    ) -> None:
        with socket.create_connection((HOST, plain_broker.port), 5) as client:
            client.sendall(b"GET / HTTP/1.1\r\n\r\n")

            assert _all_of(client) == SASL

    def test_garbage_after_the_gate_ends_that_connection_only(
        self, plain_broker: BrokerProcess
    ) -> None:
        with socket.create_connection((HOST, plain_broker.port), 5) as client:
            client.sendall(b"AMQP\x00\x01\x00\x00" + b"\xff" * 400)
            _all_of(client)

        bus = plain_bus(plain_broker.port)
        put(bus, "35_async", message(b"still here"))
        assert take(bus, "35_async", 1).bodies == [b"still here"]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """What a broker in this folder says when it will not start; one that would, is not let."""

    async def serve(*_what: object) -> None:
        raise AssertionError("it serves")

    monkeypatch.setattr(Broker, "serve", serve)
    # Signals come to the first thread only, and that is not where it runs (``apart``).
    monkeypatch.setattr(SelectorEventLoop, "add_signal_handler", lambda *_signal: None)

    def refused(folder: Path, *options: str) -> str:
        monkeypatch.setenv("DATA_DIR", str(folder))
        words = ["broker", "--port", "0", "--data", str(folder), *options]
        assert apart(lambda: main(words)) == 1
        return capsys.readouterr().err

    return refused


class TestStarting:
    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (["--host", "192.0.2.1"], "serves this machine only"),
            (["--create-certificate"], "add a user first"),
            (["--tls-cert", "x.pem"], "both --tls-cert and --tls-key"),
            (["--queues", "/ingen/slik"], "cannot be read"),
        ],
    )
    def test_an_unsafe_start_is_refused_with_a_sentence(
        self, refused: Refused, options: list[str], sentence: str, tmp_path: Path
    ) -> None:
        assert sentence in refused(tmp_path, *options)

    def test_two_brokers_do_not_share_a_folder(
        self, refused: Refused, plain_broker: BrokerProcess
    ) -> None:
        assert "already running" in refused(plain_broker.folder)

    def test_queues_may_be_listed_in_a_file(self, tmp_path: Path) -> None:
        listed = tmp_path / "queues.txt"
        listed.write_text("# for a test\ninnboks\n")
        broker = BrokerProcess(tmp_path, "--queues", str(listed))
        broker.start()

        put(plain_bus(broker.port), "innboks", message(b"listed"))
        taken = take(plain_bus(broker.port), "innboks", 1)
        other = take(plain_bus(broker.port), "en-annen", 1)

        broker.stop()
        assert taken.bodies == [b"listed"]
        assert other.refused == "amqp:not-found"

    def test_a_user_is_added_with_the_password_from_standard_input(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        monkeypatch.setattr("sys.stdin", StringIO("en lang frase\n"))
        words = ["--her-id", "8141704", "--her-id", "8141705", "--data", str(tmp_path)]

        assert main(["broker", "user", "kontor", *words]) == 0

        assert "8141704, 8141705" in capsys.readouterr().out
        assert "en lang frase" not in (tmp_path / "users.json").read_text()


def _undeliverable(delivery: Delivery) -> None:
    delivery.local.undeliverable = True
    delivery.update(Delivery.MODIFIED)
    delivery.settle()


def _all_of(client: socket.socket) -> bytes:
    parts = []
    while part := client.recv(1000):
        parts.append(part)
    return b"".join(parts)
