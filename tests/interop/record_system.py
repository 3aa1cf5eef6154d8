"""A record system in a test: it hears what is sent to a practice, and writes from there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from dialog.adapters.memory import MemoryProtection
from dialog.adapters.registries.memory import MemoryRegistry
from dialog.errors import PortError
from dialog.interop import inbound
from dialog.interop.building import Content, answering, compose, receipt_for
from dialog.interop.building import Envelope as Heading
from dialog.interop.codes import tables
from dialog.interop.exchange import answer_to
from dialog.interop.messages import Event, Header, Message, Organisation, Person, Receipt
from dialog.interop.messages.people import her
from dialog.interop.names import APPREC, Process
from dialog.interop.parties import Party, Queues
from dialog.interop.ports import Delivery, Envelope, Settled
from dialog.interop.processes import Side, function
from dialog.interop.profiles import Profile
from dialog.interop.reading import read
from dialog.interop.writing import write
from dialog.ledger import relay

AsRole = Callable[[str], AbstractContextManager[None]]
US, STORGATA, LUND, STRANGER = 8000001, 8000010, 8000011, 8000099
KNOWN = tables()


def party(her_id: int, name: str) -> Party:
    queues = Queues(
        asynchronous=f"{her_id}_async",
        synchronous=f"{her_id}_sync",
        error=f"{her_id}_error",
        reply=f"{her_id}_syncreply",
    )
    return Party(her_id=her_id, name=name, queues=queues)


def profile(her_id: int) -> Profile:
    key = str(her_id).encode()
    return Profile(her_id=her_id, encryption=b"encryption " + key, signing=b"signing " + key)


NUMBERS = {US: "Digital dialog", STORGATA: "Storgata", LUND: "Lund", STRANGER: "En annen"}


def registry() -> MemoryRegistry:
    return MemoryRegistry(
        parties=[party(number, name) for number, name in NUMBERS.items()],
        profiles=[profile(number) for number in NUMBERS],
    )


@dataclass
class Bus:
    """Keeps what is sent; ``away`` is how many sendings fail first."""

    sent: list[tuple[Envelope, bytes]] = field(default_factory=list)
    away: int = 0
    asked: Callable[[Envelope, bytes], Delivery] | None = None

    def send(self, envelope: Envelope, body: bytes) -> None:
        if self.away:
            self.away -= 1
            raise PortError
        self.sent.append((envelope, body))

    def ask(self, envelope: Envelope, body: bytes, seconds: float) -> Delivery:
        """Whoever is asked answers at once, or nobody does."""
        if self.asked is None:
            raise PortError
        return self.asked(envelope, body)


@dataclass
class RecordSystem:
    """The record system of one HER-id."""

    bus: Bus
    as_role: AsRole
    her_id: int = LUND
    taken: int = 0
    gathered: list[Delivery] | None = None

    def pay(self) -> None:
        """Let the platform send what it owes."""
        with self.as_role("dialog_relay"):
            while relay.pay_what_is_due():
                pass

    def heard(self) -> list[Message | Receipt]:
        """What has come since it was last asked for, opened and read."""
        self.pay()
        new, self.taken = self.bus.sent[self.taken :], len(self.bus.sent)
        return [self.opened(body) for envelope, body in new if envelope.fault is None]

    def opened(self, body: bytes) -> Message | Receipt:
        found = MemoryProtection().open(body, sender=profile(US), own=profile(self.her_id))
        return read(found.content)

    def messages(self) -> list[Message]:
        return [one for one in self.heard() if isinstance(one, Message)]

    def faults(self) -> list[str]:
        self.pay()
        return [one.fault.condition for one, _body in self.bus.sent if one.fault is not None]

    def receives(self, header: Header, *errors: str) -> Receipt:
        """Take a message, or refuse it: the receipt goes back."""
        receipt = receipt_for(
            header, id=str(uuid4()), sent=datetime.now(UTC), known=KNOWN, errors=errors
        )
        self.send(write(receipt), APPREC)
        return receipt

    def answer(self, header: Header, process: Process, name: str, content: Content) -> Message:
        """Answer a message in its own conversation."""
        heading = answering(header, id=str(uuid4()), sent=datetime.now(UTC))
        said = compose(function(KNOWN, process, Side.PRACTICE, name), heading, content, KNOWN)
        self.say(said)
        return said

    def begin(
        self, process: Process, name: str, content: Content, patient: Person, sent: datetime
    ) -> Message:
        """Write first."""
        heading = Heading(
            id=str(uuid4()), sent=sent, sender=self.ours(), receiver=us(), patient=patient
        )
        said = compose(function(KNOWN, process, Side.PRACTICE, name), heading, content, KNOWN)
        self.say(said)
        return said

    def say(self, message: Message, **outside: object) -> None:
        self.send(write(message), message.header.type.value, **outside)

    def send(self, xml: bytes, subject: str, **outside: object) -> Settled:
        """Put bytes on the bus, as ``outside`` says where that is not as it should be."""
        body = MemoryProtection().protect(xml, to=profile(US), own=profile(self.her_id))
        return self.deliver(body, subject, **outside)

    def deliver(self, body: bytes, subject: str, **outside: object) -> Settled:
        said = {
            "message_id": uuid4(),
            "function": subject,
            "sender": self.her_id,
            "receiver": US,
            "sent_at": datetime.now(UTC),
            "to": f"{US}_async",
            "content_type": MemoryProtection.content_type,
        }
        envelope = Envelope(**{**said, **outside})  # type: ignore[arg-type]
        delivery = Delivery(envelope=envelope, body=body, queue=f"{US}_async")
        if self.gathered is not None:
            self.gathered.append(delivery)
            return Settled.ACCEPTED
        with self.as_role("dialog_relay"):
            return inbound.take(delivery)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is said in here lies in the queue until we take all of it at once."""
        self.gathered = gathered = []
        yield
        self.gathered = None
        with self.as_role("dialog_relay"):
            assert inbound.take_several(gathered) == [Settled.ACCEPTED] * len(gathered)

    def ours(self) -> Organisation:
        inside = Organisation(name="Ingrid Lund", identities=(her(str(self.her_id)),))
        return Organisation(name="Storgata", identities=(her(str(STORGATA)),), inside=inside)


def us() -> Organisation:
    inside = Organisation(name="Digital dialog", identities=(her(str(US)),))
    return Organisation(name="Digital dialog", identities=(her("8000000"),), inside=inside)


def answers(epj: RecordSystem, events: Sequence[Event], her_id: int = LUND) -> None:
    """Let the record system of a HER-id say what is free."""

    def asked(envelope: Envelope, body: bytes) -> Delivery:
        question = epj.opened(body)
        assert isinstance(question, Message)
        assert envelope.to == f"{epj.her_id}_sync"
        what = function(KNOWN, Process.BOOKING, Side.PRACTICE, "SvarLedigeTimer")
        heading = answering(question.header, id=str(uuid4()), sent=datetime.now(UTC))
        said = write(compose(what, heading, Content(events=tuple(events)), KNOWN))
        back = MemoryProtection().protect(said, to=profile(US), own=profile(her_id))
        outside = replace(answer_to(envelope, 15.0), sender=her_id)
        return Delivery(envelope=outside, body=back, queue="reply")

    epj.bus.asked = asked
