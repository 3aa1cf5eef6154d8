"""A vendor's system in a test: it answers at once, in the very way a test says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from certify import running
from certify.portal import Portal
from certify.scenario import Result
from certify.terms import Patience, Vendor
from dialog.adapters.memory import MemoryProtection
from dialog.errors import PortError
from dialog.interop.building import Content, answering, compose, receipt_for
from dialog.interop.messages import Message, Receipt
from dialog.interop.names import APPREC, BY_TYPE
from dialog.interop.ports import Delivery, Envelope, Handle, Settled
from dialog.interop.processes import Side, function
from dialog.interop.reading import read
from dialog.interop.writing import write
from epj import settings
from epj.opening import Post
from epj.patients import Patient
from tests.epj.numbers import KARI, KNOWN, LUND, OLA, PORTAL, PORTAL_ENTERPRISE, office
from tests.epj.office import profile, registry

Said = Message | Receipt
Answers = Callable[[Message], list[Said | bytes]]
# Whoever is asked has answered when the question is out: what has not come will not.
QUICK = Patience(answer=0.2, receipt=0.03, person=0.03, quiet=0.02)
LISTED = [
    Patient(number=one.national_id, given=one.given, family=one.family, listed=True)
    for one in (KARI, OLA)
]


def receipt(asked: Message, *errors: str, **otherwise: object) -> Receipt:
    """The receipt for a message, with something else in it."""
    made = receipt_for(
        asked.header, id=str(uuid4()), sent=datetime.now(UTC), known=KNOWN, errors=errors
    )
    return replace(made, **otherwise)  # type: ignore[arg-type]


def answer(asked: Message, name: str = "Svar", **content: object) -> Message:
    """A proper answer."""
    process = BY_TYPE[asked.header.type.value]
    heading = answering(asked.header, id=str(uuid4()), sent=datetime.now(UTC))
    what = function(KNOWN, process, Side.PRACTICE, name)
    return compose(what, heading, Content(**content), KNOWN)  # type: ignore[arg-type]


@dataclass
class Wire:
    """A bus with nobody on it but the portal; what it sends is answered by ``answers``."""

    answers: Answers
    handle: Handle | None = None
    sent: list[Message | Receipt] = field(default_factory=list)

    def listen(self, _queues: Mapping[str, int], handle: Handle, _refuse: object) -> "Wire":
        self.handle = handle
        return self

    def stop(self, _seconds: float = 0) -> bool:
        return True

    def send(self, envelope: Envelope, body: bytes) -> None:
        if envelope.fault is not None:
            return
        found = self._read(body)
        self.sent.append(found)
        if isinstance(found, Message):
            for one in self.answers(found):
                assert self.handle is not None
                assert self.handle(self._delivery(one)) is Settled.ACCEPTED

    def ask(self, envelope: Envelope, body: bytes, _seconds: float) -> Delivery:
        found = self._read(body)
        assert isinstance(found, Message)
        for one in self.answers(found):
            return replace(self._delivery(one), envelope=self._envelope(envelope.function))
        raise PortError

    def _read(self, body: bytes) -> Message | Receipt:
        opened = MemoryProtection().open(body, sender=profile(PORTAL), own=profile(LUND))
        return read(opened.content, KNOWN)

    def _delivery(self, one: Said | bytes) -> Delivery:
        xml = one if isinstance(one, bytes) else write(one)
        kind = one.header.type.value if isinstance(one, Message) else APPREC
        return Delivery(
            envelope=self._envelope(kind),
            body=MemoryProtection().protect(xml, to=profile(PORTAL), own=profile(LUND)),
            queue=f"{PORTAL}_async",
        )

    def _envelope(self, kind: str) -> Envelope:
        return Envelope(
            message_id=uuid4(),
            function=kind,
            sender=LUND,
            receiver=PORTAL,
            sent_at=datetime.now(UTC),
        )


def result(key: str, answers: Answers, *, with_people: bool = True) -> tuple[Result, Portal]:
    """What became of one scenario, and the portal's side."""
    (found,), portal = results(key, answers, with_people=with_people)
    return found, portal


def results(
    keys: str, answers: Answers, *, with_people: bool = True
) -> tuple[list[Result], Portal]:
    """What became of each, and the portal's side."""
    post = Post(registry(), MemoryProtection(), KNOWN)
    portal = Portal(PORTAL, post, Wire(answers), KNOWN)  # type: ignore[arg-type]
    plan = running.Plan(
        portal=portal,
        named=settings.Portal(her_id=PORTAL, enterprise=PORTAL_ENTERPRISE),
        vendor=Vendor(her_id=LUND, named=office()),
        patients=LISTED,
        patience=QUICK,
        with_people=with_people,
        tell=lambda _words: None,
    )
    return running.run(plan, running.chosen(keys.split()), lambda _one: None), portal
