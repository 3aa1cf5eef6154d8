"""The shape of a fact: past tense, ids and codes only, never what anybody wrote."""

from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from datetime import date
from typing import ClassVar, dataclass_transform
from uuid import UUID

SHARED = ("patient_id", "practice_id", "conversation_id")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Fact:
    """What is below is a frozen dataclass, with methods written once here.

    Every process knows all hundred kinds of event from its start, and makes few of them: to compile
    for each kind how it is made and compared was a tenth of the time that starting takes.
    """

    def __init_subclass__(cls) -> None:
        """See what it carries."""
        dataclass(init=False, repr=False, eq=False)(cls)

    def __init__(self, **known: object) -> None:
        """By name alone, as a dataclass whose fields are for keywords."""
        names = {field.name: field.default for field in fields(self)}  # type: ignore[arg-type]
        for name in names.keys() | known.keys():
            if name not in names:
                raise TypeError(f"{type(self).__name__} carries no {name!r}.")
            if name not in known and names[name] is MISSING:
                raise TypeError(f"{type(self).__name__} lacks {name!r}.")
        vars(self).update({name: known.get(name, names[name]) for name in names})

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"What has happened stays: {name!r} cannot be changed.")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"What has happened stays: {name!r} cannot be taken away.")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        carried = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({carried})"


class Event(Fact):
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


class ParkedDeliveryHandled(Event):
    """Somebody released or dismissed what could not be delivered."""

    silent: ClassVar[bool] = True
    delivery_id: int
    state: str


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


class PracticeServed(Event):
    """A subscriber that not everybody has is told a practice's facts from now on, or no more."""

    silent: ClassVar[bool] = True
    subscriber: str
    on: bool
