"""AppRec: whether a message was taken, and if not, why."""

from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from dialog.interop.messages.elements import (
    Code,
    Found,
    add,
    add_code,
    add_words,
    clean,
    code,
    coded,
    moment,
    parts,
    read_code,
    words,
    written,
)
from dialog.interop.names import APPREC, APPREC_10, APPREC_11

TAKEN, REJECTED, PARTLY = "1", "2", "3"  # list 8258
ERRORS = "8221"
VERSIONS = {APPREC_10: "1.0", APPREC_11: "1.1"}
_NAMESPACES = {version: namespace for namespace, version in VERSIONS.items()}
_STAMPS = {APPREC_10: "v1.0 2004-11-21", APPREC_11: "v1.1 2012-02-15"}
_KIND = Code(value=APPREC, text="Applikasjonskvittering")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An enterprise, a department or a person as a receipt names it; ``also`` are more numbers."""

    name: str = ""
    id: str = ""
    kind: Code | None = None
    type: Code | None = None
    also: tuple[tuple[str, Code], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The address of one who sends or gets a receipt."""

    kind: Code
    street: str = ""
    postal_code: str = ""
    city: str = ""
    county: Code | None = None
    country: Code | None = None
    district: Code | None = None
    telecom: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptParty:
    """Who sends or gets a receipt: an enterprise with its departments and people, or a person."""

    role: Code | None = None
    enterprise: Known | None = None
    departments: tuple[Known, ...] = ()
    people: tuple[Known, ...] = ()
    person: Known | None = None
    speciality: Code | None = None
    place: Place | None = None

    @property
    def her_ids(self) -> tuple[str, str]:
        """The numbers of both levels in the address registry."""
        first = self.enterprise or self.person or Known()
        return _her(first), next((found for one in self._inner if (found := _her(one))), "")

    @property
    def _inner(self) -> tuple[Known, ...]:
        return (*self.departments, *self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The message a receipt is for; ``sent_as`` is its time as it was written."""

    type: Code
    id: str
    sent: datetime
    sent_as: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """AppRec, with what we took knowingly when reading it."""

    version: str = "1.1"
    id: str
    sent: datetime
    sender: ReceiptParty
    receiver: ReceiptParty
    status: Code
    errors: tuple[Code, ...] = ()
    original: Original
    type: Code = _KIND
    version_text: str = field(default="", compare=False)
    software: str = ""
    software_version: str = ""
    sent_as: str = field(default="", compare=False)
    tolerated: tuple[str, ...] = field(default=(), compare=False)

    @property
    def taken(self) -> bool:
        """Whether the receiver has the message, whole or in part."""
        return self.status.value in (TAKEN, PARTLY)


def _her(known: Known) -> str:
    if known.kind is not None and known.kind.value == "HER":
        return known.id
    return next((number for number, kind in known.also if kind.value == "HER"), "")


def read_receipt(element: etree._Element) -> Receipt:
    """AppRec."""
    found = parts(element)
    return Receipt(
        version=VERSIONS[str(etree.QName(element).namespace)],
        version_text=words(found, "MIGversion"),
        type=read_code(found["MsgType"][0]),
        software=words(found, "SoftwareName"),
        software_version=words(found, "SoftwareVersion"),
        sent=moment(found["GenDate"][0]),
        sent_as=words(found, "GenDate"),
        id=words(found, "Id"),
        sender=read_receipt_party(found["Sender"][0]),
        receiver=read_receipt_party(found["Receiver"][0]),
        status=read_code(found["Status"][0]),
        errors=coded(found.get("Error", ())),
        original=read_original(found["OriginalMsgId"][0]),
    )


def read_original(element: etree._Element) -> Original:
    """OriginalMsgId."""
    found = parts(element)
    return Original(
        type=read_code(found["MsgType"][0]),
        sent=moment(found["IssueDate"][0]),
        sent_as=words(found, "IssueDate"),
        id=words(found, "Id"),
    )


def read_receipt_party(element: etree._Element) -> ReceiptParty:
    """Sender and Receiver, with the HCP in them."""
    found = parts(element)
    who = parts(found["HCP"][0])
    institution, person, place = who.get("Inst"), who.get("HCProf"), who.get("Address")
    inside = parts(institution[0]) if institution else {}
    return ReceiptParty(
        role=code(found, "Role"),
        enterprise=_known(inside) if institution else None,
        departments=tuple(read_known(one) for one in inside.get("Dept", ())),
        people=tuple(read_known(one) for one in inside.get("HCPerson", ())),
        person=read_known(person[0]) if person else None,
        speciality=code(who, "MedSpeciality"),
        place=read_place(place[0]) if place else None,
    )


def read_known(element: etree._Element) -> Known:
    """Dept, HCPerson and HCProf."""
    return _known(parts(element))


def _known(found: Found) -> Known:
    more = [parts(one) for one in found.get("AdditionalId", ())]
    return Known(
        type=code(found, "Type"),
        name=words(found, "Name"),
        id=words(found, "Id"),
        kind=code(found, "TypeId"),
        also=tuple((words(one, "Id"), read_code(one["Type"][0])) for one in more),
    )


def read_place(element: etree._Element) -> Place:
    """Address."""
    found = parts(element)
    return Place(
        kind=read_code(found["Type"][0]),
        street=words(found, "StreetAdr"),
        postal_code=words(found, "PostalCode"),
        city=words(found, "City"),
        county=code(found, "County"),
        country=code(found, "Country"),
        district=code(found, "CityDistr"),
        telecom=tuple(one.get("V", "") for one in found.get("TeleAddress", ())),
    )


def write_receipt(receipt: Receipt) -> etree._Element:
    """AppRec, in the version it says."""
    own = _NAMESPACES[receipt.version]
    element = etree.Element(f"{{{own}}}AppRec", nsmap={None: own})
    add_code(element, own, "MsgType", receipt.type)
    add(element, own, "MIGversion", receipt.version_text or _STAMPS[own])
    add_words(element, own, "SoftwareName", receipt.software)
    add_words(element, own, "SoftwareVersion", receipt.software_version)
    add(element, own, "GenDate", receipt.sent_as or written(receipt.sent))
    add(element, own, "Id", receipt.id)
    write_receipt_party(element, own, "Sender", receipt.sender)
    write_receipt_party(element, own, "Receiver", receipt.receiver)
    add_code(element, own, "Status", receipt.status)
    for error in receipt.errors:
        add_code(element, own, "Error", error)
    original = add(element, own, "OriginalMsgId")
    add_code(original, own, "MsgType", receipt.original.type)
    issued = receipt.original.sent_as or written(receipt.original.sent)
    add(original, own, "IssueDate", issued)
    add(original, own, "Id", receipt.original.id)
    return element


def write_receipt_party(parent: etree._Element, own: str, name: str, said: ReceiptParty) -> None:
    """Sender and Receiver, with the HCP in them."""
    element = add(parent, own, name)
    add_code(element, own, "Role", said.role)
    who = add(element, own, "HCP")
    if said.person is not None:
        write_known(who, own, "HCProf", said.person)
    else:
        _write_enterprise(who, own, said)
    add_code(who, own, "MedSpeciality", said.speciality)
    if said.place is not None:
        write_place(who, own, said.place)


def _write_enterprise(who: etree._Element, own: str, said: ReceiptParty) -> None:
    element = add(who, own, "Inst")
    enterprise = said.enterprise or Known()
    _write_named(element, own, enterprise)
    for department in said.departments:
        write_known(element, own, "Dept", department)
    _write_also(element, own, enterprise)
    for person in said.people:
        write_known(element, own, "HCPerson", person)


def write_known(parent: etree._Element, own: str, name: str, said: Known) -> None:
    """Dept, HCPerson and HCProf."""
    element = add(parent, own, name)
    add_code(element, own, "Type", said.type)
    _write_named(element, own, said)
    _write_also(element, own, said)


def _write_named(element: etree._Element, own: str, said: Known) -> None:
    add_words(element, own, "Name", said.name)
    add_words(element, own, "Id", said.id)
    add_code(element, own, "TypeId", said.kind)


def _write_also(element: etree._Element, own: str, said: Known) -> None:
    for number, kind in said.also:
        also = add(element, own, "AdditionalId")
        add(also, own, "Id", number)
        add_code(also, own, "Type", kind)


def write_place(parent: etree._Element, own: str, said: Place) -> None:
    """Address."""
    element = add(parent, own, "Address")
    add_code(element, own, "Type", said.kind)
    add_words(element, own, "StreetAdr", said.street)
    add_words(element, own, "PostalCode", said.postal_code)
    add_words(element, own, "City", said.city)
    add_code(element, own, "County", said.county)
    add_code(element, own, "Country", said.country)
    add_code(element, own, "CityDistr", said.district)
    for address in said.telecom:
        add(element, own, "TeleAddress").set("V", clean(address))
