"""Calendar events as a record system tells them, and which appointment each is here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from dialog.actor import Actor
from dialog.appointments import queries as appointments
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import queries as conversations
from dialog.errors import InvalidInput, NotFound, PortError
from dialog.interop import queries
from dialog.interop.known import known
from dialog.interop.messages import Event, Message
from dialog.interop.models import CalendarEntry
from dialog.interop.shapes import is_her_id
from dialog.people import queries as people

if TYPE_CHECKING:
    from dialog.appointments.models import Appointment
    from dialog.interop.acting.heard import Heard


LONGEST_UID = 80
YEARS = range(2000, 2100)  # outside them there is no day to be at a doctor's
HOLDS = frozenset(
    {
        AppointmentStatus.PROPOSED,
        AppointmentStatus.PENDING,
        AppointmentStatus.OFFERED,
        AppointmentStatus.BOOKED,
    }
)


class State(StrEnum):
    """What has become of an appointment, as the calendar says."""

    BOOKED = "booked"
    PENDING = "pending"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event: which appointment, when, whose, and what has become of it."""

    uid: str
    starts: datetime
    ends: datetime
    contact: int
    state: State
    related_to: str = ""

    @property
    def period(self) -> DateTimeTZRange:
        """From when until when."""
        return DateTimeTZRange(self.starts, self.ends)


def all_told(message: Message) -> Iterator[Told]:
    """Every event of a message."""
    for event in message.calendar.events if message.calendar else ():
        yield _told(event)


def told(message: Message) -> Told | None:
    """The one event of an answer; None where it has none."""
    return next(all_told(message), None)


def _told(event: Event) -> Told:
    tables = known()
    said = event.property(tables.state_property)
    state = tables.states.get(said.upper(), "") if said else State.BOOKED
    starts, ends, uid = event.start, event.end, event.uid.casefold()
    if not (isinstance(starts, datetime) and isinstance(ends, datetime)):
        raise InvalidInput(field="calendar")
    if not (starts < ends and all(one.year in YEARS for one in (starts, ends))):
        raise InvalidInput(field="calendar")
    if not (is_her_id(event.contact) and state and 0 < len(uid) <= LONGEST_UID):
        raise InvalidInput(field="calendar")
    return Told(
        uid=uid,
        starts=starts,
        ends=ends,
        contact=int(event.contact),
        state=State(state),
        related_to=event.related_to.casefold(),
    )


def conversation_of(heard: "Heard", told: Told) -> UUID | None:
    """The matter of an appointment the record system has told of, or that it stands instead of; or
    that was asked for at a time which was free under that name. Another patient's is not found.
    """
    for uid in (told.uid, told.related_to):
        found = _entry(heard, uid) if uid else None
        if found is not None:
            return found.conversation_id
    return appointments.pending_at(heard.by, heard.patient_id, told.related_to)


def _entry(heard: "Heard", uid: str) -> CalendarEntry | None:
    """What is known under a name; NotFound where it is another patient's and still holds.

    What is over may have its name used again.
    """
    found = CalendarEntry.objects.filter(practice_id=heard.by.practice, uid=uid).first()
    if found is None:
        return None
    matter = conversations.conversation_for(heard.by, found.conversation_id)
    if matter.patient_id == heard.patient_id:
        return found
    if appointments.appointment_for(heard.by, matter.id).status in HOLDS:
        raise NotFound
    return None


def is_news(heard: "Heard", told: Told) -> bool:
    """Whether this is no older than what was heard last; order on the bus is never relied on. Of
    two words from the same second the one that comes last counts.
    """
    found = _entry(heard, told.uid)
    return found is None or heard.at >= found.changed_at


def remember(heard: "Heard", told: Told, conversation_id: UUID) -> None:
    """Keep what the record system calls an appointment, and how new its word is."""
    _entry(heard, told.uid)  # must not be another patient's
    CalendarEntry.objects.update_or_create(
        practice_id=heard.by.practice,
        uid=told.uid,
        defaults={"conversation_id": conversation_id, "changed_at": heard.at},
    )


def practitioner_at(by: Actor, her_id: int) -> UUID:
    """Whose time it is, by the HER-id in an event; somebody else's than the practice's is not
    found.
    """
    reached = queries.reached_here(by.practice, her_id)
    if reached is None or reached.practitioner_id is None:
        raise NotFound
    return people.clinician_by_id(reached.practitioner_id).uuid


def is_with(by: Actor, told: Told, practitioner: UUID | None) -> bool:
    """Whether an event is with this practitioner; one at the office's own number is with anybody
    there.
    """
    reached = queries.reached_here(by.practice, told.contact)
    if reached is None:
        return False
    whose = reached.practitioner_id
    return whose is None or people.clinician_by_id(whose).uuid == practitioner


def uid_of(conversation_id: UUID) -> str:
    """What the record system calls the appointment of a matter; empty when it has not said."""
    found = CalendarEntry.objects.filter(conversation_id=conversation_id).order_by("-changed_at")
    return found.values_list("uid", flat=True).first() or ""


def event_of(one: "Appointment", uid: str) -> Event:
    """An appointment as an event, under the name the record system knows."""
    number = queries.address_of(one.practice_id, one.practitioner_id)
    if one.period is None or number is None:
        raise PortError(permanent=True)
    return Event(uid=uid, start=one.period.lower, end=one.period.upper, contact=str(number))
