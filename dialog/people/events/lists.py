"""What can have happened to patient lists, and to who is on them."""

from datetime import date
from typing import ClassVar

from dialog.ledger.events import Event


class ListOpened(Event):
    """A patient list was made, for a doctor or a team."""

    silent: ClassVar[bool] = True
    list_id: int


class GpAssigned(Event):
    """A patient came onto a list."""

    silent: ClassVar[bool] = True
    list_id: int
    since: date


class GpUnassigned(Event):
    """A patient left a list."""

    silent: ClassVar[bool] = True
    list_id: int
    until: date


class ListChanged(Event):
    """A list got another doctor, another team or another name."""

    silent: ClassVar[bool] = True
    list_id: int


class GpChangeAsked(Event):
    """A practice asked whether it may take a patient on."""

    silent: ClassVar[bool] = True
    list_id: int


class GpChangeAnswered(Event):
    """The patient said yes or no to a new list, or the practice took the question back."""

    silent: ClassVar[bool] = True
    list_id: int
    answer: str


class SubstituteAppointed(Event):
    """Somebody looks after a list for a while."""

    silent: ClassVar[bool] = True
    list_id: int
    practitioner_id: int
    since: date
    until: date


class SubstituteEnded(Event):
    """Somebody no longer looks after a list, before the time was out."""

    silent: ClassVar[bool] = True
    list_id: int
    practitioner_id: int
