"""What the listener keeps to, whoever handles what it hears."""

import threading
from uuid import uuid4

import pytest

from dialog.adapters.memory_bus import MemoryBus, MemoryTransport
from dialog.interop import listener
from dialog.interop.parties import Party, Queues
from dialog.interop.ports import Delivery, Envelope, Settled
from tests.buses import soon
from tests.interop.envelopes import envelope
from tests.interop.record_system import US

QUEUE = f"{US}_async"


class Registry:
    """Knows nobody but us."""

    def party(self, her_id: int) -> Party:
        queues = Queues(asynchronous=QUEUE, error=f"{US}_error")
        return Party(her_id=her_id, name="Digital dialog", queues=queues)


def test_what_an_office_sends_is_kept_in_the_order_it_came(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    transport, kept = MemoryTransport(MemoryBus()), list[bytes]()
    passed = threading.Event()

    def take(delivery: Delivery) -> Settled:
        if delivery.body == b"first":
            passed.wait(0.3)  # long enough for another worker to pass, if there is one
        kept.append(delivery.body)
        passed.set()
        return Settled.ACCEPTED

    settings.HER_ID = US  # type: ignore[attr-defined]
    monkeypatch.setattr(listener.inbound, "take", take)
    monkeypatch.setattr(listener, "registry", Registry)
    monkeypatch.setattr(listener, "transport", lambda: transport)
    listening = listener.start()
    for body in (b"first", b"second", b"third"):
        transport.send(to_us(), body)

    assert soon(lambda: len(kept) == 3)
    listening.stop()
    assert kept == [b"first", b"second", b"third"]


def to_us() -> Envelope:
    return envelope(message_id=uuid4(), to=QUEUE)
