"""From a message that has been understood to the action it asks for; a module for each service."""

from collections.abc import Mapping
from uuid import UUID

from dialog.conversations.policy import SERVICES, Kind
from dialog.errors import NotFound
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
# In which matters: words about what somebody asked for are sent as for an enquiry, and the answer
# comes so. What costs, or is decided, is answered as what it is.
MATTERS: Mapping[Process, frozenset[Kind]] = {
    Process.ECONSULTATION: frozenset({Kind.ECONSULTATION}),
    Process.ENQUIRY: frozenset({Kind.ENQUIRY, Kind.RENEWAL, Kind.APPOINTMENT}),
    Process.RENEWAL: frozenset({Kind.RENEWAL}),
    Process.WISH: frozenset({Kind.APPOINTMENT}),
    Process.BOOKING: frozenset({Kind.APPOINTMENT}),
    Process.APPOINTMENTS: frozenset(SERVICES),
    Process.CANCELLING: frozenset({Kind.APPOINTMENT}),
}


def act_on(heard: Heard) -> UUID:
    """Do what a message asks for; the conversation it ended up in."""
    if heard.conversation_id is not None and heard.kind not in MATTERS[heard.process]:
        raise NotFound
    return ACTS[heard.process](heard)
