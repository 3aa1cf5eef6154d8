"""Who comes when, for those who remind; ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A booked appointment, without a word about what it is."""

    id: UUID
    conversation_id: UUID
    patient_id: int
    practice_id: int
    starts: datetime


def booked_between(first: datetime, last: datetime) -> list[Coming]:
    """Every booked appointment that begins between two moments; for the platform's chores."""
    found = Appointment.objects.filter(
        status=AppointmentStatus.BOOKED, starts__gte=first, starts__lt=last
    )
    rows = found.values_list("id", "conversation_id", "patient_id", "practice_id", "starts")
    return [
        Coming(
            id=one[0], conversation_id=one[1], patient_id=one[2], practice_id=one[3], starts=one[4]
        )
        for one in rows.order_by("starts", "id")
    ]
