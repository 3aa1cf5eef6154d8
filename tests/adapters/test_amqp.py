"""Our side of AMQP: whom we trust, how long we try, and what the settings must say."""

import errno
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from proton._io import IO
from pytest_django import Settings

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.amqp.bus import Bus
from dialog.adapters.amqp.settings import bus_from_settings
from dialog.broker.certificate import AUTHORITY, create
from dialog.errors import PortError
from dialog.interop.ports import transport
from dialog.ports import port
from tests.amqp_by_hand import message, put, take
from tests.buses import FIRST, HOST, OFFICE, PORTAL, BrokerProcess, plain_bus, tls_bus
from tests.interop.envelopes import envelope
from tests.rabbit import free_port


class TestWhomWeTrust:
    @pytest.mark.parametrize("to", ["bus.example.org", "192.0.2.1", "localhost.example"])
    def test_another_machine_is_reached_over_tls_only(self, to: str) -> None:
        with pytest.raises(ValueError, match="over TLS"):
            Bus(host=to, tls=False)

    def test_a_password_goes_over_tls_only(self) -> None:
        with pytest.raises(ValueError, match="over TLS only"):
            Bus(host="127.0.0.1", tls=False, user="kontor")

    def test_a_server_of_another_authority_is_not_spoken_to(
        self, tls_broker: BrokerProcess, tmp_path: Path
    ) -> None:
        create(tmp_path, "localhost")

        _not_sent(
            replace(tls_bus(tls_broker, PORTAL), ca_file=str(tmp_path / AUTHORITY), operation=0.3)
        )

    def test_with_an_authority_of_our_own_those_of_the_machine_do_not_count(
        self, tls_broker: BrokerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        create(tmp_path, "localhost")
        right = tls_bus(tls_broker, PORTAL)
        monkeypatch.setenv("SSL_CERT_FILE", right.ca_file)

        _not_sent(replace(right, ca_file=str(tmp_path / AUTHORITY), operation=0.3))

    def test_a_server_of_another_name_is_not_spoken_to(
        self, tls_broker: BrokerProcess, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda _host, *of, **more: real(HOST, *of, **more)
        )

        _not_sent(replace(tls_bus(tls_broker, PORTAL), host="bus.example.org", operation=0.3))

    def test_a_wrong_password_gets_nothing_through(self, tls_broker: BrokerProcess) -> None:
        _not_sent(replace(tls_bus(tls_broker, PORTAL), password="feil", operation=0.5))


class TestHowLongWeTry:
    def test_the_pause_grows_to_its_limit_and_is_not_the_same_for_all(self) -> None:
        bus = Bus(host="localhost")

        pauses = [[bus.wait(tries) for _one in range(50)] for tries in range(8)]

        assert all(1.5 <= pause <= 3.0 for pause in pauses[0])
        assert all(6.0 <= pause <= 12.0 for pause in pauses[2])
        assert all(15.0 <= pause <= 30.0 for pause in pauses[7])
        assert len(set(pauses[0])) > 40

    def test_a_bus_that_is_away_is_said_to_be_when_the_time_is_out(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        began = time.monotonic()

        _not_sent(replace(plain_bus(free_port()), operation=0.3))

        assert 0.25 < time.monotonic() - began < 5.0
        assert "refused" in caplog.text

    def test_a_machine_without_a_network_tries_again(
        self, plain_broker: BrokerProcess, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[int] = []
        real = IO.connect

        def connect(address: Any) -> socket.socket:
            tried.append(1)
            if len(tried) < 3:
                raise OSError(errno.ENETUNREACH, "Network is unreachable")
            return real(address)

        monkeypatch.setattr(IO, "connect", staticmethod(connect))
        transport = AmqpTransport(plain_bus(plain_broker.port))

        transport.send(envelope(receiver=42), b"")

        transport.close()
        assert len(tried) == 3

    def test_a_name_that_does_not_exist_ends_no_thread(self) -> None:
        transport = AmqpTransport(
            Bus(host="finnes-ikke.invalid", operation=0.15, pause=0.05, longest_pause=0.1)
        )

        for _again in range(2):
            with pytest.raises(PortError) as away:
                transport.send(envelope(), b"")
            assert not away.value.permanent
        transport.close()

    def test_what_nobody_waits_for_any_more_is_not_sent_later(self, tmp_path: Path) -> None:
        broker = BrokerProcess(tmp_path)
        broker.start()
        broker.kill()
        transport = AmqpTransport(replace(plain_bus(broker.port), operation=0.3))
        with pytest.raises(PortError):
            transport.send(envelope(receiver=41), b"given up")

        broker.start()
        _until(lambda: transport.send(envelope(receiver=41), b"sent"))

        bodies = _taken(broker, "41_async")
        transport.close()
        broker.stop()
        assert bodies == [b"sent"]


class TestClosing:
    def test_a_closed_bus_leaves_no_thread_and_nothing_open(
        self, plain_broker: BrokerProcess
    ) -> None:
        before = threading.active_count()
        transport = AmqpTransport(plain_bus(plain_broker.port))
        transport.send(envelope(receiver=43), b"")

        transport.close()

        assert threading.active_count() == before
        with pytest.raises(PortError):
            transport.send(envelope(receiver=43), b"")

    def test_whoever_waits_when_it_is_closed_is_told_at_once(self) -> None:
        transport = AmqpTransport(replace(plain_bus(free_port()), operation=60.0))

        with ThreadPoolExecutor(2) as waiting:
            sending = waiting.submit(transport.send, envelope(), b"")
            asking = waiting.submit(transport.ask, envelope(), b"", 60.0)
            time.sleep(0.1)
            transport.close()

            assert isinstance(sending.exception(5), PortError)
            assert isinstance(asking.exception(5), PortError)

    def test_a_password_is_not_shown(self) -> None:
        assert "hemmelig" not in repr(Bus(host="localhost", user="a", password="hemmelig"))


class TestSettings:
    def test_the_bus_is_what_they_say(self, settings: Settings) -> None:
        settings.BUS_URL = "amqps://bus.example.org/NHNTEST"
        settings.BUS_USER, settings.BUS_PASSWORD = "kontor", "hemmelig"
        settings.BUS_REPLY_QUEUE = "8141703_syncreply"

        bus = bus_from_settings()

        assert (bus.host, bus.port, bus.tls) == ("bus.example.org", 5671, True)
        assert (bus.user, bus.password, bus.virtual_host) == ("kontor", "hemmelig", "NHNTEST")
        assert bus.reply_queue == "8141703_syncreply"

    def test_the_port_is_this_bus(self, settings: Settings, plain_broker: BrokerProcess) -> None:
        settings.BUS_URL = f"amqp://{HOST}:{plain_broker.port}"
        port.cache_clear()

        bus = transport()
        bus.send(envelope(receiver=44), b"by the settings")
        bus.close()

        port.cache_clear()
        assert take(plain_bus(plain_broker.port), "44_async", 1).bodies == [b"by the settings"]

    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("", "BUS_URL must be amqps"),
            ("https://bus.example.org", "BUS_URL must be amqps"),
            ("amqp://bus.example.org", "must be reached over TLS"),
            ("amqps://a:b@bus.example.org", "BUS_USER and BUS_PASSWORD"),
        ],
    )
    def test_a_senseless_address_is_named(
        self, settings: Settings, url: str, sentence: str
    ) -> None:
        settings.BUS_URL = url

        with pytest.raises(ImproperlyConfigured, match=sentence):
            bus_from_settings()

    def test_how_a_broker_writes_addresses(self) -> None:
        bus = Bus(host="localhost", address_form="/queue/{queue}")

        assert bus.address("8141703_async") == "/queue/8141703_async"
        assert bus.address("/queue/8141703_syncreply") == "/queue/8141703_syncreply"


def _not_sent(bus: Bus) -> None:
    transport = AmqpTransport(bus)
    with pytest.raises(PortError) as refused:
        transport.send(envelope(FIRST[PORTAL], FIRST[OFFICE]), b"")
    transport.close()
    assert not refused.value.permanent


def _until(do: Callable[[], None]) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            do()
        except PortError:
            assert time.monotonic() < deadline
        else:
            return


def _taken(broker: BrokerProcess, queue: str) -> list[bytes]:
    put(plain_bus(broker.port), queue, message(b"end"))
    bodies = take(plain_bus(broker.port), queue, 2).bodies
    return [body for body in bodies if body != b"end"]
