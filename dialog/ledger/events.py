"""The shape of a fact: past tense, ids and codes only, never what anybody wrote."""

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar
from uuid import UUID

SHARED = ("patient_id", "practice_id", "conversation_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, about a patient, a practice and a conversation where there are
    such.

    ``silent`` marks an event that nobody outside need hear about; a house test asks for one or the
    other. ``look``: somebody saw something of a patient's; why is written down with it.
    """

    silent: ClassVar[bool] = False
    look: ClassVar[bool] = False

    patient_id: int | None = None
    practice_id: int | None = None
    conversation_id: UUID | None = None

    @property
    def kind(self) -> str:
        """The name it is recorded under."""
        return type(self).__name__

    def details(self) -> dict[str, str | int | bool | None]:
        """Its own ids and codes, ready to store."""
        own = (field.name for field in fields(self) if field.name not in SHARED)
        return {name: _plain(getattr(self, name)) for name in own}


def _plain(value: object) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedDeliveryHandled(Event):
    """Somebody released or dismissed what could not be delivered."""

    silent: ClassVar[bool] = True
    delivery_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHandedOut(Event):
    """The log about a patient, or of what somebody did at an office, was handed to an authority;
    ``digest`` is of the list of its files.
    """

    silent: ClassVar[bool] = True
    ordered_by: str
    ordered_for: str
    case_number: str
    since: date | None
    until: date | None
    lines: int
    digest: str
    worker_account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeServed(Event):
    """A subscriber that not everybody has is told a practice's facts from now on, or no more."""

    silent: ClassVar[bool] = True
    subscriber: str
    on: bool
