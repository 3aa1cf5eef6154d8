"""The record system in a test, without a bus: what comes is handed to it, what goes is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from dialog.adapters.memory import MemoryProtection
from dialog.adapters.registries.memory import MemoryRegistry
from dialog.errors import PortError
from dialog.interop.building import Content, compose, receipt_for
from dialog.interop.building import Envelope as Heading
from dialog.interop.messages import Event, Message, Receipt
from dialog.interop.names import APPREC, Process
from dialog.interop.parties import Party, Queues
from dialog.interop.ports import BusFault, Delivery, Envelope, Settled
from dialog.interop.processes import Side, function
from dialog.interop.profiles import Profile
from dialog.interop.reading import read
from dialog.interop.writing import write
from epj import calendar, settings
from epj.calendar import OSLO
from epj.desk import Desk
from epj.desk import desk as make_desk
from epj.opening import Post
from epj.scripts import Script
from epj.settings import BusPlace, Practitioner, Settings
from epj.store import Store
from epj.system import System
from tests.epj.numbers import HANSEN, KARI, KNOWN, LUND, PORTAL, PORTAL_ENTERPRISE, STORGATA, US
from tests.epj.numbers import office as office_named

NAMES = {PORTAL: "Digital dialog", STORGATA: "Storgata", LUND: "Lund", HANSEN: "Hansen"}


def registry() -> MemoryRegistry:
    return MemoryRegistry(
        parties=[
            Party(
                her_id=number,
                name=name,
                queues=Queues(
                    asynchronous=f"{number}_async",
                    synchronous=f"{number}_sync",
                    error=f"{number}_error",
                ),
            )
            for number, name in NAMES.items()
        ],
        profiles=[profile(number) for number in NAMES],
    )


def profile(her_id: int) -> Profile:
    key = str(her_id).encode()
    return Profile(her_id=her_id, encryption=b"encryption " + key, signing=b"signing " + key)


def chosen(folder: Path, **more: object) -> Settings:
    return Settings(
        **{
            "name": "Storgata legesenter",
            "enterprise": STORGATA,
            "practitioners": (
                Practitioner(her_id=LUND, given="Ingrid", family="Lund", hpr="9000001"),
                Practitioner(her_id=HANSEN, given="Per", family="Hansen"),
            ),
            "portal": settings.Portal(her_id=PORTAL, enterprise=PORTAL_ENTERPRISE),
            "bus": BusPlace(url="amqp://localhost:5672"),
            "registry": folder,
            "keys": folder,
            "trust": folder,
            **more,
        }  # type: ignore[arg-type]
    )


@dataclass
class Wire:
    """Keeps what is sent; ``away`` is how many sendings fail first."""

    sent: list[tuple[Envelope, bytes]] = field(default_factory=list)
    away: int = 0

    def send(self, envelope: Envelope, body: bytes) -> None:
        if self.away:
            self.away -= 1
            raise PortError
        self.sent.append((envelope, body))


class Office:
    """The record system, and the portal's hand that writes to it."""

    def __init__(self, folder: Path, script: Script | None = None, **more: object) -> None:
        self.folder, self.script, self.more = folder, script or Script(), more
        self.wire, self.read_until = Wire(), 0
        self.happened: list[str] = []
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.desk: Desk
        self.system: System
        self.open()

    def open(self) -> None:
        """Begin, as after a power cut: only what lies in the folder is known."""
        self.store = Store(self.folder, lasting="OFF")  # no disk is lost in a test
        self.desk = make_desk(
            chosen(self.folder, **self.more),
            self.store,
            script=self.script,
            say=self.happened.append,
            now=lambda: self.now(),
        )
        post = Post(registry(), MemoryProtection(), KNOWN)
        self.system = System(self.desk, post, self.wire)  # type: ignore[arg-type]
        self.system._queues()

    def begin_again(self) -> None:
        self.store.close()
        self.open()

    def work(self) -> None:
        """Rounds until nothing is due."""
        while self.system.round():
            pass

    def hears(
        self,
        process: Process,
        name: str,
        *,
        text: str = "",
        answers: Message | None = None,
        patient: object = KARI,
        to: int = LUND,
        **content: object,
    ) -> Message:
        """The portal says something; what it said."""
        message = said(process, name, text=text, answers=answers, patient=patient, to=to, **content)
        self.takes(message)
        return message

    def takes(self, what: Message | Receipt | bytes, **outside: object) -> Settled:
        settled = self.is_given(what, **outside)
        self.work()
        return settled

    def is_given(self, what: Message | Receipt | bytes, **outside: object) -> Settled:
        """Handed over by the bus, and nothing more."""
        xml = what if isinstance(what, bytes) else write(what)
        to = int(outside.pop("to", 0) or 0)  # type: ignore[call-overload]
        kind, subject = "async", APPREC
        if isinstance(what, Message):
            subject = what.header.type.value
            to = to or int(what.header.receiver.her_ids[1])
            synchronous = ("HentLedigeTimer", "Hent", "KT")
            asked = what.question
            if asked and asked.kind.value in synchronous:
                kind = "sync"
        return self.is_delivered(
            MemoryProtection().protect(xml, to=profile(to or LUND), own=profile(PORTAL)),
            f"{to or LUND}_{kind}",
            **{"function": subject, "receiver": to or LUND, **outside},
        )

    def is_delivered(self, body: bytes, queue: str, **outside: object) -> Settled:
        envelope = Envelope(
            **{
                "message_id": uuid4(),
                "sender": PORTAL,
                "sent_at": datetime.now(UTC),
                "reply_to": "reply.1",
                **outside,
            }  # type: ignore[arg-type]
        )
        return self.system.take(Delivery(envelope=envelope, body=body, queue=queue))

    def hears_fault(self, condition: str, about: str, **outside: object) -> None:
        fault = BusFault(condition=condition, original_id=about)
        said = {"function": "X", "receiver": LUND, "fault": fault, **outside}
        self.is_delivered(b"", f"{STORGATA}_error", **said)

    def says(self) -> list[Message | Receipt]:
        """What it has sent since last asked, opened."""
        new, self.read_until = self.wire.sent[self.read_until :], len(self.wire.sent)
        return [
            read(
                MemoryProtection()
                .open(body, sender=profile(envelope.sender), own=profile(PORTAL))
                .content
            )
            for envelope, body in new
            if envelope.fault is None
        ]

    def receipts(self) -> list[Receipt]:
        return [one for one in self.says() if isinstance(one, Receipt)]

    def messages(self) -> list[Message]:
        return [one for one in self.says() if isinstance(one, Message)]

    def acknowledges(self, message: Message, *errors: str) -> None:
        """The portal's receipt for what the office said."""
        self.takes(
            receipt_for(
                message.header, id=str(uuid4()), sent=datetime.now(UTC), known=KNOWN, errors=errors
            )
        )

    def offers(self, her_id: int = LUND, *, days: int = 2, many: int = 3) -> list[calendar.Slot]:
        """Free times from eight o'clock in some days."""
        begins = datetime.combine(tomorrow(days), datetime.min.time(), OSLO).replace(hour=8)
        ends = begins + timedelta(minutes=20 * many)
        return calendar.open_times(self.store, her_id=her_id, begins=begins, ends=ends, minutes=20)

    def inbox(self) -> list[int]:
        """What awaits an answer."""
        rows = self.store.connection.execute("SELECT n FROM messages WHERE awaits ORDER BY n")
        return [row["n"] for row in rows]

    def appointments(self) -> list[calendar.Appointment]:
        now = datetime.now(UTC)
        return calendar.between(self.store, now, now + timedelta(days=60))


def tomorrow(days: int = 1) -> date:
    return (datetime.now(OSLO) + timedelta(days=days)).date()


def said(
    process: Process,
    name: str,
    *,
    answers: Message | None = None,
    patient: object = KARI,
    to: int = LUND,
    sent: datetime | None = None,
    **content: object,
) -> Message:
    """Something the portal says for a patient."""
    what = function(KNOWN, process, Side.PATIENT, name)
    header = answers.header if answers else None
    heading = Heading(
        id=str(uuid4()),
        sent=sent or datetime.now(UTC),
        sender=US,
        receiver=office_named(to),
        patient=patient if what.about else None,  # type: ignore[arg-type]
        parent=header.id if header else "",
        conversation=header.thread if header else "",
    )
    return compose(what, heading, Content(**content), KNOWN)  # type: ignore[arg-type]


def event(slot: calendar.Slot) -> Event:
    """A free time as the portal asks for it."""
    return Event(uid=slot.uid, start=slot.starts, end=slot.ends, contact=str(slot.her_id))


def another_body(message: Message) -> Message:
    """The same message with other words: a forgery, or a fault."""
    assert message.question and message.question.text
    words = replace(message.question.text, plain="Noe helt annet")
    question = replace(message.question, text=words)
    assert message.dialog
    dialog = replace(message.dialog, questions=(question,))
    first = replace(message.documents[0], bodies=(dialog,))
    return replace(message, documents=(first, *message.documents[1:]))
