"""What can have happened to a national message; ids and codes only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class MessageUnderstood(Event):
    """A message from a record system was acted on or refused; its sender is owed a receipt."""

    transmission_id: UUID
    state: str
    code: str


class ReceiptHeard(Event):
    """A record system said what became of a message of ours."""

    silent: ClassVar[bool] = True
    transmission_id: UUID
    state: str
    code: str


class AddressGiven(Event):
    """Somebody at a practice can be reached on the bus."""

    silent: ClassVar[bool] = True
    her_id: int


class MessageTriedAgain(Event):
    """Somebody let a message that was laid aside be handled once more."""

    silent: ClassVar[bool] = True
    transmission_id: UUID
