"""Practices, practitioners, lists, patients, and who acts for whom."""

from dialog.people.models.consents import DigitalConsent
from dialog.people.models.contacts import RegisteredContact
from dialog.people.models.guardians import Guardianship
from dialog.people.models.lists import GpAssignment, GpChange, ListMember, PatientList
from dialog.people.models.looks import Explanation
from dialog.people.models.offices import ClosingDay, Delegation, Membership, Practice, Practitioner
from dialog.people.models.personnel import Authorisation, Professional
from dialog.people.models.persons import (
    Account,
    NotificationChoice,
    OwnAccess,
    Patient,
    Proxy,
)
from dialog.people.models.registers import RegisterAnswer

__all__ = [
    "Account",
    "Authorisation",
    "ClosingDay",
    "Delegation",
    "DigitalConsent",
    "Explanation",
    "GpAssignment",
    "GpChange",
    "Guardianship",
    "ListMember",
    "Membership",
    "NotificationChoice",
    "OwnAccess",
    "Patient",
    "PatientList",
    "Practice",
    "Practitioner",
    "Professional",
    "Proxy",
    "RegisterAnswer",
    "RegisteredContact",
]
