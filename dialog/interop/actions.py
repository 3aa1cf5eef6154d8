"""Letting a practice's record system take part: who is reached where, and what it is told."""

from collections.abc import Mapping
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.appointments import actions as appointments
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.interop import queries
from dialog.interop.events import AddressGiven, MessageTriedAgain
from dialog.interop.models import Address, Transmission
from dialog.interop.policy import Direction, State
from dialog.ledger import actions as ledger
from dialog.ledger.actions import record
from dialog.people import actions as people
from dialog.people.policy import Channel
from dialog.rows import action
from dialog.statements import found, keep

SUBSCRIBER, PUBLISHER = "interop", "interop-profile"


@action
def connect(*, by: Actor, practice_id: int, her_id: int, practitioners: Mapping[int, int]) -> None:
    """Let a practice work in its own record system from now on.

    ``her_id`` is the practice's own number in the address registry, ``practitioners`` those of its
    practitioners by key. For the operator alone.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    for practitioner_id, number in ((None, her_id), *practitioners.items()):
        _give(by, practice_id, practitioner_id, number)
    people.choose_channel(by=by, practice_id=practice_id, channel=Channel.MESSAGES)
    appointments.confirm_elsewhere(by=by, practice_id=practice_id, on=True)
    for subscriber in (SUBSCRIBER, PUBLISHER):
        ledger.serve(by=by, practice_id=practice_id, subscriber=subscriber, on=True)


@action
def disconnect(*, by: Actor, practice_id: int) -> None:
    """Let a practice work here again; addresses are kept, so that late answers find their way."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    people.choose_channel(by=by, practice_id=practice_id, channel=Channel.WORKSPACE)
    appointments.confirm_elsewhere(by=by, practice_id=practice_id, on=False)
    for subscriber in (SUBSCRIBER, PUBLISHER):
        ledger.serve(by=by, practice_id=practice_id, subscriber=subscriber, on=False)


@action
def try_again(*, by: Actor, transmission_id: UUID) -> None:
    """Let a message that was laid aside, or waits, be handled as if it had just come. For the
    operator alone.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    waits = Transmission.objects.select_for_update().filter(
        uuid=transmission_id, direction=Direction.IN, state__in=(State.PARKED, State.STORED)
    )
    one = waits.first()
    if one is None:
        raise NotFound("No message with that id is laid aside or waits.")
    one.state, one.code, one.tries, one.due_at, one.settled_at = State.STORED, "", 0, None, None
    one.save(update_fields=["state", "code", "tries", "due_at", "settled_at"])
    record(by, MessageTriedAgain(transmission_id=one.uuid, practice_id=one.practice_id))


def _give(by: Actor, practice_id: int, practitioner_id: int | None, her_id: int) -> None:
    known = found(Address, where="own.her_id = %s", values=(her_id,))
    if known:
        (taken,) = known
        if (taken.practice_id, taken.practitioner_id) != (practice_id, practitioner_id):
            raise InvalidInput(f"HER-id {her_id} is somebody else's.", field="her_id")
        return
    before = queries.address_of(practice_id, practitioner_id)
    if before is not None:
        Address.objects.filter(her_id=before).delete()
    keep(Address(her_id=her_id, practice_id=practice_id, practitioner_id=practitioner_id))
    record(by, AddressGiven(her_id=her_id, practice_id=practice_id))
