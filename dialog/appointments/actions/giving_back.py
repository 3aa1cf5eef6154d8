"""Letting an appointment come to nothing, and what a new GP is asked for instead."""

from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.appointments.actions.holding import clear_marks, lock_days
from dialog.appointments.actions.wording import fact
from dialog.appointments.events import AppointmentCancelled
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, may_take_along
from dialog.appointments.queries.doors import appointment_row
from dialog.conversations import queries as core
from dialog.conversations.actions.turns import take_turn
from dialog.conversations.policy import Kind, Outcome, Verb
from dialog.ledger.actions import record


def give_back(by: Actor, one: Appointment) -> None:
    """Let an appointment come to nothing; its time is free for others at once."""
    lock_days((one.practitioner_id, one.period))
    one.status, one.offered_until = AppointmentStatus.CANCELLED, None
    one.cancelled_at, one.cancelled_by_id = timezone.now(), by.account_id
    one.cancelled_side = by.side
    one.version += 1
    one.save(
        update_fields=[
            "status", "offered_until", "cancelled_at", "cancelled_by", "cancelled_side",
            "late", "accepted_late_fee", "version",
        ]
    )  # fmt: skip
    clear_marks(one, one.practitioner_id, one.period)


def end_at_the_former_gps(by: Actor, before_id: UUID | None, list_id: int) -> None:
    """A wish or a proposal at an earlier GP's ends there when the patient asks for, or takes, a
    time at the new one's instead (R191).
    """
    if before_id is None or core.conversation_for(by, before_id).kind != Kind.APPOINTMENT:
        return
    one = appointment_row(by, before_id, lock=True)
    if one.conversation.patient_list_id == list_id or not may_take_along(one.status):
        return
    give_back(by, one)
    take_turn(by, one.conversation, Verb.TAKE_ALONG, outcome=Outcome.WITHDRAWN)
    record(by, AppointmentCancelled(side=by.side, late=False, **fact(one)))
