"""The messages in our own terms: frozen, and each block read and written by a small function."""

from dialog.interop.messages.calendar import Calendar, Event
from dialog.interop.messages.dialog import Dialog, Note, Question, Role, Text, Unit
from dialog.interop.messages.elements import Code, Unreadable
from dialog.interop.messages.header import Header, OtherReceiver
from dialog.interop.messages.message import Document, Message, read_message, write_message
from dialog.interop.messages.payloads import (
    Attachment,
    Kept,
    Personnel,
    Persons,
    Prescription,
    Relation,
)
from dialog.interop.messages.people import (
    Address,
    Identity,
    Organisation,
    Person,
    Professional,
    Telecom,
)
from dialog.interop.messages.receipt import (
    Known,
    Original,
    Receipt,
    ReceiptParty,
    read_receipt,
    write_receipt,
)

__all__ = [
    "Address",
    "Attachment",
    "Calendar",
    "Code",
    "Dialog",
    "Document",
    "Event",
    "Header",
    "Identity",
    "Kept",
    "Known",
    "Message",
    "Note",
    "Organisation",
    "Original",
    "OtherReceiver",
    "Person",
    "Personnel",
    "Persons",
    "Prescription",
    "Professional",
    "Question",
    "Receipt",
    "ReceiptParty",
    "Relation",
    "Role",
    "Telecom",
    "Text",
    "Unit",
    "Unreadable",
    "read_message",
    "read_receipt",
    "write_message",
    "write_receipt",
]
