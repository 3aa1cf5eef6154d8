"""The only doors to an appointment; what is not yours is not found."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from dialog.actor import Actor, Role, Side
from dialog.appointments.models import Appointment
from dialog.appointments.policy import TO_COME, AppointmentStatus
from dialog.appointments.queries.views import SHOWN, AppointmentView, appointment_view
from dialog.conversations import queries as conversations
from dialog.errors import NotFound
from dialog.statements import ask_one, found

MOST_PAST = 50
OF_CONVERSATION = "own.conversation_id = %s ORDER BY own.id LIMIT 1"
TAKEN_BY = """
SELECT own.conversation_id FROM appointments_appointment AS own
JOIN conversations_conversation AS c ON c.id = own.conversation_id
WHERE own.slot_id = %s AND own.status = ANY (%s) AND ({seen}) LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A patient's own appointments: wishes not answered yet, what is to come, and what was."""

    wishes: tuple[AppointmentView, ...]
    coming: tuple[AppointmentView, ...]
    past: tuple[AppointmentView, ...]


def appointment_row(by: Actor, conversation_id: UUID, *, lock: bool = False) -> Appointment:
    """The appointment of a conversation of one's own; ``lock`` orders what happens to it."""
    conversation = conversations.conversation_for(by, conversation_id, lock=lock)
    one = _of(conversation.id)
    if one is None:
        raise NotFound
    one.conversation = conversation
    return one


def appointment_for(by: Actor, conversation_id: UUID) -> AppointmentView:
    """The appointment of a conversation, as this side sees it; NotFound when there is none."""
    return appointment_view(by, appointment_row(by, conversation_id))


def appointment_in(by: Actor, conversation_id: UUID) -> AppointmentView | None:
    """The same, for a page about a conversation that may have none."""
    conversation = conversations.conversation_for(by, conversation_id)
    one = _of(conversation.id)
    return None if one is None else appointment_view(by, one)


def _of(conversation_id: UUID) -> Appointment | None:
    here = found(Appointment, *SHOWN, where=OF_CONVERSATION, values=[conversation_id])
    return here[0] if here else None


def taken_by(by: Actor, slot_id: UUID) -> UUID | None:
    """The conversation of the appointment this patient already has at a published time, if any."""
    if by.side is not Side.PATIENT:
        return None
    seen, values = conversations.seen_sql(by)
    taken = ask_one(TAKEN_BY.format(seen=seen), slot_id, list(TO_COME), *values)
    return taken[0] if taken else None


def pending_at(by: Actor, patient_id: int, name: str) -> UUID | None:
    """The conversation of the time this patient waits for an answer about, by the name it was told
    the record system under: the published time's key, or its own.
    """
    try:
        key = UUID(name)
    except ValueError:
        return None
    here = Appointment.objects.filter(
        Q(slot_id=key) | Q(id=key),
        practice_id=by.practice,
        patient_id=patient_id,
        status=AppointmentStatus.PENDING,
    )
    return here.values_list("conversation_id", flat=True).first()


def my_appointments(by: Actor) -> Mine:
    """The patient's wishes, coming appointments in order, and past or cancelled ones, newest
    first (R67).
    """
    if by.side is not Side.PATIENT or by.patient_id is None:
        return Mine(wishes=(), coming=(), past=())
    own = _own(by).select_related(*SHOWN)
    to_come = Q(status__in=TO_COME, period__endswith__gt=timezone.now())
    wished = Q(status=AppointmentStatus.PROPOSED)
    past = own.exclude(to_come | wished).order_by("-starts", "-made_at")[:MOST_PAST]
    return Mine(
        wishes=tuple(appointment_view(by, one) for one in own.filter(wished).order_by("made_at")),
        coming=tuple(appointment_view(by, one) for one in own.filter(to_come).order_by("starts")),
        past=tuple(appointment_view(by, one) for one in past),
    )


def _own(by: Actor) -> QuerySet[Appointment]:
    own = Appointment.objects.filter(patient_id=by.patient)
    if by.role is not Role.PROXY:
        return own
    # What is kept from whoever acts for a patient leaves no trace here either (R20).
    return own.filter(conversation__in=conversations.seen_by(by))


def calendar_entry(by: Actor, conversation_id: UUID) -> bytes:
    """The appointment as a file for the patient's own calendar; it says nothing of health
    (R74).
    """
    # Loaded when it is asked for: it takes a tenth of the time that starting a process takes.
    from dialog.appointments import calendar_file

    one = appointment_row(by, conversation_id)
    if one.period is None or one.unconfirmed or one.status == AppointmentStatus.OFFERED:
        raise NotFound
    return calendar_file.appointment_file(
        f"{one.id}@digital-dialog",
        one.period.lower,
        one.period.upper,
        place=", ".join(part for part in (one.practice.name, one.practice.address) if part),
        sequence=one.version,
        cancelled=one.status == AppointmentStatus.CANCELLED,
        phone=one.practice.phone,
        now=timezone.now(),
    )
