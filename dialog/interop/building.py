"""Puts messages together: what a function carries is in the tables, here it gets its content."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from dialog.interop.codes import Tables
from dialog.interop.grammar import is_moment
from dialog.interop.messages import (
    Attachment,
    Calendar,
    Code,
    Dialog,
    Document,
    Event,
    Header,
    Known,
    Message,
    Note,
    Organisation,
    Original,
    Person,
    Personnel,
    Professional,
    Question,
    Receipt,
    ReceiptParty,
    Relation,
    Role,
    Text,
)
from dialog.interop.messages.elements import written
from dialog.interop.messages.header import NOT_WANTED, WANTED
from dialog.interop.messages.message import FILE, Body
from dialog.interop.messages.people import HER, her
from dialog.interop.messages.receipt import ERRORS, REJECTED, TAKEN
from dialog.interop.names import BY_TYPE
from dialog.interop.processes import Function, Improper, Says, functions, improper

FUNCTION, STATUS, RELATION = "8279", "8258", "7611"


class NotProper(Exception):
    """What was put together is no message of that function."""

    def __init__(self, faults: tuple[Improper, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who sends to whom about whom, when, and which message of which conversation it answers."""

    id: str
    sent: datetime
    sender: Organisation
    receiver: Organisation
    patient: Person | None = None
    parent: str = ""
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is said: words, and what comes with them.

    ``kind`` is a code of the function's own, the first of them where it is left out; ``start`` and
    ``end`` are the days asked about; ``question`` is the question repeated in an answer.
    """

    text: str = ""
    subject: str = ""
    about: str = ""
    kind: str = ""
    extra: Code | None = None
    start: date | None = None
    end: date | None = None
    question: Question | None = None
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    relation: Relation | None = None
    professionals: tuple[Professional, ...] = ()
    files: tuple[Attachment, ...] = ()


def compose(function: Function, envelope: Envelope, content: Content, known: Tables) -> Message:
    """A proper message of a function; ``NotProper`` where the content is not what it carries."""
    message = Message(
        header=_header(function, envelope, known),
        documents=tuple(_documents(function, envelope, content, known)),
    )
    faults = improper(message, function)
    if faults:
        raise NotProper(faults)
    return message


def answering(header: Header, *, id: str, sent: datetime) -> Envelope:
    """The way back to who sent a message, in the same conversation."""
    return Envelope(
        id=id,
        sent=sent,
        sender=header.receiver,
        receiver=header.sender,
        patient=header.patient,
        parent=header.id,
        conversation=header.thread,
    )


def receipt_for(
    header: Header,
    *,
    id: str,
    sent: datetime,
    known: Tables,
    errors: Sequence[str] = (),
    version: str = "",
) -> Receipt:
    """The receipt for a message: taken, or rejected for errors of list 8221.

    ``version`` is given where the process does not say it: 1.0 for Dialogmelding 1.0, else 1.1.
    """
    status = REJECTED if errors else TAKEN
    return Receipt(
        version=version or _receipt_version(header, known),
        id=id,
        sent=sent,
        sender=receipt_party(header.receiver),
        receiver=receipt_party(header.sender),
        status=Code(value=status, text=known.text(STATUS, status)),
        errors=tuple(coded(ERRORS, one, known) for one in errors),
        original=Original(
            # Whatever else its sender has put there, a receipt has room for no more.
            type=Code(value=header.type.value, text=header.type.text),
            id=header.id,
            sent=header.sent,
            # What was refused for its time may not be repeated as it was written.
            sent_as=header.sent_as if is_moment(header.sent_as) else _plainly(header.sent),
        ),
    )


def _plainly(sent: datetime) -> str:
    """In UTC: a zone of hours, minutes and seconds can be read, and not be written in XML."""
    return written(sent.astimezone(UTC))


def party(name: str, her_id: str, unit: str = "", unit_her_id: str = "") -> Organisation:
    """An enterprise, and the unit of it that takes the messages."""
    inside = Organisation(name=unit, identities=(her(unit_her_id),)) if unit_her_id else None
    return Organisation(name=name, identities=(her(her_id),), inside=inside)


def practitioner(name: str, her_id: str, who: Professional) -> Organisation:
    """An enterprise, and the practitioner in it who takes the messages."""
    return Organisation(name=name, identities=(her(her_id),), professional=who)


def acting(person: Person, kind: str, known: Tables) -> Relation:
    """Who uses the service for the patient, by a right of list 7611."""
    return Relation(person, coded(RELATION, kind, known))


def with_state(event: Event, state: str, known: Tables) -> Event:
    """An event that says what has become of it, in the property and word of the tables."""
    others = tuple(one for one in event.more if one[0] != known.state_property)
    return replace(event, more=(*others, (known.state_property, known.word_for(state))))


def coded(number: str, value: str, known: Tables) -> Code:
    """A code of a list with its words."""
    return Code(value=value, list=number, text=known.text(number, value))


def receipt_party(said: Organisation) -> ReceiptParty:
    """A sender or receiver as a receipt names it: by its HER-ids on both levels."""
    person = said.professional
    return ReceiptParty(
        enterprise=_known(said.name, said.her_id),
        departments=(_known(said.inside.name, said.inside.her_id),) if said.inside else (),
        people=(_known(person.person.name, person.her_id),) if person else (),
    )


def _known(name: str, her_id: str) -> Known:
    return Known(name=name, id=her_id, kind=Code(value=HER, text="HER-id") if her_id else None)


def _receipt_version(header: Header, known: Tables) -> str:
    process = BY_TYPE.get(header.type.value)
    versions = (one.receipt for one in functions(known) if one.process is process)
    return next((one for one in versions if one), "1.1")


def _header(function: Function, envelope: Envelope, known: Tables) -> Header:
    return Header(
        type=Code(value=function.type, text=known.text(FUNCTION, function.type)),
        id=envelope.id,
        sent=envelope.sent,
        sender=envelope.sender,
        receiver=envelope.receiver,
        patient=envelope.patient,
        ack=WANTED if function.receipt else NOT_WANTED,
        parent=envelope.parent,
        conversation=envelope.conversation or envelope.parent,
    )


def _documents(
    function: Function, envelope: Envelope, content: Content, known: Tables
) -> list[Document]:
    bodies: list[Body] = [_dialog(function, content, known)]
    if content.events:
        bodies.append(Calendar(events=content.events))
    if content.professionals:
        bodies.append(Personnel(content.professionals))
    if content.relation is not None:
        bodies.append(content.relation)
    documents = [Document(bodies=(one,), issued=envelope.sent) for one in bodies]
    documents[0] = replace(documents[0], about=content.about or function.title)
    files = (Document(bodies=(one,), kind=FILE, issued=envelope.sent) for one in content.files)
    return [*documents, *files]


def _dialog(function: Function, content: Content, known: Tables) -> Dialog:
    number, value = _kind(function, content)
    kind = coded(number, value, known)
    text = Text(plain=content.text) if content.text else None
    if function.says is Says.NOTE:
        note = Note(
            kind=kind,
            subject=content.subject,
            text=text,
            question=content.question,
            roles=content.roles,
        )
        return Dialog(version=function.dialog, notes=(note,))
    question = Question(
        kind=kind,
        subject=content.subject,
        text=text,
        start=content.start,
        end=content.end,
        extra=content.extra,
        roles=content.roles,
    )
    return Dialog(version=function.dialog, questions=(question,))


def _kind(function: Function, content: Content) -> tuple[str, str]:
    """The kind that was chosen, or the function's first; one that is not its own is refused."""
    if not content.kind:
        return function.kinds[0]
    for number, value in function.kinds:
        if value == content.kind:
            return number, value
    sentence = f"{function.name} is not of the kind {content.kind}."
    raise NotProper((Improper("T99", sentence),))
