"""Whether the patient can be shown the way to an e-consultation instead of a time."""

from dataclasses import dataclass
from uuid import UUID

from dialog.actor import Actor
from dialog.appointments.models import Appointment
from dialog.appointments.policy import Step
from dialog.appointments.queries.doors import appointment_row
from dialog.appointments.queries.views import steps_now
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Feature
from dialog.people import queries as people
from dialog.people.queries import ListOwner


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """The doctor who would answer in writing, and what it costs the patient at most, in kroner."""

    owner: ListOwner
    price: int


def econsultation_instead(by: Actor, conversation_id: UUID) -> Instead | None:
    """What could be offered instead of this time now; None when it cannot (R88)."""
    one = appointment_row(by, conversation_id)
    return instead_of(one) if Step.REDIRECT in steps_now(by, one) else None


def instead_of(one: Appointment) -> Instead | None:
    """The same, whatever has become of the appointment.

    The patient's GP today is who answers; one at another office decides that for themselves.
    """
    owner = people.list_of(one.patient_id)
    if owner is None or owner.office.id != one.practice_id:
        return None
    if not conversations.service_state(owner.list_id, Feature.ECONSULTATION).on:
        return None
    patient = people.patient_by_id(one.patient_id)
    return Instead(owner=owner, price=conversations.highest_price(patient, owner).amount)
