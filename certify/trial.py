"""What a scenario has at hand: it says things as a portal does, and waits for what must come."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from certify import checks
from certify.portal import Heard, Portal
from certify.scenario import Away, Failed, Unmet
from certify.terms import Patience, Sent, Vendor
from dialog.errors import PortError
from dialog.interop.building import Content, Envelope, compose, party
from dialog.interop.codes import Tables
from dialog.interop.conditions import ProtectionError
from dialog.interop.messages import Message, Organisation, Person, Receipt
from dialog.interop.names import Process
from dialog.interop.processes import Side, function
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.writing import write
from dialog.people.identity_number import parse
from epj.patients import Patient
from epj.refusal import words_of

ADULT, CHILD = 18, 16  # years: may act for a child, is acted for


@dataclass(slots=True, kw_only=True)
class Trial:
    """One run of one scenario."""

    portal: Portal
    vendor: Vendor
    ourselves: Organisation
    patients: Sequence[Patient]
    patience: Patience
    tell: Callable[[str], None]
    sent: list[Sent] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    oddities: int = field(init=False)  # how many came before it began

    def __post_init__(self) -> None:
        self.oddities = len(self.portal.inbox.oddities)

    @property
    def known(self) -> Tables:
        """The code lists and functions."""
        return self.portal.known

    @property
    def patient(self) -> Person:
        """The first patient on the list."""
        return self.patients[0].person

    @property
    def another(self) -> Person:
        """Somebody else where the list has one."""
        return self.patients[-1].person

    def is_about_the_patient(self, message: Message) -> bool:
        """Whether it is about the first patient on the list."""
        about = message.header.patient
        return about is not None and about.national_id == self.patient.national_id

    def of_age(self, fits: Callable[[int], bool], who: str) -> Person:
        """The first patient on the list of an age."""
        today = datetime.now(UTC).date()
        for one in self.patients:
            if fits(_age(parse(one.number).birth_date, today)):
                return one.person
        raise Unmet(f"The list of patients has nobody who is {who}.")

    def composed(
        self,
        process: Process,
        name: str,
        *,
        answers: Message | None = None,
        patient: Person | None = None,
        **content: object,
    ) -> Message:
        """What a patient says, not yet sent."""
        what = function(self.known, process, Side.PATIENT, name)
        heading = Envelope(
            id=str(uuid4()),
            sent=datetime.now(UTC),
            sender=self.ourselves,
            receiver=self.vendor.named,
            patient=(patient or self.patient) if what.about else None,
            parent=answers.header.id if answers else "",
            conversation=answers.header.thread if answers else "",
        )
        return compose(what, heading, Content(**content), self.known)  # type: ignore[arg-type]  # its fields

    def says(self, process: Process, name: str, **content: object) -> Sent:
        """Send what a patient says."""
        return self.sends(self.composed(process, name, **content))  # type: ignore[arg-type]  # as above

    def sends(
        self,
        message: Message,
        xml: bytes | None = None,
        body: bytes | None = None,
        *,
        kind: str = "",
    ) -> Sent:
        """Send a message; or other XML, or other bytes, in its name."""
        at = time.monotonic()
        try:
            bus_id = self.portal.send(
                write(message) if xml is None else xml,
                receiver=self.vendor.her_id,
                function=kind or message.header.type.value,
                body=body,
            )
        except PortError as error:
            refused = Failed if error.permanent else Away
            raise refused("the bus takes the message", words_of(error)) from error
        self.sent.append(Sent(message, bus_id, at))
        return self.sent[-1]

    def asks(self, process: Process, name: str, **content: object) -> Message:
        """Ask, and have the answer in time; it is a proper one."""
        message = self.composed(process, name, **content)  # type: ignore[arg-type]  # as above
        about = Sent(message, UUID(int=0), time.monotonic())
        self.sent.append(about)
        expected = f"an answer within {self.patience.answer:g} s"
        try:
            heard = self.portal.ask(message, self.patience.answer)
        except PortError as error:
            late = time.monotonic() - about.at >= self.patience.answer
            came = "none came in that time; nobody waits any more" if late else words_of(error)
            raise Failed(expected, came, about) from None
        except (ProtectionError, NotTaken) as error:
            raise Failed(f"{expected} that can be read", error.sentence, about) from None
        if not isinstance(heard.what, Message):
            raise Failed(expected, "a receipt came", about)
        checks.answer(self, about, heard.what, process)
        return heard.what

    def receipt(self, about: Sent, nth: int = 1, *, within: float = 0.0) -> Receipt:
        """The receipt for a message, the nth of its kind; right in all but its verdict."""
        seconds = within or self.patience.receipt
        if not self.portal.inbox.wait(lambda: len(self._receipts(about)) >= nth, seconds):
            expected = f"{'a receipt' if nth == 1 else 'a receipt again'} within {seconds:g} s"
            raise Failed(expected, self.instead_of_a_receipt(about), about)
        found = self._receipts(about)[nth - 1].what
        assert isinstance(found, Receipt)  # noqa: S101 - _receipts gives no other
        checks.receipt(self, about, found)
        return found

    def taken(self, about: Sent, nth: int = 1) -> Receipt:
        """The receipt, which says that the message was taken."""
        found = self.receipt(about, nth)
        if not found.taken or found.errors:
            raise Failed("a receipt that says OK", checks.verdict(self, found), about)
        return found

    def rejected(self, about: Sent, codes: Sequence[str] = (), nth: int = 1) -> Receipt:
        """The receipt, which says no for one of these reasons; for any, if none is named."""
        expected = f"a receipt that rejects it{f' with {checks.either(codes)}' if codes else ''}"
        found = self.receipt(about, nth)
        said = {one.value for one in found.errors}
        if found.taken or (codes and not said & set(codes)):
            raise Failed(expected, checks.verdict(self, found), about)
        return found

    def answer(self, about: Sent, process: Process, *, person: bool = False) -> Message:
        """The first answer in a conversation; it is a proper one."""
        seconds = self.patience.person if person else self.patience.receipt
        if not self.portal.inbox.wait(lambda: self.answers(about), seconds):
            came = self.complained_of(about) or self.nothing("in that conversation")
            raise Failed(f"an answer within {seconds:g} s", came, about)
        found = self.answers(about)[0]
        checks.answer(self, about, found, process)
        return found

    def answers(self, about: Sent) -> list[Message]:
        """The different messages in a conversation of ours so far."""
        thread, found = about.message.header.thread.casefold(), {}
        for one in self.portal.inbox.heard:
            if one.at < about.at or not isinstance(one.what, Message):
                continue
            if one.what.header.thread.casefold() == thread:
                found[one.what.header.id.casefold()] = one.what
        return list(found.values())

    def comes(self, fits: Callable[[Message], bool], expected: str, since: float) -> Message:
        """A message a person at the vendor sends."""
        found: list[Message] = []

        def look() -> bool:
            found[:] = [
                one.what
                for one in self.portal.inbox.heard
                if one.at >= since and isinstance(one.what, Message) and fits(one.what)
            ]
            return bool(found)

        seconds = self.patience.person
        if not self.portal.inbox.wait(look, seconds):
            raise Failed(f"{expected} within {seconds:g} s", self.nothing("of the kind"))
        return found[0]

    def wait_for_either(self, about: Sent) -> Receipt | None:
        """The receipt for what is wrong; none where the bus was told, or nobody."""

        def comes() -> object:
            return self._receipts(about) or self.complained_of(about)

        self.portal.inbox.wait(comes, self.patience.receipt)
        return self.receipt(about) if self._receipts(about) else None

    def waits_until_nothing_more_comes(self) -> None:
        """Give what is done twice the time to show."""
        time.sleep(self.patience.quiet)

    def complained_of(self, about: Sent) -> str:
        """What our error queue says of a message."""
        wanted = str(about.bus_id)
        for one in self.portal.inbox.complaints:
            if one.about.casefold() == wanted:
                return f"{one.condition} on our error queue"
        return ""

    def instead_of_a_receipt(self, about: Sent) -> str:
        """What came where a receipt was waited for."""
        said = self.complained_of(about)
        if said:
            return said
        ours = {one.id.casefold() for one in self.sent}
        strange = [
            one.what.original.id
            for one in self.portal.inbox.heard
            if one.at >= about.at
            and isinstance(one.what, Receipt)
            and one.what.original.id.casefold() not in ours
        ]
        if strange:
            return (
                f"a receipt for {checks.said(strange[0])}, which is not the MsgId of this message"
            )
        return "an answer without a receipt" if self.answers(about) else self.nothing()

    def nothing(self, of_what: str = "") -> str:
        """That nothing came; or only what had to be refused."""
        since = self.portal.inbox.oddities[self.oddities :]
        if since:
            return f"only what was refused: {since[0][1]}"
        return f"nothing came {of_what}".rstrip()

    def _receipts(self, about: Sent) -> list[Heard]:
        return receipts(self.portal, about.id)


def receipts(portal: Portal, message_id: str) -> list[Heard]:
    """All receipts for a message, as they came."""
    wanted = message_id.casefold()
    return [
        one
        for one in portal.inbox.heard
        if isinstance(one.what, Receipt) and one.what.original.id.casefold() == wanted
    ]


def renamed(message: Message, **header: object) -> Message:
    """The same message with something else in its header."""
    return replace(message, header=replace(message.header, **header))  # type: ignore[arg-type]  # its fields


def ourselves(name: str, enterprise: int, her_id: int) -> Organisation:
    """The portal as a message names it."""
    return party(name, str(enterprise), name, str(her_id))


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
