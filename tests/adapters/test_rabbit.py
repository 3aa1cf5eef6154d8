"""What Debian's RabbitMQ cannot do, so that whoever runs us on it knows; and what it can.

RabbitMQ 3.10 speaks AMQP 1.0 through a plugin. A later one that learns more of it fails here, and
then the settings for it can be fewer (docs/interop-bus.md).
"""

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from proton import Delivery

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.amqp.bus import Bus
from dialog.errors import PortError
from dialog.interop.ports import Settled
from tests.amqp_by_hand import listen, take
from tests.buses import HOST, QUICK, soon
from tests.interop.envelopes import envelope
from tests.parties import nothing_unreadable
from tests.rabbit import LAID_ASIDE, Rabbit

pytestmark = pytest.mark.rabbit


@pytest.fixture
def plain(rabbit: Rabbit) -> Bus:
    """Without TLS, as whoever comes."""
    return Bus(host=HOST, port=rabbit.port, tls=False, address_form="/queue/{queue}", **QUICK)


@pytest.fixture
def bus(rabbit: Rabbit) -> Bus:
    """As the portal, in a virtual host."""
    return Bus(
        host="localhost",
        port=rabbit.tls_port,
        user="portal",
        password=rabbit.password,
        ca_file=str(rabbit.ca_file),
        virtual_host=f"vhost:{rabbit.virtual_host()}",
        address_form="/queue/{queue}",
        one_connection_per_receiver=True,
        knows_modified=False,
        reply_queue="8000001_syncreply",
        **QUICK,
    )


def settle(delivery: Any, outcome: Any) -> None:
    delivery.update(outcome)
    delivery.settle()


def heard(bus: Bus, queue: str, many: int) -> list[bytes]:
    """What lies in a queue, taken as the platform does."""
    bodies: list[bytes] = []

    def hear(delivery: Any) -> Settled:
        bodies.append(delivery.body)
        return Settled.ACCEPTED

    with closing(AmqpTransport(bus)) as transport:
        transport.listen({queue: 1}, hear, nothing_unreadable)
        assert soon(lambda: len(bodies) >= many), bodies
    return bodies


def test_a_virtual_host_is_named_with_a_word_before_it(
    bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    without = replace(bus, virtual_host=bus.virtual_host.removeprefix("vhost:"), operation=1.0)
    with closing(AmqpTransport(without)) as elsewhere, pytest.raises(PortError):
        elsewhere.send(envelope(8000001, 8000001), b"to the virtual host /")
    assert "amqp:unauthorized-access" in caplog.text

    with closing(AmqpTransport(bus)) as transport:
        transport.send(envelope(8000001, 8000001), b"here")
    assert heard(bus, "8000001_async", 1) == [b"here"]


def test_it_has_no_reply_nodes_of_its_own(bus: Bus, caplog: pytest.LogCaptureFixture) -> None:
    asked = replace(envelope(8000001, 8000010), to="8000010_sync")

    with (
        closing(AmqpTransport(replace(bus, reply_queue=""))) as transport,
        pytest.raises(PortError),
    ):
        transport.ask(asked, b"anybody?", 5.0)

    assert "the bus refused: amqp:not-implemented" in caplog.text


def test_modified_ends_the_connection_and_nothing_is_counted(
    plain: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    failed: list[int] = []

    def fail(delivery: Any) -> Settled:
        failed.append(delivery.failures)
        return Settled.RELEASED if len(failed) < 3 else Settled.ACCEPTED

    with closing(AmqpTransport(replace(plain, knows_modified=True))) as transport:
        transport.send(replace(envelope(), to="71_async"), b"failed here")
        transport.listen({"71_async": 1}, fail, nothing_unreadable)
        assert soon(lambda: len(failed) == 3)

    assert failed == [0, 0, 0]
    assert caplog.text.count("connection lost: amqp:invalid-field") == 2


def test_what_is_rejected_is_gone_where_no_policy_lays_it_aside(plain: Bus) -> None:
    aside = LAID_ASIDE["dead-letter-routing-key"]
    with closing(AmqpTransport(plain)) as transport:
        for queue in (aside, "72_async", "72_kept"):
            transport.send(replace(envelope(), to=queue), queue.encode())
        for queue in ("72_async", "72_kept"):
            take(plain, queue, 1, lambda delivery: settle(delivery, Delivery.REJECTED))
            transport.send(replace(envelope(), to=queue), b"the last")

    assert heard(plain, aside, 2) == [aside.encode(), b"72_kept"]
    assert heard(plain, "72_async", 1) == [b"the last"]


def test_one_receiver_that_is_refused_ends_the_session_of_all(
    plain: Bus, bus: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    assert listen(plain, "/queue/73_async", "/nothing/73") == "session: amqp:invalid-field"
    bodies: list[bytes] = []

    def hear(delivery: Any) -> Settled:
        bodies.append(delivery.body)
        return Settled.ACCEPTED

    with closing(AmqpTransport(bus)) as transport:
        # The second is somebody else's queue; each has a connection of its own.
        transport.listen({"8000001_async": 1, "8000010_async": 1}, hear, nothing_unreadable)
        assert soon(lambda: "amqp:unauthorized-access" in caplog.text)
        transport.send(envelope(8000001, 8000001), b"to the first")
        assert soon(lambda: bodies)
