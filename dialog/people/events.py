"""What can have happened to people and practices."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeOpened(Event):
    """A practice began to use the platform."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCloses(Event):
    """From this day on a practice takes nothing new; None: it does not close after all."""

    silent: ClassVar[bool] = True
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeChanged(Event):
    """The practice's own facts were changed: phone, address, opening hours, closing days."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChosen(Event):
    """The practice does its work elsewhere from now on: here, or in its own record system."""

    silent: ClassVar[bool] = True
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAdded(Event):
    """Somebody began to work at the practice."""

    silent: ClassVar[bool] = True
    member_account_id: int
    member_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(Event):
    """Somebody no longer works at the practice."""

    silent: ClassVar[bool] = True
    member_account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationHeard(Event):
    """The health-personnel register let somebody work in another role from now on than before."""

    silent: ClassVar[bool] = True
    member_account_id: int
    member_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDelegated(Event):
    """The office handed a duty to a role, or took it back."""

    silent: ClassVar[bool] = True
    member_role: str
    duty: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGiven(Event):
    """Somebody by name got a duty at the practice, or was relieved of it."""

    silent: ClassVar[bool] = True
    member_account_id: int
    duty: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOpened(Event):
    """A patient list was made, for a doctor or a team."""

    silent: ClassVar[bool] = True
    list_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRegistered(Event):
    """A person became known to the platform."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GpAssigned(Event):
    """A patient came onto a list."""

    silent: ClassVar[bool] = True
    list_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GpUnassigned(Event):
    """A patient left a list."""

    silent: ClassVar[bool] = True
    list_id: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanged(Event):
    """A list got another doctor, another team or another name."""

    silent: ClassVar[bool] = True
    list_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GpChangeAsked(Event):
    """A practice asked whether it may take a patient on."""

    silent: ClassVar[bool] = True
    list_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GpChangeAnswered(Event):
    """The patient said yes or no to a new list, or the practice took the question back."""

    silent: ClassVar[bool] = True
    list_id: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteAppointed(Event):
    """Somebody looks after a list for a while."""

    silent: ClassVar[bool] = True
    list_id: int
    practitioner_id: int
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteEnded(Event):
    """Somebody no longer looks after a list, before the time was out."""

    silent: ClassVar[bool] = True
    list_id: int
    practitioner_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerChanged(Event):
    """A timebook was added, renamed, opened or closed."""

    silent: ClassVar[bool] = True
    practitioner_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMade(Event):
    """Somebody may sign in."""

    silent: ClassVar[bool] = True
    new_account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGranted(Event):
    """Somebody may act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    proxy_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRevoked(Event):
    """Somebody may no longer act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyStopped(Event):
    """The population register no longer lets somebody act for the patient."""

    silent: ClassVar[bool] = True
    proxy_account_id: int
    proxy_kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccessChosen(Event):
    """A parent let a child use the service by itself, or took that back."""

    silent: ClassVar[bool] = True
    consented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Event):
    """The patient became a digital user: somebody said yes to these words, in this language."""

    silent: ClassVar[bool] = True
    given_as: str
    text_version: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Event):
    """The patient's yes to being a digital user was taken back."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationChosen(Event):
    """The patient switched a kind of SMS on or off."""

    silent: ClassVar[bool] = True
    notification: str
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetailsChanged(Event):
    """The patient's phone, e-mail or language was changed; not to what."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLookedUp(Event):
    """Somebody at the practice opened a patient's page."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LookExplained(Event):
    """Somebody at the practice said why they open a patient with whom nothing is going on."""

    silent: ClassVar[bool] = True
    reason: str
    explanation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody came in through the door."""

    silent: ClassVar[bool] = True
    as_side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    """Somebody left."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOutEverywhere(Event):
    """Somebody left in every browser at once."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLocked(Event):
    """Somebody shut their own access."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessUnlocked(Event):
    """Somebody proved anew who they are, and opened their own access again."""

    silent: ClassVar[bool] = True
    unlocked_account_id: int
