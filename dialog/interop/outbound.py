"""The way out: a fact is told a practice's record system, and its messages are answered.

Both are debts in the ledger. A message is written down, then sent with no transaction open, then
said to be on its way. One that was sent and not said to be is sent again under the same name, and
the other end knows it.
"""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from dialog.errors import PortError
from dialog.interop.addressing import pair_for_sending
from dialog.interop.conditions import Condition, ProtectionError, TryLater
from dialog.interop.faults import DESCRIPTIONS
from dialog.interop.keeping import bus_id_of
from dialog.interop.letters import letter_for
from dialog.interop.models import Transmission, Wire
from dialog.interop.names import APPREC
from dialog.interop.policy import Direction, State, next_wait
from dialog.interop.ports import (
    AddressRegistry,
    BusFault,
    Envelope,
    protection,
    registry,
    transport,
)
from dialog.interop.writing import write
from dialog.ledger.subscribers import Fact
from dialog.rows import seeing
from dialog.statements import change, found, keep

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that is written down, ready to be protected and sent; ``bus_id`` is what the bus
    will know it by this time.
    """

    transmission_id: int
    bus_id: UUID
    xml: bytes
    function: str
    receiver: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a message that could not be opened or believed, for its sender."""

    about: Transmission
    condition: Condition


class Tell:
    """Tells a record system what a patient did."""

    def read(self, fact: Fact) -> Outgoing | None:
        """The message that says it, written down before it is sent; None for nothing to say.

        What was written once is sent as it was then: another text under the same name would be
        taken for a forgery.
        """
        before = written(entry_id=fact.entry_id)
        if before is not None:
            return before
        letter = letter_for(fact)
        if letter is None:
            return None
        header = letter.message.header
        return write_down(
            write(letter.message),
            message_id=header.id,
            issued=header.sent_as,
            wants_receipt=header.wants_receipt,
            function=letter.function,
            sender=settings.HER_ID,
            receiver=letter.receiver,
            practice_id=letter.practice_id,
            patient_id=letter.patient_id,
            conversation_id=letter.conversation_id,
            entry_id=letter.entry_id,
        )

    def send(self, word: object) -> Envelope:
        """Protect it, and hand it to the bus."""
        assert isinstance(word, Outgoing)  # noqa: S101 - what read returned
        return send(word)

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Write down that it is on its way, and until when a receipt is waited for."""
        assert isinstance(word, Outgoing) and isinstance(result, Envelope)  # noqa: S101
        sent(word)


class Answer:
    """Answers a record system's message: with the receipt that was written when it was handled, or
    with what kept it from being opened.
    """

    def read(self, fact: Fact) -> Outgoing | Complaint | None:
        """The receipt or the complaint; None where nobody asked for any."""
        with seeing(scope="relay"):
            heard = Transmission.objects.filter(uuid=str(fact.details["transmission_id"])).first()
            if heard is None:
                return None
            if heard.code in set(Condition):
                return Complaint(about=heard, condition=Condition(heard.code))
            return written(answers_id=heard.id, function=APPREC)

    def send(self, word: object) -> Envelope | None:
        """Hand it to the bus."""
        return send(word) if isinstance(word, Outgoing) else complain(word)

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """A receipt is sent when it is sent: nobody answers it."""
        if isinstance(word, Outgoing) and isinstance(result, Envelope):
            with seeing(scope="relay"):
                sent(word)


def written(**which: object) -> Outgoing | None:
    """A message that was written down before."""
    before = (
        Transmission.objects.filter(direction=Direction.OUT, **which)
        .select_related("wire")
        .order_by("-id")
        .select_for_update(of=("self",))
        .first()
    )
    if before is None:
        return None
    _anew(before)
    return _outgoing(before, before.wire.body)


def write_down(xml: bytes, **said: Any) -> Outgoing:
    """Keep a message before it is sent, so that a receipt finds what it is for however quick it
    comes.
    """
    kept = keep(
        Transmission(direction=Direction.OUT, state=State.SENT, bus_id=str(uuid4()), **said)
    )
    keep(Wire(transmission=kept, body=xml, content_type="application/xml"))
    return _outgoing(kept, xml)


def _anew(one: Transmission) -> None:
    """It is sent once more, under another name on the bus: written down before it goes, so that a
    complaint finds it however quick it comes. What was said of it before is of the time before.
    """
    one.bus_id = str(uuid4())
    if one.state in (State.REJECTED, State.UNANSWERED):
        one.state, one.settled_at, one.due_at = State.SENT, None, None
    change(one, "bus_id", "state", "settled_at", "due_at")


def _outgoing(one: Transmission, xml: bytes) -> Outgoing:
    return Outgoing(
        transmission_id=one.id,
        bus_id=UUID(one.bus_id),
        xml=xml,
        function=one.function,
        receiver=one.receiver,
    )


def send(word: Outgoing) -> Envelope:
    """Protect a message, and hand it to the bus; what it was sent as.

    PortError, permanent where asking again will not help: nobody is reached there.
    """
    registered = registry()
    try:
        party = registered.party(word.receiver)
        to, own, agreement = pair_for_sending(
            registered, receiver=word.receiver, own=settings.HER_ID
        )
        if party is None or not party.active or not party.queues.asynchronous:
            raise PortError(permanent=True)
        if word.function != APPREC and to.processes and not to.offers(word.function):
            # The practice has switched the process off.
            raise PortError(permanent=True)
        body = protection().protect(word.xml, to=to, own=own)
    except ProtectionError as error:
        raise PortError(error.sentence) from error
    envelope = Envelope(
        message_id=word.bus_id,
        function=word.function,
        sender=settings.HER_ID,
        receiver=word.receiver,
        sent_at=timezone.now(),
        to=party.queues.asynchronous,
        content_type=protection().content_type,
        reply_to=_own_queue(registered),
        agreement=agreement,
    )
    transport().send(envelope, body)
    return envelope


def _own_queue(registered: AddressRegistry) -> str:
    own = registered.party(settings.HER_ID)
    return own.queues.asynchronous if own else ""


def complain(word: object) -> Envelope | None:
    """Say on the sender's error queue what is wrong; where there is none, it is only logged."""
    assert isinstance(word, Complaint)  # noqa: S101 - what read returned
    about = word.about
    try:
        party = registry().party(about.sender)
    except TryLater as error:
        raise PortError(error.sentence) from error
    if party is None or not party.queues.error:
        log.warning("message %s: %s, and nowhere to say so", about.uuid, word.condition)
        return None
    now = timezone.now()
    envelope = Envelope(
        message_id=uuid4(),
        function=about.function,
        sender=settings.HER_ID,
        receiver=about.sender,
        sent_at=now,
        to=party.queues.error,
        content_type="text/plain",
        fault=BusFault(
            condition=word.condition,
            original_id=bus_id_of(about.bus_id),
            description=DESCRIPTIONS[word.condition],
            received_at=about.created_at,
        ),
    )
    transport().send(envelope, b"")
    return envelope


def sent(word: Outgoing) -> None:
    """It is on the bus; a receipt or a complaint that was quicker stands."""
    (one,) = found(Transmission, where="own.id = %s FOR UPDATE", values=(word.transmission_id,))
    one.tries += 1
    if one.wants_receipt and one.state == State.SENT:
        wait = next_wait(one.tries)
        one.due_at = timezone.now() + wait if wait else None
    change(one, "tries", "due_at")
