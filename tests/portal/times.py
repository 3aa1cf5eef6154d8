"""Times a patient can take, has taken and is offered."""

from uuid import UUID

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.demo.cast import Cast


def slots(by: Actor) -> list[queries.FreeSlot]:
    """What is free for a patient."""
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        return [slot for day in queries.free_slots(by) for slot in day.slots]


def mine(by: Actor) -> queries.Mine:
    """What a patient has and has had."""
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        return queries.my_appointments(by)


def booked(cast: Cast, number: int = 0) -> UUID:
    """A time Kari has taken."""
    slot = slots(cast.kari)[number]
    return actions.book_slot(by=cast.kari, slot_id=slot.id, text="Vondt i kneet").conversation_id


def offered(cast: Cast) -> UUID:
    """A time Kari has been offered for her wish."""
    wished = actions.request_appointment(by=cast.kari, text="Helst en torsdag")
    slot = slots(cast.kari)[0]
    actions.propose_time(by=cast.siri, conversation_id=wished.conversation_id, slot_id=slot.id)
    return wished.conversation_id
