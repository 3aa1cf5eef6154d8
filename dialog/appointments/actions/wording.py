"""What goes with a change: words to the other side, and the fact of it."""

from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments.models import Appointment
from dialog.appointments.policy import APPOINTMENT
from dialog.conversations.actions import about
from dialog.conversations.actions.turns import say
from dialog.errors import InvalidInput

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


class Fact(TypedDict):
    """What every event about an appointment says."""

    patient_id: int
    practice_id: int
    conversation_id: UUID
    appointment_id: UUID
    version: int


def fact(one: Appointment) -> Fact:
    """The appointment of an event, and what it is about."""
    return Fact(appointment_id=one.id, version=one.version, **about(one.conversation))


def begun_with(by: Actor, conversation: "Conversation") -> Appointment:
    """An appointment of a matter that has just been opened; it is not kept yet."""
    return Appointment(
        conversation=conversation,
        practice_id=conversation.practice_id,
        patient_id=conversation.patient_id,
        made_side=by.side,
    )


def say_if_said(by: Actor, conversation: "Conversation", text: str) -> None:
    """Send the words that go with a change, where there are any."""
    must_fit(text)
    if text.strip():
        say(by, conversation, text)


def must_fit(text: str) -> None:
    """Refuse more words than a message about an appointment has room for."""
    if len(text) > APPOINTMENT.longest:
        raise InvalidInput(_("Teksten er for lang. Kort den ned litt."), field="text")
