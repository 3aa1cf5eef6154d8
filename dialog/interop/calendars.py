"""Calendar events as a record system tells them, and which appointment each is here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from dialog.actor import Actor
from dialog.errors import InvalidInput, NotFound, PortError
from dialog.interop import queries
from dialog.interop.known import known
from dialog.interop.messages import Event, Message
from dialog.interop.models import CalendarEntry
from dialog.people import queries as people

if TYPE_CHECKING:
    from dialog.appointments.models import Appointment
    from dialog.interop.acting.heard import Heard


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
    whole = isinstance(event.start, datetime) and isinstance(event.end, datetime)
    if not whole or event.start >= event.end or not event.contact.isdigit() or not state:
        raise InvalidInput(field="calendar")
    assert isinstance(event.start, datetime) and isinstance(event.end, datetime)  # noqa: S101
    return Told(
        uid=event.uid.casefold(),
        starts=event.start,
        ends=event.end,
        contact=int(event.contact),
        state=State(state),
        related_to=event.related_to.casefold(),
    )


def conversation_of(by: Actor, told: Told) -> UUID | None:
    """The matter of an appointment the record system has told of, or that it stands instead of."""
    for uid in (told.uid, told.related_to):
        if not uid:
            continue
        found = CalendarEntry.objects.filter(practice_id=by.practice, uid=uid).first()
        if found is not None:
            return found.conversation_id
    return None


def is_news(heard: "Heard", told: Told) -> bool:
    """Whether this is later than what was heard last; order on the bus is never relied on."""
    found = CalendarEntry.objects.filter(practice_id=heard.by.practice, uid=told.uid).first()
    return found is None or heard.at > found.changed_at


def remember(heard: "Heard", told: Told, conversation_id: UUID) -> None:
    """Keep what the record system calls an appointment, and how new its word is."""
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
