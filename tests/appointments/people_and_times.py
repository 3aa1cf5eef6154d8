"""What the tests of appointments share: free times of the cast's timebooks, and what happened."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment
from dialog.appointments.queries import AppointmentView, FreeSlot
from dialog.conversations.models import Conversation
from dialog.demo.cast import Cast
from dialog.ledger.models import Entry
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.working_days import add_working_days, local, oslo_day


def clinician(by: Actor, profession: Profession = Profession.DOCTOR) -> UUID:
    """Somebody with a timebook at the actor's practice."""
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        found = people.clinicians_of_practice(by)
    return next(one.uuid for one in found if one.profession is profession)


def patient_uuid(of: Actor) -> UUID:
    """A patient as the practice names them."""
    with rows.seeing(patient=of.patient_id):
        return people.the_patient(of).uuid


def workday(days_from_now: int = 3) -> date:
    """A day on which the cast's timebooks have times."""
    return add_working_days(people.today(), days_from_now)


def at(clock: time, day: date | None = None) -> datetime:
    """A clock on the wall, on a day the office works."""
    return local(day or workday(), clock)


def free(by: Actor, *, doctor: str = "Ingrid Lund", day: date | None = None) -> list[FreeSlot]:
    """Free times of a practitioner from a day on, so far ahead that no deadline has passed."""
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        found = queries.free_slots(by, first=day or workday(), days=14)
    return [one for on in found for one in on.slots if one.practitioner_name == doctor]


def booked(by: Actor, slot: FreeSlot | None = None, text: str = "Vondt i kneet") -> Appointment:
    """A time somebody has taken."""
    return actions.book_slot(by=by, slot_id=(slot or free(by)[0]).id, text=text)


def wished(by: Actor, text: str = "Trenger en kontroll") -> Appointment:
    """A time somebody has asked for in words."""
    return actions.request_appointment(by=by, text=text)


def offered(cast: Cast) -> Appointment:
    """A time the office has proposed to somebody who wished for one."""
    wish = wished(cast.kari)
    return actions.propose_time(
        by=cast.siri, conversation_id=wish.conversation_id, slot_id=free(cast.kari)[0].id
    )


def view(by: Actor, conversation_id: UUID) -> AppointmentView:
    """How it stands, as this actor sees it."""
    return seen(by, lambda: queries.appointment_for(by, conversation_id))


def seen(by: Actor, ask: Callable[[], object]) -> object:
    """What a query answers this actor."""
    with rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id):
        return ask()


def recorded(by: Actor, conversation_id: UUID) -> list[str]:
    """The facts of a conversation, in order."""
    with rows.seeing(patient=by.patient_id, practice=by.practice_id):
        entries = Entry.objects.filter(conversation_id=conversation_id).order_by("id")
        return list(entries.values_list("kind", flat=True))


def day_of(slot: FreeSlot) -> date:
    """The day a time is on."""
    return oslo_day(slot.starts)


def matter(cast: Cast, conversation_id: UUID) -> Conversation:
    """The conversation about it, as the practice has it."""
    with rows.seeing(practice=cast.lund.practice_id):
        return Conversation.objects.get(id=conversation_id)


def on_top_of(cast: Cast, one: Appointment) -> Appointment:
    """Anne, who is double-booked with somebody."""
    return actions.give_time(
        by=cast.siri,
        patient=patient_uuid(cast.anne),
        practitioner=clinician(cast.lund),
        starts=one.period.lower,
        minutes=10,
        overbook_because="Haster",
    )


def marked(cast: Cast, one: Appointment) -> bool:
    """Whether it says that it is double-booked."""
    return view(cast.siri, one.conversation_id).overbooked


def list_of_team(cast: Cast) -> int:
    """The list that the team shares."""
    with rows.seeing(practice=cast.lund.practice_id):
        lists = people.lists_of_practice(cast.lund)
    return next(one.list_id for one in lists if one.practitioner_id is None)


A_MINUTE = timedelta(minutes=1)
