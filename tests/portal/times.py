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


def booked(cast: Cast, number: int = 0, *, by: Actor | None = None) -> UUID:
    """A time Kari has taken, or somebody else at her office."""
    by = by or cast.kari
    slot = slots(by)[number]
    return actions.book_slot(by=by, slot_id=slot.id, text="Vondt i kneet").conversation_id


def offered(cast: Cast, *, by: Actor | None = None) -> UUID:
    """A time Kari, or somebody else at her office, has been offered for a wish."""
    by = by or cast.kari
    wished = actions.request_appointment(by=by, text="Helst en torsdag")
    slot = slots(by)[0]
    actions.propose_time(by=cast.siri, conversation_id=wished.conversation_id, slot_id=slot.id)
    return wished.conversation_id
