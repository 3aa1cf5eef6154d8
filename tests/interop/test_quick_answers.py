"""Answers that are quicker than we are: what is said while a message is still being sent stands."""

from collections.abc import Callable

import pytest
from django.db import connection

from dialog import rows
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.interop import complaints
from dialog.interop.messages import Message
from dialog.interop.models import Transmission
from dialog.interop.names import APPREC
from dialog.interop.policy import Direction, State
from dialog.interop.ports import BusFault, Delivery, Envelope
from dialog.ledger.models import Delivery as Debt
from tests.interop.envelopes import envelope
from tests.interop.record_system import US, RecordSystem

Quick = Callable[[RecordSystem, Envelope, bytes], object]


def complains(epj: RecordSystem, sent: Envelope, _body: bytes) -> None:
    fault = BusFault(condition="transport:expired-certificate", original_id=str(sent.message_id))
    about = envelope(sender=epj.her_id, receiver=US, fault=fault)
    complaints.take(Delivery(envelope=about, body=b"", queue=f"{US}_error"))


def refuses(epj: RecordSystem, _sent: Envelope, body: bytes) -> None:
    message = epj.opened(body)
    assert isinstance(message, Message)
    epj.receives(message.header, "X99")


@pytest.mark.parametrize("answer", [complains, refuses])
def test_a_no_that_comes_before_we_know_that_it_was_sent(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch, answer: Quick
) -> None:
    real = epj.bus.send

    def send(sent: Envelope, body: bytes) -> None:
        real(sent, body)
        if sent.function != APPREC and sent.fault is None:
            answer(epj, sent, body)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE dialog_relay")  # as before it was answered

    monkeypatch.setattr(epj.bus, "send", send)
    enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    epj.pay()

    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        (ours,) = Transmission.objects.filter(direction=Direction.OUT)
        assert (ours.state, ours.due_at, ours.tries) == (State.REJECTED, None, 1)
        assert Debt.objects.filter(entry_id=ours.entry_id, state="parked").exists()


def test_one_that_is_sent_again_has_another_name_on_the_bus(cast: Cast, epj: RecordSystem) -> None:
    epj.bus.away = 1
    enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    epj.pay()
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        first = Transmission.objects.get(direction=Direction.OUT).bus_id
        Debt.objects.update(due_at="2026-01-01T00:00Z")

    epj.pay()

    (sent,) = [str(one.message_id) for one, _body in epj.bus.sent]
    assert sent != first
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        assert Transmission.objects.get(direction=Direction.OUT).bus_id == sent
