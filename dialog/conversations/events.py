"""What can have happened in a conversation; ids and codes only."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class ConversationStarted(Event):
    """Somebody opened a matter; what was said in it is told by itself."""

    silent: ClassVar[bool] = True
    service: str
    side: str


class MessageSent(Event):
    """One side wrote to the other."""

    message_id: UUID
    side: str
    opening: bool = False


class ConversationRead(Event):
    """Somebody opened the thread and saw what is in it."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True
    side: str


class AttachmentRead(Event):
    """Somebody opened a file."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True
    attachment_id: UUID


class CopyTaken(Event):
    """Somebody took the whole thread home as a file."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True
    side: str


class EverythingTaken(Event):
    """Somebody took home all of a patient's that they may see, with the log."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True


class LogTaken(Event):
    """Somebody took home who has seen and done what."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True


class ConversationAssigned(Event):
    """It was handed to a colleague or a role."""

    silent: ClassVar[bool] = True
    owner_account_id: int | None
    owner_role: str


class ConversationFlagged(Event):
    """The office said that it is urgent, or that it no longer is."""

    silent: ClassVar[bool] = True
    urgent: bool


class ConversationKept(Event):
    """The office hid it from the parents of a young patient, or no longer does."""

    silent: ClassVar[bool] = True
    kept: bool


class NoteAdded(Event):
    """A colleague left an internal note."""

    silent: ClassVar[bool] = True


class ConversationRedirected(Event):
    """It belongs in another service; the patient is told which, and what it costs."""

    to_service: str


class ConversationClosed(Event):
    """It ended."""

    outcome: str


class MessageRecalled(Event):
    """A message was taken back before the other side opened it; ``wrong_patient``: so the office
    says.
    """

    message_id: UUID
    wrong_patient: bool = False


class ConversationMisfiled(Event):
    """It was on the wrong patient and was moved to the right one; both records say so."""

    counterpart_id: UUID


class ServiceSwitched(Event):
    """A doctor switched a service on or off."""

    list_id: int
    feature: str
    on: bool


class ServicePlanned(Event):
    """A doctor planned that a service is off for a while, or changed their mind."""

    silent: ClassVar[bool] = True
    list_id: int
    feature: str
    planned: bool


class UnreadReminded(Event):
    """An important message lay unopened, and the patient was reminded."""

    message_id: UUID


class FollowUpMade(Event):
    """Something to be done by a day got an owner."""

    silent: ClassVar[bool] = True
    follow_up_id: UUID
    reason: str


class FollowUpDone(Event):
    """It was done."""

    silent: ClassVar[bool] = True
    follow_up_id: UUID


class TaskGiven(Event):
    """A patient was asked to do something by a day; the message that asks is told by itself."""

    silent: ClassVar[bool] = True


class TaskMoved(Event):
    """The patient got another day."""

    silent: ClassVar[bool] = True


class TaskDone(Event):
    """The patient's side says that it is done."""

    silent: ClassVar[bool] = True


class TaskReminded(Event):
    """The day draws near, and the patient is reminded."""


class TaskMissed(Event):
    """The day has passed, and it is not done."""


class RightAsked(Event):
    """Somebody asked that something is corrected or erased."""

    silent: ClassVar[bool] = True
    request_id: UUID
    wish: str
    side: str


class RightDecided(Event):
    """A doctor decided what was asked to be corrected or erased; whoever asked is told."""

    request_id: UUID
    decision: str
    side: str


class ErasureDecided(Event):
    """The content of a conversation is to go, and nobody reads it from now on."""

    why: str


class ConversationErased(Event):
    """Its content is gone, and the key with it."""

    silent: ClassVar[bool] = True
    why: str


class ConversationHandedOver(Event):
    """It was written to a folder for whoever takes over from the office, or for an archive."""

    silent: ClassVar[bool] = True


class OfficeHandedOver(Event):
    """All that an office has was written to a folder, as it was then; ``digest`` is of the list."""

    silent: ClassVar[bool] = True
    matters: int
    digest: str
    as_of: datetime


class OfficeErased(Event):
    """The last of what a closed office had written was destroyed, with its keys."""

    silent: ClassVar[bool] = True
