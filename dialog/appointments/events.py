"""What can have happened to appointments and timebooks; ids and codes only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class AppointmentEvent(Event):
    """Something happened to an appointment; ``version`` orders what is told elsewhere (R73)."""

    appointment_id: UUID
    version: int


class AppointmentRequested(AppointmentEvent):
    """A patient asked for a time in words."""


class AppointmentBooked(AppointmentEvent):
    """A time was taken, given or accepted; ``side`` says by whom."""

    side: str


class AppointmentReserved(AppointmentEvent):
    """A patient took a time that is nobody's until the record system has said yes."""


class AppointmentRefused(AppointmentEvent):
    """The practice could not give the time that was taken."""


class AppointmentUnanswered(AppointmentEvent):
    """The time began before anybody had said yes or no to it."""


class AppointmentOffered(AppointmentEvent):
    """The practice proposed a time that the patient can accept or decline."""


class AnotherTimeAsked(AppointmentEvent):
    """The patient could not come then, and asked for another time."""


class AppointmentMoved(AppointmentEvent):
    """An appointment has another time now."""

    side: str


class AppointmentConverted(AppointmentEvent):
    """One meets another way at the same time: by phone, for instance."""

    meeting: str


class AppointmentCancelled(AppointmentEvent):
    """It came to nothing; ``side`` says by whom, ``late`` that it was no longer free to."""

    side: str
    late: bool


class AppointmentFulfilled(AppointmentEvent):
    """The patient came."""

    silent: ClassVar[bool] = True


class AppointmentMissed(AppointmentEvent):
    """The patient did not come."""

    silent: ClassVar[bool] = True


class SlotsPublished(Event):
    """A timebook was brought up to date; how many times came and went."""

    silent: ClassVar[bool] = True
    practitioner_id: int
    added: int
    withdrawn: int


class SlotWithdrawn(Event):
    """A published time was taken back."""

    silent: ClassVar[bool] = True
    slot_id: UUID


class SlotRestored(Event):
    """A time that was taken back is published again."""

    silent: ClassVar[bool] = True
    slot_id: UUID


class TimebookChanged(Event):
    """The rules, hours or exceptions of a timebook changed; ``what`` says which."""

    silent: ClassVar[bool] = True
    practitioner_id: int
    what: str


class ConfirmationMoved(Event):
    """From now on the practice's record system says yes or no to what is taken, or no longer."""

    silent: ClassVar[bool] = True
    elsewhere: bool


class AppointmentTypeChanged(Event):
    """What can be booked at a practice changed."""

    silent: ClassVar[bool] = True
    type_id: int


class CalendarImported(Event):
    """Busy periods came from a calendar file, or were removed with it."""

    silent: ClassVar[bool] = True
    practitioner_id: int
    import_id: UUID
    periods: int
