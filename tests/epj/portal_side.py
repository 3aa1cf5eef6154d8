"""A small portal for the other end: keys, registry and a bus, and none of the platform.

It takes what the record system says, sends a receipt for what asks for one, and asks.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.amqp.bus import Bus
from dialog.adapters.cms import CmsProtection
from dialog.adapters.cms.certificates import certificates_in
from dialog.adapters.cms.chains import Trust
from dialog.adapters.cms.keys import KeyFolder
from dialog.adapters.cms.revocation import MemoryRevocation
from dialog.adapters.registries import FolderRegistry
from dialog.interop.addressing import must_be_who_it_says, pair_for_receiving, pair_for_sending
from dialog.interop.building import Content, answering, compose, receipt_for
from dialog.interop.exchange import answer_to
from dialog.interop.messages import Message, Receipt
from dialog.interop.names import APPREC, Process
from dialog.interop.ports import Delivery, Envelope, Settled, Unreadable
from dialog.interop.processes import Side, function
from dialog.interop.reading import read
from dialog.interop.writing import write
from tests.buses import soon
from tests.epj.numbers import KNOWN, LUND, PORTAL
from tests.epj.office import said


class PortalSide:
    """Made of the settings the record system prints for a portal."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.registry = FolderRegistry(Path(settings["ADDRESS_REGISTRY_DIR"]))
        trusted = Path(settings["MESSAGE_TRUST_DIR"])
        ders = {path.stem: certificates_in(path.read_bytes())[0] for path in trusted.iterdir()}
        self.protection = CmsProtection(
            keys=KeyFolder(Path(settings["MESSAGE_KEYS_DIR"])),
            trust=Trust([ders["root"]], [ders["issuing"]], revocation=MemoryRevocation()),
        )
        host, _colon, port = settings["BUS_URL"].removeprefix("amqps://").partition(":")
        self.bus = AmqpTransport(
            Bus(
                host=host,
                port=int(port),
                user=settings["BUS_USER"],
                password=settings["BUS_PASSWORD"],
                ca_file=settings["BUS_CA_FILE"],
                pause=0.05,
                longest_pause=0.3,
            )
        )
        self.heard: list[Message | Receipt] = []
        self.faults: list[str] = []
        self._lock = threading.Lock()
        queues = self.registry.party(PORTAL).queues
        self._kinds = {queues.error: "error", queues.synchronous: "sync"}
        self.listening = self.bus.listen(
            {queues.asynchronous: 2, queues.error: 1, queues.synchronous: 1},
            self._take,
            self._refuse,
        )

    def close(self) -> None:
        self.bus.close()

    def asks(self, process: Process, name: str, **content: object) -> Message:
        """Say something for a patient; what was said."""
        message = said(process, name, **content)  # type: ignore[arg-type]
        self.sends(message)
        return message

    def sends(self, message: Message | Receipt, to: int = LUND) -> None:
        kind = message.header.type.value if isinstance(message, Message) else APPREC
        queue = self.registry.party(to).queues.asynchronous
        envelope, body = self._closed(write(message), kind, to, queue)
        self.bus.send(envelope, body)

    def waits_for(self, process: Process, name: str, **content: object) -> Message:
        """Ask something, and wait for the answer."""
        message = said(process, name, **content)  # type: ignore[arg-type]
        queue = self.registry.party(LUND).queues.synchronous
        envelope, body = self._closed(write(message), message.header.type.value, LUND, queue)
        found = self._opened(self.bus.ask(envelope, body, 5.0))
        assert isinstance(found, Message)
        return found

    def receipt(self, asked: Message) -> Receipt:
        """The receipt for what was said, when it comes."""
        return self._soon(
            lambda one: isinstance(one, Receipt) and one.original.id == asked.header.id
        )  # type: ignore[return-value]

    def answer(self, asked: Message) -> Message:
        """The first answer in a conversation, when it comes."""
        return self._soon(
            lambda one: isinstance(one, Message) and one.header.conversation == asked.header.thread
        )  # type: ignore[return-value]

    def news(self, process: Process) -> Message:
        """The newest message of a process, when one comes that was not seen before."""
        found = self._soon(
            lambda one: isinstance(one, Message) and one.header.type.value == process.upper()
        )
        with self._lock:
            self.heard.remove(found)
        assert isinstance(found, Message)
        return found

    def _soon(self, fits: Callable[[Message | Receipt], bool]) -> Message | Receipt:
        found: list[Message | Receipt] = []

        def comes() -> bool:
            with self._lock:
                found[:] = [one for one in self.heard if fits(one)]
            return bool(found)

        assert soon(comes), [type(one).__name__ for one in self.heard]
        return found[0]

    def _take(self, delivery: Delivery) -> Settled:
        kind = self._kinds.get(delivery.queue)
        if kind == "error":
            assert delivery.envelope.fault
            self.faults.append(delivery.envelope.fault.condition)
            return Settled.ACCEPTED
        found = self._opened(delivery)
        if kind == "sync":
            self._answer_test(delivery, found)
            return Settled.ACCEPTED
        if isinstance(found, Message) and found.header.wants_receipt:
            receipt = receipt_for(
                found.header, id=str(uuid4()), sent=datetime.now(UTC), known=KNOWN
            )
            self.sends(receipt, to=delivery.envelope.sender)
        with self._lock:
            self.heard.append(found)
        return Settled.ACCEPTED

    def _answer_test(self, delivery: Delivery, found: Message | Receipt) -> None:
        assert isinstance(found, Message)
        made = compose(
            function(KNOWN, Process.TEST, Side.PATIENT, "Svar"),
            answering(found.header, id=str(uuid4()), sent=datetime.now(UTC)),
            Content(text="Mottatt"),
            KNOWN,
        )
        heading = answer_to(delivery.envelope, 15.0)
        _envelope, body = self._closed(write(made), heading.function, heading.receiver, heading.to)
        self.bus.send(heading, body)

    def _refuse(self, unreadable: Unreadable) -> Settled:
        self.faults.append("unreadable")
        return Settled.ACCEPTED

    def _closed(self, xml: bytes, kind: str, to: int, queue: str) -> tuple[Envelope, bytes]:
        theirs, ours, agreement = pair_for_sending(self.registry, receiver=to, own=PORTAL)
        assert agreement, "the agreement that was made is found"
        envelope = Envelope(
            message_id=uuid4(),
            function=kind,
            sender=PORTAL,
            receiver=to,
            sent_at=datetime.now(UTC),
            to=queue,
            agreement=agreement,
        )
        return envelope, self.protection.protect(xml, to=theirs, own=ours)

    def _opened(self, delivery: Delivery) -> Message | Receipt:
        envelope = delivery.envelope
        theirs, ours = pair_for_receiving(
            self.registry, sender=envelope.sender, own=PORTAL, cpa_id=envelope.agreement
        )
        opened = self.protection.open(delivery.body, sender=theirs, own=ours)
        found = read(opened.content)
        her_ids = (
            found.sender.her_ids if isinstance(found, Receipt) else found.header.sender.her_ids
        )
        must_be_who_it_says(
            header=envelope.sender,
            xml=[int(one) for one in her_ids],
            certificate=opened.organisation,
            registered=self.registry.party(envelope.sender).organisations,
        )
        return found
