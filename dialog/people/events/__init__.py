"""What can have happened to people and practices."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event
from dialog.people.events.acting import (
    GuardianAppointed,
    OwnAccessChosen,
    ProxyGranted,
    ProxyRevoked,
    ProxyStopped,
)
from dialog.people.events.lists import (
    GpAssigned,
    GpChangeAnswered,
    GpChangeAsked,
    GpUnassigned,
    ListChanged,
    ListOpened,
    SubstituteAppointed,
    SubstituteEnded,
)


class PracticeOpened(Event):
    """A practice began to use the platform."""

    silent: ClassVar[bool] = True


class PracticeCloses(Event):
    """From this day on a practice takes nothing new; None: it does not close after all."""

    silent: ClassVar[bool] = True
    on: date | None


class PracticeChanged(Event):
    """The practice's own facts were changed: phone, address, opening hours, closing days."""

    silent: ClassVar[bool] = True


class ChannelChosen(Event):
    """The practice does its work elsewhere from now on: here, or in its own record system."""

    silent: ClassVar[bool] = True
    channel: str


class MemberAdded(Event):
    """Somebody began to work at the practice, or is to from a first day; some have a last one."""

    silent: ClassVar[bool] = True
    member_account_id: int
    member_role: str
    first: date
    last: date | None


class MemberDaysChanged(Event):
    """From or until which day somebody works at the practice was changed."""

    silent: ClassVar[bool] = True
    member_account_id: int
    first: date
    last: date | None


class MemberRemoved(Event):
    """Somebody no longer works at the practice."""

    silent: ClassVar[bool] = True
    member_account_id: int


class AuthorisationHeard(Event):
    """The health-personnel register let somebody work in another role from now on than before."""

    silent: ClassVar[bool] = True
    member_account_id: int
    member_role: str


class DutyDelegated(Event):
    """The office handed a duty to a role, or took it back."""

    silent: ClassVar[bool] = True
    member_role: str
    duty: str
    on: bool


class DutyGiven(Event):
    """Somebody by name got a duty at the practice, or was relieved of it."""

    silent: ClassVar[bool] = True
    member_account_id: int
    duty: str
    on: bool


class PatientRegistered(Event):
    """A person became known to the platform."""

    silent: ClassVar[bool] = True


class PractitionerChanged(Event):
    """A timebook was added, renamed, opened or closed."""

    silent: ClassVar[bool] = True
    practitioner_id: int


class AccountMade(Event):
    """Somebody may sign in."""

    silent: ClassVar[bool] = True
    new_account_id: int


class ConsentGiven(Event):
    """The patient became a digital user: somebody said yes to these words, in this language."""

    silent: ClassVar[bool] = True
    given_as: str
    text_version: int
    language: str


class ConsentWithdrawn(Event):
    """The patient's yes to being a digital user was taken back."""

    silent: ClassVar[bool] = True


class NotificationChosen(Event):
    """The patient switched a kind of SMS on or off."""

    silent: ClassVar[bool] = True
    notification: str
    wanted: bool


class ContactDetailsChanged(Event):
    """The patient's phone, e-mail or language was changed; not to what."""

    silent: ClassVar[bool] = True


class CeilingCardSet(Event):
    """The practice registered until which day a patient has a ceiling card; None: there is none."""

    silent: ClassVar[bool] = True
    until: date | None


class PatientLookedUp(Event):
    """Somebody at the practice opened a patient's page."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True


class LookExplained(Event):
    """Somebody at the practice said why they open a patient with whom nothing is going on."""

    silent: ClassVar[bool] = True
    reason: str
    explanation_id: UUID


class SignedIn(Event):
    """Somebody came in through the door."""

    silent: ClassVar[bool] = True
    as_side: str


class SignedOut(Event):
    """Somebody left."""

    silent: ClassVar[bool] = True


class SignedOutEverywhere(Event):
    """Somebody left in every browser at once."""

    silent: ClassVar[bool] = True


class AccessLocked(Event):
    """Somebody shut their own access."""

    silent: ClassVar[bool] = True


class AccessUnlocked(Event):
    """Somebody proved anew who they are, and opened their own access again."""

    silent: ClassVar[bool] = True
    unlocked_account_id: int


__all__ = [
    "AccessLocked",
    "AccessUnlocked",
    "AccountMade",
    "AuthorisationHeard",
    "CeilingCardSet",
    "ChannelChosen",
    "ConsentGiven",
    "ConsentWithdrawn",
    "ContactDetailsChanged",
    "DutyDelegated",
    "DutyGiven",
    "GpAssigned",
    "GpChangeAnswered",
    "GpChangeAsked",
    "GpUnassigned",
    "GuardianAppointed",
    "ListChanged",
    "ListOpened",
    "LookExplained",
    "MemberAdded",
    "MemberDaysChanged",
    "MemberRemoved",
    "NotificationChosen",
    "OwnAccessChosen",
    "PatientLookedUp",
    "PatientRegistered",
    "PracticeChanged",
    "PracticeCloses",
    "PracticeOpened",
    "PractitionerChanged",
    "ProxyGranted",
    "ProxyRevoked",
    "ProxyStopped",
    "SignedIn",
    "SignedOut",
    "SignedOutEverywhere",
    "SubstituteAppointed",
    "SubstituteEnded",
]
