"""The portal's side on the bus: it sends, asks, acknowledges, and keeps what comes."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from dialog.errors import PortError
from dialog.interop.building import Content, answering, compose, receipt_for
from dialog.interop.codes import Tables
from dialog.interop.conditions import Condition, ProtectionError, Refused
from dialog.interop.exchange import answer_to
from dialog.interop.faults import error_message
from dialog.interop.messages import Header, Message, Receipt
from dialog.interop.names import APPREC, Process
from dialog.interop.ports import (
    ANSWER_WITHIN,
    Delivery,
    Envelope,
    MessageTransport,
    Settled,
    Unreadable,
)
from dialog.interop.processes import Queue, Side, function, improper, recognised
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.writing import write
from epj.opening import Post
from epj.refusal import Refusal, words_of

_NUMBER = re.compile(r"\d{6} ?\d{5}")
_MOST = 300  # letters


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that came and could be read; ``at`` is on the clock of ``time.monotonic``."""

    at: float
    sender: int
    what: Message | Receipt
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error on our error queue, about the message with this id on the bus."""

    at: float
    about: str
    condition: str


@dataclass(slots=True)
class Inbox:
    """All that came. ``oddities`` are things no scenario asked for, each with its time."""

    heard: list[Heard] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    oddities: list[tuple[datetime, str]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def put(self, one: Heard | Complaint) -> None:
        """Something came."""
        with self.changed:
            if isinstance(one, Heard):
                self.heard.append(one)
            else:
                self.complaints.append(one)
            self.changed.notify_all()

    def note(self, words: str) -> None:
        """Something that somebody should know of came. The words may quote what is wrong with it:
        as little of that as can be, and nobody's number.
        """
        with self.changed:
            self.oddities.append((datetime.now(UTC), _NUMBER.sub("…", words)[:_MOST]))
            self.changed.notify_all()

    def wait(self, happens: Callable[[], object], seconds: float) -> bool:
        """Whether something is so before the time is over."""
        with self.changed:
            return bool(self.changed.wait_for(happens, seconds))


class Portal:
    """Listens on the portal's queues from when it is made until it is closed."""

    def __init__(self, her_id: int, post: Post, bus: MessageTransport, known: Tables) -> None:
        self.her_id, self.post, self.bus, self.known = her_id, post, bus, known
        self.inbox = Inbox()
        party = post.party(her_id)
        queues = party.queues
        if not queues.asynchronous or not queues.error:
            raise Refusal(f"The registry has no queues for the portal, HER-id {her_id}.")
        self._error, self._sync = queues.error, queues.synchronous
        wanted = (queues.asynchronous, queues.error, queues.synchronous)
        self._listening = bus.listen({name: 1 for name in wanted if name}, self._take, self._refuse)

    def close(self) -> None:
        """Listen no more."""
        self._listening.stop()

    def send(self, xml: bytes, *, receiver: int, function: str, body: bytes | None = None) -> UUID:
        """Send XML, or other bytes instead of it; its id on the bus."""
        envelope, closed = self._closed(xml, receiver, function)
        self.bus.send(envelope, closed if body is None else body)
        return envelope.message_id

    def ask(self, message: Message, seconds: float) -> Heard:
        """Ask and wait; PortError where nothing comes, Refused where it cannot be believed."""
        header = message.header
        receiver = int(header.receiver.her_ids[1] or header.receiver.her_id)
        queue = self.post.party(receiver).queues.synchronous
        if not queue:
            raise PortError(f"HER-id {receiver} has no queue for questions.", permanent=True)
        envelope, body = self._closed(write(message), receiver, header.type.value, queue, "")
        return self._opened(self.bus.ask(envelope, body, seconds))

    def _closed(
        self, xml: bytes, receiver: int, function: str, queue: str = "", reply_to: str | None = None
    ) -> tuple[Envelope, bytes]:
        more = {"to": queue} if queue else {}
        if reply_to is not None:
            more["reply_to"] = reply_to
        return self.post.closed(
            xml, sender=self.her_id, receiver=receiver, function=function, bus_id=uuid4(), **more
        )

    def _opened(self, delivery: Delivery) -> Heard:
        envelope = delivery.envelope
        found, _xml = self.post.opened(
            delivery.body,
            sender=envelope.sender,
            receiver=envelope.receiver,
            function=envelope.function,
            agreement=envelope.agreement,
        )
        return Heard(time.monotonic(), envelope.sender, found, envelope.agreement)

    def _take(self, delivery: Delivery) -> Settled:
        fault = delivery.envelope.fault
        if delivery.queue == self._error:
            if fault is not None:
                at = time.monotonic()
                self.inbox.put(Complaint(at, fault.original_id, fault.condition))
            return Settled.ACCEPTED
        try:
            self._hear(delivery)
        except (PortError, ProtectionError) as error:
            self.inbox.note(f"Could not be answered: {words_of(error)}")
        return Settled.ACCEPTED

    def _hear(self, delivery: Delivery) -> None:
        sender, function = delivery.envelope.sender, delivery.envelope.function
        try:
            heard = self._opened(delivery)
        except Refused as refused:
            self.inbox.note(
                f"{function} from {sender} was refused with {refused.condition}: {refused.sentence}"
            )
            self._complain(delivery, refused.condition, *refused.told)
        except NotTaken as refused:
            self.inbox.note(f"{function} from {sender} was refused: {refused.sentence}")
            if refused.header is not None:
                self._acknowledge(refused.header, sender, refused.code)
            else:
                self._complain(delivery, Condition(refused.condition))
        else:
            self._answer(delivery, heard)
            self.inbox.put(heard)

    def _answer(self, delivery: Delivery, heard: Heard) -> None:
        if not isinstance(heard.what, Message):
            return
        if delivery.queue == self._sync:
            self._answer_test(delivery, heard.what)
            return
        found = recognised(heard.what, self.known, Side.PRACTICE, Queue.ASYNC)
        faults = improper(heard.what, found) if found else ()
        if faults:
            said = " ".join(one.sentence for one in faults)
            self.inbox.note(f"{heard.what.header.type.value} from {heard.sender}: {said}")
        self._acknowledge(heard.what.header, heard.sender, faults[0].code if faults else "")

    def _acknowledge(self, header: Header, receiver: int, code: str = "") -> None:
        if not header.wants_receipt:
            return
        made = receipt_for(
            header,
            id=str(uuid4()),
            sent=datetime.now(UTC),
            known=self.known,
            errors=[code] if code else [],
        )
        self.send(write(made), receiver=receiver, function=APPREC)

    def _answer_test(self, delivery: Delivery, asked: Message) -> None:
        if asked.header.type.value != Process.TEST.upper():
            self._complain(delivery, Condition.UNSUPPORTED_MESSAGE)
            return
        made = compose(
            function(self.known, Process.TEST, Side.PATIENT, "Svar"),
            answering(asked.header, id=str(uuid4()), sent=datetime.now(UTC)),
            Content(text="Mottatt"),
            self.known,
        )
        heading = answer_to(delivery.envelope, ANSWER_WITHIN)
        _envelope, body = self._closed(write(made), heading.receiver, heading.function)
        self.bus.send(heading, body)

    def _complain(self, delivery: Delivery, condition: Condition, *told: str) -> None:
        queue = self.post.party(delivery.envelope.sender).queues.error
        made = error_message(delivery, condition, *told, to=queue)
        if queue and made is not None:
            self.bus.send(made, b"")

    def _refuse(self, unreadable: Unreadable) -> Settled:
        lacking = ", ".join(unreadable.missing)
        self.inbox.note(f"A message on {unreadable.queue} lacks these properties: {lacking}.")
        return Settled.ACCEPTED
