"""What a patient at Storgata has of their own: one of each thing, by what the matrix calls it."""

from uuid import UUID

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.oversight import actions as oversight
from dialog.oversight import queries as oversight_queries
from tests.conversations.pictures import half_and_half, written
from tests.econsultations.asked import asked
from tests.people.on_lists import uuid_of
from tests.portal.times import booked, offered
from tests.renewals.prescribed import ask, prescribe

Things = dict[str, UUID | str | int]


def own_things(cast: Cast, patient: Actor) -> Things:
    """One of each that somebody begins for themselves, or their parent for them."""
    picture = conversations.keep_file(
        by=patient, name="arm.png", data=written(half_and_half(), "PNG")
    )
    enquiry = conversations.start(
        by=patient,
        kind=Kind.ENQUIRY,
        patient_id=patient.patient,
        text="Når åpner dere?",
        files=[picture.id],
    )
    prescription = prescribe(cast, patient, "Metoprolol", repeats_left=0)
    with rows.seeing(account=patient.account_id, patient=patient.patient_id):
        message = enquiry.messages.get().id
    return {
        "enquiry": enquiry.id,
        "econsultation": asked(patient).id,
        "renewal": ask(patient, prescription),
        "appointment": booked(cast, by=patient),
        "offer": offered(cast, by=patient),
        "file": picture.id,
        "message": message,
        "patient": uuid_of(patient),
        "prescription": prescription,
        **_looked_at(cast, patient, enquiry.id),
    }


def _looked_at(cast: Cast, patient: Actor, matter: UUID) -> Things:
    """Two looks in the patient's log, one of which they have asked about."""
    conversations.read(by=cast.nina, conversation_id=matter)
    conversations.read(by=cast.siri, conversation_id=matter)
    with rows.seeing(account=patient.account_id, patient=patient.patient_id):
        by_siri, by_nina = oversight_queries.access_log(patient, looks=True, most=2)
    asked_about = oversight.question_look(by=patient, line_id=by_nina.id)
    return {"line": by_siri.id, "log_question": asked_about.id}
