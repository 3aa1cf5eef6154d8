"""A client nobody here wrote (rhea) talks with our adapter through our broker, over TLS."""

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.processes import die_with_parent
from dialog.broker.certificate import AUTHORITY
from dialog.interop.ports import Delivery, Settled
from tests.buses import FIRST, OFFICE, PARTIES, PASSWORDS, PORTAL, BrokerProcess, soon, tls_bus
from tests.interop.envelopes import envelope
from tests.markup import BROUGHT, CHECKOUT

SCRIPT = CHECKOUT / "tests" / "broker" / "stranger.mjs"
OWN, OTHER = FIRST[OFFICE] + PARTIES - 2, FIRST[PORTAL] + PARTIES - 2


class Stranger:
    """The other client, and what it says it has seen."""

    def __init__(self, broker: BrokerProcess, password: str) -> None:
        node = next((str(path) for path in CHECKOUT.glob(BROUGHT)), shutil.which("node"))
        assert node, "There is no Node: run `make install`."
        settings = {
            "host": "localhost",
            "port": broker.port,
            "user": OFFICE,
            "password": password,
            "ca": str(broker.folder / "tls" / AUTHORITY),
            "own": OWN,
            "other": OTHER,
        }
        self.process = subprocess.Popen(
            [node, str(SCRIPT), json.dumps(settings)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )

    def says(self) -> dict[str, Any]:
        """The next thing it says."""
        assert self.process.stdout is not None
        seen: dict[str, Any] = json.loads(self.process.stdout.readline())
        return seen

    def end(self) -> None:
        """Away with it."""
        self.process.kill()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def stranger(tls_broker: BrokerProcess) -> Iterator[Stranger]:
    made = Stranger(tls_broker, PASSWORDS[OFFICE])
    yield made
    made.end()


def test_it_is_heard_it_hears_and_it_answers(tls_broker: BrokerProcess, stranger: Stranger) -> None:
    portal = AmqpTransport(tls_bus(tls_broker, PORTAL))
    heard: list[Delivery] = []

    def handle(delivery: Delivery) -> Settled:
        heard.append(delivery)
        return Settled.ACCEPTED

    portal.listen({f"{OTHER}_async": 1}, handle, lambda _unreadable: Settled.REJECTED)
    assert stranger.says() == {"accepted": True}
    assert soon(lambda: heard)
    asked = replace(envelope(OTHER, OWN), to=f"{OWN}_sync")
    answer = portal.ask(asked, "ledige timer på Ås?".encode(), 10.0)
    portal.close()

    assert heard[0].body == b"from a stranger"
    assert (heard[0].envelope.sender, heard[0].tolerated) == (OWN, ())
    assert answer.body.decode() == "heard: ledige timer på Ås?"
    assert stranger.says() == {
        "subject": asked.function,
        "type": asked.content_type,
        "ttl": pytest.approx(10_000, abs=2_000),
        "durable": True,
        "from": OTHER,
        "to": OWN,
        "time": True,
        "body": "ledige timer på Ås?",
        "count": 0,
    }


def test_a_stranger_with_a_wrong_password_is_turned_away(tls_broker: BrokerProcess) -> None:
    turned_away = Stranger(tls_broker, "feil passord")

    said = turned_away.says()
    turned_away.end()

    assert "accepted" not in said
