"""A whole message: the header and its documents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lxml import etree

from dialog.interop.messages.calendar import Calendar, read_calendar, write_calendar
from dialog.interop.messages.dialog import Dialog, Note, Question, read_dialog, write_dialog
from dialog.interop.messages.elements import (
    Code,
    Found,
    Stamp,
    add,
    add_code,
    add_stamp,
    add_words,
    code,
    parts,
    read_code,
    stamp,
    words,
)
from dialog.interop.messages.header import Header, read_header, write_header
from dialog.interop.messages.payloads import (
    Attachment,
    Kept,
    Personnel,
    Persons,
    Prescription,
    Relation,
    read_attachment,
    read_kept,
    read_personnel,
    read_persons,
    read_prescription,
    read_relation,
    write_attachment,
    write_kept,
    write_personnel,
    write_persons,
    write_relation,
)
from dialog.interop.names import (
    BASE64,
    DIALOG_10,
    DIALOG_11,
    MSGHEAD,
    PERSONNEL,
    PERSONS,
    PRESCRIPTION,
    RELATION,
    XCAL,
)

Body = Dialog | Calendar | Relation | Personnel | Persons | Attachment | Prescription | Kept
B = TypeVar("B")
INSTANCE = Code(value="XML", text="XML-instans")
FILE = Code(value="A", text="Vedlegg")

_READERS: dict[str, Callable[[etree._Element], Body]] = {
    DIALOG_10: read_dialog,
    DIALOG_11: read_dialog,
    XCAL: read_calendar,
    RELATION: read_relation,
    PERSONS: read_persons,
    BASE64: read_attachment,
    **dict.fromkeys(PERSONNEL, read_personnel),
    **dict.fromkeys(PRESCRIPTION, read_prescription),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a message. What says what an attachment is, is on the attachment."""

    bodies: tuple[Body, ...] = ()
    kind: Code = INSTANCE
    issued: Stamp | None = None
    id: str = ""
    mime_type: str = ""
    description: str = ""
    compression: Code | None = None
    about: str = ""
    connection: Code | None = None
    content_type: Code | None = None
    category: Code | None = None
    consent: Code | None = None
    annotation: str = ""
    start: Stamp | None = None
    end: Stamp | None = None
    oid: str = ""
    enquiry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message, with what we took knowingly when reading it."""

    header: Header
    documents: tuple[Document, ...]
    tolerated: tuple[str, ...] = field(default=(), compare=False)

    def bodies(self, kind: type[B]) -> tuple[B, ...]:
        """Every document of one kind, in their order."""
        return tuple(one for one in self._all if isinstance(one, kind))

    @property
    def _all(self) -> Iterator[Body]:
        return (body for document in self.documents for body in document.bodies)

    @property
    def dialog(self) -> Dialog | None:
        """The dialog itself, which comes first."""
        return next(iter(self.bodies(Dialog)), None)

    @property
    def question(self) -> Question | None:
        """The first question, where it asks one."""
        return self.dialog.questions[0] if self.dialog and self.dialog.questions else None

    @property
    def note(self) -> Note | None:
        """The first note, where it answers."""
        return self.dialog.notes[0] if self.dialog and self.dialog.notes else None

    @property
    def relation(self) -> Relation | None:
        """Who acts for the patient; nobody where the patient does."""
        return next(iter(self.bodies(Relation)), None)

    @property
    def calendar(self) -> Calendar | None:
        """The times or appointments it is about."""
        return next(iter(self.bodies(Calendar)), None)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that came with it."""
        return self.bodies(Attachment)


def read_message(root: etree._Element, *, kept_whole: frozenset[str] = frozenset()) -> Message:
    """MsgHead; documents of the namespaces in ``kept_whole`` are kept and not read."""
    found = parts(root)
    return Message(
        header=read_header(found["MsgInfo"][0]),
        documents=tuple(read_document(one, kept_whole) for one in found.get("Document", ())),
    )


def read_document(element: etree._Element, kept_whole: frozenset[str] = frozenset()) -> Document:
    """Document, with its RefDoc."""
    found = parts(element)
    said = parts(found["RefDoc"][0])
    bodies = _bodies(said, kept_whole)
    file = bool(bodies) and isinstance(bodies[0], Attachment)
    return Document(
        bodies=bodies,
        kind=read_code(said["MsgType"][0]),
        issued=stamp(said, "IssueDate"),
        id=words(said, "Id"),
        mime_type="" if file else words(said, "MimeType"),
        description="" if file else words(said, "Description"),
        compression=code(said, "Compression"),
        about=words(found, "ContentDescription"),
        connection=code(found, "DocumentConnection"),
        content_type=code(found, "ContentType"),
        category=code(found, "ContentCategory"),
        consent=code(found, "Consent"),
        annotation=words(found, "Annotation"),
        start=stamp(found, "FromDate"),
        end=stamp(found, "ToDate"),
        oid=words(found, "OidRef"),
        enquiry=words(found, "EnquiryRefId"),
    )


def _bodies(said: Found, kept_whole: frozenset[str]) -> tuple[Body, ...]:
    if "FileReference" in said:
        return (_described(Attachment(reference=words(said, "FileReference")), said),)
    read = [_body(one, kept_whole) for content in said.get("Content", ()) for one in content]
    return tuple(_described(one, said) if isinstance(one, Attachment) else one for one in read)


def _described(file: Attachment, said: Found) -> Attachment:
    mime_type, description = words(said, "MimeType"), words(said, "Description")
    return replace(file, mime_type=mime_type, description=description)


def _body(element: etree._Element, kept_whole: frozenset[str]) -> Body:
    namespace = element.tag[1:].partition("}")[0]
    reader = read_kept if namespace in kept_whole else _READERS.get(namespace, read_kept)
    return reader(element)


def write_message(message: Message) -> etree._Element:
    """MsgHead."""
    root = etree.Element(f"{{{MSGHEAD}}}MsgHead", nsmap={None: MSGHEAD})
    write_header(root, message.header)
    for document in message.documents:
        write_document(root, document)
    return root


def write_document(parent: etree._Element, said: Document) -> None:
    """Document, with its RefDoc."""
    element = add(parent, MSGHEAD, "Document")
    add_code(element, MSGHEAD, "DocumentConnection", said.connection)
    add_code(element, MSGHEAD, "ContentType", said.content_type)
    add_words(element, MSGHEAD, "ContentDescription", said.about)
    add_code(element, MSGHEAD, "ContentCategory", said.category)
    add_code(element, MSGHEAD, "Consent", said.consent)
    add_words(element, MSGHEAD, "Annotation", said.annotation)
    add_stamp(element, MSGHEAD, "FromDate", said.start)
    add_stamp(element, MSGHEAD, "ToDate", said.end)
    add_words(element, MSGHEAD, "OidRef", said.oid)
    add_words(element, MSGHEAD, "EnquiryRefId", said.enquiry)
    _write_reference(add(element, MSGHEAD, "RefDoc"), said)


def _write_reference(element: etree._Element, said: Document) -> None:
    file = said.bodies[0] if said.bodies and isinstance(said.bodies[0], Attachment) else None
    add_stamp(element, MSGHEAD, "IssueDate", said.issued)
    add_code(element, MSGHEAD, "MsgType", said.kind)
    add_words(element, MSGHEAD, "Id", said.id)
    add_words(element, MSGHEAD, "MimeType", file.mime_type if file else said.mime_type)
    add_words(element, MSGHEAD, "Description", file.description if file else said.description)
    add_code(element, MSGHEAD, "Compression", said.compression)
    if file is not None and file.reference:
        add(element, MSGHEAD, "FileReference", file.reference)
    elif said.bodies:
        content = add(element, MSGHEAD, "Content")
        content.extend(write_body(body) for body in said.bodies)


def write_body(body: Body) -> etree._Element:
    """A document of any kind."""
    match body:
        case Dialog():
            return write_dialog(body)
        case Calendar():
            return write_calendar(body)
        case Relation():
            return write_relation(body)
        case Personnel():
            return write_personnel(body)
        case Persons():
            return write_persons(body)
        case Attachment():
            return write_attachment(body)
    return write_kept(body)
