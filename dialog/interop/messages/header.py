"""The header: who to whom, about whom, and where in which conversation."""

import threading
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from lxml import etree

from dialog.interop.messages.elements import (
    Code,
    add,
    add_code,
    code,
    moment,
    parts,
    read_code,
    words,
    written,
)
from dialog.interop.messages.people import IN_HEADER, Organisation, Person, Professional
from dialog.interop.messages.people_blocks import (
    read_organisation,
    read_person,
    read_professional,
    write_organisation,
    write_person,
    write_professional,
)
from dialog.interop.names import MSGHEAD

VERSION = "v1.2 2006-05-24"
WANTED = Code(value="J", text="Ja")
NOT_WANTED = Code(value="N", text="Nei")
MOST_KNOWN, LONGEST_KNOWN = 256, 4096  # organisations that are remembered, and bytes of each
_known: dict[bytes, Organisation] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReceiver:
    """Somebody who gets a copy."""

    role: Code
    method: Code | None = None
    organisation: Organisation | None = None
    person: Person | None = None
    professional: Professional | None = None
    patient: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """MsgInfo. ``sent_as`` is the time as it was written, which a receipt repeats."""

    type: Code
    id: str
    sent: datetime
    sender: Organisation
    receiver: Organisation
    patient: Person | None = None
    ack: Code | None = None
    parent: str = ""
    conversation: str = ""
    status: Code | None = None
    priority: Code | None = None
    sender_method: Code | None = None
    receiver_method: Code | None = None
    others: tuple[OtherReceiver, ...] = ()
    sent_as: str = field(default="", compare=False)

    @property
    def wants_receipt(self) -> bool:
        """Whether the sender asks for a receipt."""
        return self.ack is not None and self.ack.value == WANTED.value

    @property
    def thread(self) -> str:
        """The first message of the conversation: this one, where it answers none."""
        return self.conversation or self.parent or self.id


def read_header(element: etree._Element) -> Header:
    """MsgInfo."""
    found = parts(element)
    reference = found.get("ConversationRef")
    refers = parts(reference[0]) if reference else {}
    sender, receiver = parts(found["Sender"][0]), parts(found["Receiver"][0])
    patient = found.get("Patient")
    return Header(
        type=read_code(found["Type"][0]),
        id=words(found, "MsgId"),
        sent=moment(found["GenDate"][0]),
        sent_as=words(found, "GenDate"),
        sender=_organisation(sender["Organisation"][0]),
        receiver=_organisation(receiver["Organisation"][0]),
        patient=read_person(patient[0]) if patient else None,
        ack=code(found, "Ack"),
        parent=words(refers, "RefToParent"),
        conversation=words(refers, "RefToConversation"),
        status=code(found, "ProcessingStatus"),
        priority=code(found, "RequestedPriority"),
        sender_method=code(sender, "ComMethod"),
        receiver_method=code(receiver, "ComMethod"),
        others=tuple(read_other_receiver(one) for one in found.get("OtherReceiver", ())),
    )


def _organisation(element: etree._Element) -> Organisation:
    """Sender's or receiver's: the same few come all the time, and are known by their own bytes."""
    said = etree.tostring(element, with_tail=False)
    found = _known.get(said)
    if found is None:
        found = read_organisation(element)
        if len(said) <= LONGEST_KNOWN:
            if len(_known) >= MOST_KNOWN:
                _known.clear()
            _known[said] = found
    return found


def read_other_receiver(element: etree._Element) -> OtherReceiver:
    """OtherReceiver."""
    found = parts(element)
    organisation, person = found.get("Organisation"), found.get("Person")
    professional, patient = found.get("HealthcareProfessional"), found.get("Patient")
    return OtherReceiver(
        role=read_code(found["RoleReceiver"][0]),
        method=code(found, "ComMethod"),
        organisation=read_organisation(organisation[0]) if organisation else None,
        person=read_person(person[0]) if person else None,
        professional=read_professional(professional[0]) if professional else None,
        patient=read_person(patient[0]) if patient else None,
    )


def write_header(parent: etree._Element, header: Header) -> None:
    """MsgInfo, in the order of the schema."""
    element = add(parent, MSGHEAD, "MsgInfo")
    add_code(element, MSGHEAD, "Type", header.type)
    add(element, MSGHEAD, "MIGversion", VERSION)
    add(element, MSGHEAD, "GenDate", header.sent_as or written(header.sent))
    add(element, MSGHEAD, "MsgId", header.id)
    add_code(element, MSGHEAD, "ProcessingStatus", header.status)
    add_code(element, MSGHEAD, "RequestedPriority", header.priority)
    add_code(element, MSGHEAD, "Ack", header.ack)
    if header.parent or header.conversation:
        reference = add(element, MSGHEAD, "ConversationRef")
        add(reference, MSGHEAD, "RefToParent", header.parent or header.conversation)
        add(reference, MSGHEAD, "RefToConversation", header.conversation or header.parent)
    _write_party(element, "Sender", header.sender, header.sender_method)
    _write_party(element, "Receiver", header.receiver, header.receiver_method)
    for other in header.others:
        write_other_receiver(element, other)
    if header.patient is not None:
        write_person(element, "Patient", header.patient, IN_HEADER)


def _write_party(parent: etree._Element, name: str, said: Organisation, how: Code | None) -> None:
    """The same few write to each other all the time: copying takes a third of writing anew."""
    parent.append(deepcopy(_party(name, said, how, threading.get_ident())))


@lru_cache(MOST_KNOWN)
def _party(name: str, said: Organisation, how: Code | None, _thread: int) -> etree._Element:
    """Sender or Receiver; a tree is its own thread's."""
    root = etree.Element(f"{{{MSGHEAD}}}MsgInfo", nsmap={None: MSGHEAD})
    element = add(root, MSGHEAD, name)
    add_code(element, MSGHEAD, "ComMethod", how)
    write_organisation(element, said, IN_HEADER)
    return element


def write_other_receiver(parent: etree._Element, other: OtherReceiver) -> None:
    """OtherReceiver."""
    element = add(parent, MSGHEAD, "OtherReceiver")
    add_code(element, MSGHEAD, "ComMethod", other.method)
    add_code(element, MSGHEAD, "RoleReceiver", other.role)
    if other.organisation is not None:
        write_organisation(element, other.organisation, IN_HEADER)
    if other.patient is not None:
        write_person(element, "Patient", other.patient, IN_HEADER)
    if other.person is not None:
        write_person(element, "Person", other.person, IN_HEADER)
    if other.professional is not None:
        write_professional(element, other.professional, IN_HEADER)
