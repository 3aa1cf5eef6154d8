"""What can have happened to an SMS; ids and codes only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class NotificationQueued(Event):
    """Somebody is to be told something by SMS.

    It names no conversation: an SMS that waits for the morning must not hold up the next one.
    """

    attempt_id: UUID


class ReminderDue(Event):
    """A patient has an appointment tomorrow and has not been told lately."""

    appointment_id: UUID


class NotificationSettled(Event):
    """An SMS went out, came through, or did not."""

    silent: ClassVar[bool] = True
    attempt_id: UUID
    state: str
