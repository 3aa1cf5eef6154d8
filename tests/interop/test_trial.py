"""A vendor asks whether we are there, and hears it at once."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from dialog.adapters.memory import MemoryProtection
from dialog.interop import trial
from dialog.interop.building import Content, compose
from dialog.interop.building import Envelope as Heading
from dialog.interop.messages import Message
from dialog.interop.names import Process
from dialog.interop.ports import Delivery, Envelope, Settled
from dialog.interop.processes import Queue, Side, function, recognised
from dialog.interop.writing import write
from tests.interop.record_system import KNOWN, US, RecordSystem, profile, us


def asked(epj: RecordSystem, **outside: object) -> Message:
    """Send a test as a record system does; what was asked."""
    heading = Heading(id=str(uuid4()), sent=datetime.now(UTC), sender=epj.ours(), receiver=us())
    what = function(KNOWN, Process.TEST, Side.PRACTICE, "Foresporsel")
    message = compose(what, heading, Content(text="Er dere der?"), KNOWN)
    deliver(epj, write(message), message.header.type.value, **outside)
    return message


def deliver(epj: RecordSystem, xml: bytes, subject: str, **outside: object) -> None:
    envelope = Envelope(
        message_id=uuid4(),
        function=subject,
        sender=epj.her_id,
        receiver=US,
        sent_at=datetime.now(UTC),
        to=f"{US}_sync",
        content_type=MemoryProtection.content_type,
        reply_to="somewhere",
    )
    body = MemoryProtection().protect(xml, to=profile(US), own=profile(epj.her_id))
    delivery = Delivery(
        envelope=replace(envelope, **outside),  # type: ignore[arg-type]
        body=body,
        queue=f"{US}_sync",
    )
    assert trial.take(delivery) is Settled.ACCEPTED


def test_the_answer_is_a_proper_one_and_goes_where_it_was_asked_for(epj: RecordSystem) -> None:
    message = asked(epj, correlation_id="7")

    ((envelope, body),) = epj.bus.sent
    answer = epj.opened(body)
    assert isinstance(answer, Message)
    found = recognised(answer, KNOWN, Side.PATIENT, Queue.SYNC)
    assert found is not None
    assert (found.process, found.name) == (Process.TEST, "Svar")
    assert (envelope.to, envelope.correlation_id) == ("somewhere", "7")
    assert (envelope.sender, envelope.receiver) == (US, epj.her_id)
    assert answer.header.conversation == message.header.id


def test_without_a_way_back_nothing_is_sent(epj: RecordSystem) -> None:
    asked(epj, reply_to="")

    assert epj.bus.sent == []


def test_what_cannot_be_read_is_not_answered(epj: RecordSystem) -> None:
    deliver(epj, b"<not", "DIALOG_INNBYGGER_TEST")

    assert epj.bus.sent == []


def test_a_bus_that_is_away_is_no_reason_to_fall(epj: RecordSystem) -> None:
    epj.bus.away = 1

    asked(epj)

    assert epj.bus.sent == []
