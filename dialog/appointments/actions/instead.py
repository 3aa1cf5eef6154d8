"""An e-consultation instead of a time: the office shows the way, the patient decides."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments import texts
from dialog.appointments.actions.changes import ready
from dialog.appointments.actions.giving_back import give_back
from dialog.appointments.actions.wording import fact, must_fit
from dialog.appointments.events import AppointmentCancelled, AppointmentRefused
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, Step
from dialog.appointments.queries.instead import instead_of
from dialog.conversations.actions.routing import lead_on
from dialog.conversations.policy import Kind, Verb
from dialog.errors import WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action, once_more_on_deadlock


@once_more_on_deadlock
@action
def point_to_econsultation(
    *, by: Actor, conversation_id: UUID, text: str = "", seen: int | None = None
) -> Appointment:
    """Give the time, proposal or wish back and show the way to an e-consultation; nothing is sent
    on or billed before the patient says yes to the price (R88, R49-R52).
    """
    one = ready(by, conversation_id, Step.REDIRECT, seen)
    must_fit(text)
    instead = instead_of(one)
    if instead is None:
        raise WrongState(_("Pasienten kan ikke få e-konsultasjon her nå. Ingenting er endret."))
    words = texts.econsultation_instead(
        AppointmentStatus(one.status),
        one.period.lower if one.period else None,
        language=people.patient_by_id(one.patient_id).language,
        doctor=instead.owner.name,
        phone=instead.owner.office.phone,
        price=instead.price,
        word=text,
    )
    unconfirmed = one.unconfirmed
    give_back(by, one)
    lead_on(by, one.conversation, Kind.ECONSULTATION, Verb.CANCEL, text=words)
    record(
        by,
        AppointmentRefused(**fact(one))
        if unconfirmed
        else AppointmentCancelled(side=by.side, late=False, **fact(one)),
    )
    return one
