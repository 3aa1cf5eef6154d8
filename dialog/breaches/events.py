"""What can have happened to an entry of the register; ids and codes only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class BreachRegistered(Event):
    """Somebody, or the platform, wrote down that something went wrong."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    breach_kind: str


class BreachRead(Event):
    """Somebody opened it, with the list of those affected."""

    silent: ClassVar[bool] = True
    breach_id: UUID


class BreachAssessed(Event):
    """Somebody assessed the risk, for the first time or anew."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    risk: str


class BreachAddedTo(Event):
    """Somebody added a note, or a measure."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    addition: str


class AuthorityNotified(Event):
    """The office says that it has told Datatilsynet."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    late: bool


class BreachClosed(Event):
    """Nothing more is to be done."""

    silent: ClassVar[bool] = True
    breach_id: UUID


class BreachReopened(Event):
    """It was not over after all."""

    silent: ClassVar[bool] = True
    breach_id: UUID


class BreachReminded(Event):
    """The clock runs out soon, or has, and those who follow up the log were reminded."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    overdue: bool


class AffectedAdded(Event):
    """Somebody was written down as affected; who is in the register, and not here."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    affected_id: UUID


class AffectedTakenOut(Event):
    """Somebody was not affected after all."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    affected_id: UUID


class AffectedTold(Event):
    """Somebody affected was told; this one is in the patient's own log."""

    silent: ClassVar[bool] = True
    breach_id: UUID
    affected_id: UUID
    told_how: str


class RegisterTaken(Event):
    """Somebody took the register out as a file, for the authority."""

    silent: ClassVar[bool] = True


class BreachForgotten(Event):
    """It had been over for as long as such are kept, and is gone."""

    silent: ClassVar[bool] = True
    breach_id: UUID
