"""The smaller documents that come with a dialog, and those we keep as they are."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from lxml import etree

from dialog.interop.messages.elements import Code, add_code, parts, read_code
from dialog.interop.messages.people import IN_COMMON, Person, Professional
from dialog.interop.messages.people_blocks import (
    read_person,
    read_professional,
    write_person,
    write_professional,
)
from dialog.interop.names import BASE64, COMMON, PERSONNEL, PERSONS, RELATION
from dialog.interop.trees import tree_of

_NAMES_OF_MEDICINES = ("{*}NavnFormStyrke", "{*}Varenavn")


@dataclass(frozen=True, slots=True)
class Relation:
    """Pasientrelasjon: who uses the service for the patient, and by what right (list 7611)."""

    person: Person
    kind: Code


@dataclass(frozen=True, slots=True)
class Personnel:
    """Helsepersonell: other practitioners than the one addressed."""

    professionals: tuple[Professional, ...]


@dataclass(frozen=True, slots=True)
class Persons:
    """Personer: a list of people."""

    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file: its bytes, or where it lies."""

    content: bytes = field(default=b"", repr=False)
    reference: str = ""
    mime_type: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Prescription:
    """M1, kept whole: the medicines it names are read, and nothing else."""

    xml: str = field(repr=False)
    medicines: tuple[str, ...]
    prescribed: str
    expires: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document we have no words for, kept whole."""

    namespace: str
    name: str
    xml: str = field(repr=False)


def read_relation(element: etree._Element) -> Relation:
    """Pasientrelasjon."""
    found = parts(element)
    return Relation(read_person(found["Person"][0]), read_code(found["Relasjon"][0]))


def write_relation(said: Relation) -> etree._Element:
    """Pasientrelasjon."""
    element = etree.Element(f"{{{RELATION}}}Pasientrelasjon", nsmap={None: RELATION, "fk1": COMMON})
    write_person(element, "Person", said.person, IN_COMMON, RELATION)
    add_code(element, RELATION, "Relasjon", said.kind)
    return element


def read_personnel(element: etree._Element) -> Personnel:
    """Helsepersonell."""
    return Personnel(tuple(read_professional(one) for one in element))


def write_personnel(said: Personnel) -> etree._Element:
    """Helsepersonell, in the newer of its versions."""
    own = PERSONNEL[0]
    element = etree.Element(f"{{{own}}}Helsepersonell", nsmap={None: own, "fk1": COMMON})
    for one in said.professionals:
        write_professional(element, one, IN_COMMON, own)
    return element


def read_persons(element: etree._Element) -> Persons:
    """Personer."""
    return Persons(tuple(read_person(one) for one in element))


def write_persons(said: Persons) -> etree._Element:
    """Personer."""
    element = etree.Element(f"{{{PERSONS}}}Personer", nsmap={None: PERSONS, "fk1": COMMON})
    for one in said.people:
        write_person(element, "Person", one, IN_COMMON, PERSONS)
    return element


def read_attachment(element: etree._Element) -> Attachment:
    """Base64Container."""
    return Attachment(content=b64decode(element.text or ""))


def write_attachment(said: Attachment) -> etree._Element:
    """Base64Container."""
    element = etree.Element(f"{{{BASE64}}}Base64Container", nsmap={None: BASE64})
    element.text = b64encode(said.content).decode()
    return element


def read_prescription(element: etree._Element) -> Prescription:
    """Resept: kept, and what the patient would know it by."""
    named = [(one.text or "").strip() for one in element.iter(*_NAMES_OF_MEDICINES)]
    return Prescription(
        xml=xml_of(element),
        medicines=tuple(dict.fromkeys(one for one in named if one)),
        prescribed=element.findtext("{*}Forskrivningsdato", "").strip(),
        expires=element.findtext("{*}Utloper", "").strip(),
    )


def read_kept(element: etree._Element) -> Kept:
    """Whatever it is."""
    qualified = etree.QName(element)
    return Kept(qualified.namespace or "", qualified.localname, xml_of(element))


def xml_of(element: etree._Element) -> str:
    """An element as text, with what it needs of the names around it."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def write_kept(said: Kept | Prescription) -> etree._Element:
    """What was kept, as it was."""
    return tree_of(said.xml.encode())
