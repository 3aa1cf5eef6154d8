"""From a message that has been understood to the action it asks for; a module for each service."""

from collections.abc import Mapping
from uuid import UUID

from dialog.interop.acting import appointments, econsultations, enquiries, renewals
from dialog.interop.acting.heard import Act, Heard
from dialog.interop.names import Process

__all__ = ["ACTS", "Heard", "act_on"]

# What a record system may send us. Free times are asked for and answered elsewhere.
ACTS: Mapping[Process, Act] = {
    Process.ECONSULTATION: econsultations.take,
    Process.ENQUIRY: enquiries.take,
    Process.RENEWAL: renewals.take,
    Process.WISH: appointments.answer_wish,
    Process.BOOKING: appointments.answer_booking,
    Process.APPOINTMENTS: appointments.take_appointments,
    Process.CANCELLING: appointments.answer_cancelling,
}


def act_on(heard: Heard) -> UUID:
    """Do what a message asks for; the conversation it ended up in."""
    return ACTS[heard.process](heard)
