"""Receipts: what a refusal here is called there, and what theirs means here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol
from uuid import uuid4

from django.utils import timezone

from dialog.actor import PLATFORM
from dialog.appointments import actions as appointments
from dialog.appointments import queries as appointment_queries
from dialog.appointments.policy import AppointmentStatus
from dialog.content import THE_PLATFORM, seal_for
from dialog.conversations import actions as conversations
from dialog.errors import (
    DialogError,
    InvalidInput,
    NotAllowed,
    NotFound,
    ServiceOff,
    SlotTaken,
    WrongState,
)
from dialog.interop import queries
from dialog.interop.building import receipt_for
from dialog.interop.events import ReceiptHeard
from dialog.interop.known import known
from dialog.interop.messages import Header, Receipt
from dialog.interop.models import BODY, Transmission
from dialog.interop.names import APPREC, Process
from dialog.interop.policy import State
from dialog.interop.writing import write
from dialog.ledger import actions as ledger
from dialog.ledger.actions import record
from dialog.ledger.queries import Problem
from dialog.rows import seeing
from dialog.statements import ask_one, columns, made, tell

# Receipts as messages that are on their way, with their bytes, in the order they are given.
WRITTEN = """
WITH told AS (
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::uuid[], %s::int[], %s::int[], %s::text[],
                         %s::text[], %s::text[], %s::bigint[], %s::timestamptz[], %b::bytea[])
        WITH ORDINALITY AS one (practice, patient, conversation, sender, receiver, bus_id,
                                message_id, code, answers, created_at, body, place)
), written AS (
    INSERT INTO interop_transmission
        (uuid, direction, state, practice_id, patient_id, conversation_id, sender, receiver,
         function, bus_id, message_id, issued, wants_receipt, digest, code, tolerated, answers_id,
         created_at, tries)
    SELECT gen_random_uuid(), 'out', 'sent', practice, patient, conversation, sender, receiver,
           'APPREC', bus_id, message_id, '', false, '', code, '[]', answers, created_at, 0
    FROM told ORDER BY place
    RETURNING id, bus_id
)
INSERT INTO interop_wire (transmission_id, body, content_type, agreement)
SELECT written.id, told.body, 'application/xml', '' FROM written JOIN told USING (bus_id)
"""
# The direction is written out, as the condition of the index is.
OURS = f"""
SELECT {columns(Transmission, "ours")} FROM interop_transmission AS ours
WHERE ours.direction = 'out' AND ours.message_id = %s AND ours.receiver = %s FOR UPDATE
"""  # noqa: S608 - our own columns
SUBSCRIBER = "interop"
OTHER, INVALID = "X99", "T99"

# List 8221 has no words of its own for most of what a domain can say no to: they are «other», and
# the words of the refusal go with it.
CODES: Mapping[type[DialogError], str] = {
    NotFound: OTHER,
    NotAllowed: OTHER,
    WrongState: OTHER,
    SlotTaken: OTHER,
    ServiceOff: OTHER,
    InvalidInput: INVALID,
}


def code_for(refusal: DialogError) -> str:
    """The code of list 8221 for a refusal, with the refusal's own code after it."""
    kind = next((one for one in type(refusal).__mro__ if one in CODES), None)
    return f"{CODES[kind] if kind else OTHER}:{refusal.code}"


class Answered(Protocol):
    """A message that has been handled, or refused for a reason in ``words``."""

    @property
    def one(self) -> Transmission:
        """Which it is."""

    @property
    def header(self) -> Header | None:
        """What it says of itself, where it could be read."""

    @property
    def code(self) -> str:
        """Why it was refused: of the national list first; empty when it was not."""

    @property
    def words(self) -> str:
        """What its sender is told."""


def write_for(messages: Iterable[Answered]) -> None:
    """Write the receipts that the senders of these messages have asked for."""
    written = [
        _written(one.one, one.header, code=one.code, words=one.words)
        for one in messages
        if one.header is not None and one.header.wants_receipt
    ]
    if written:
        tell(WRITTEN, *map(list, zip(*written, strict=True)))


def _written(one: Transmission, header: Header, *, code: str, words: str) -> tuple[Any, ...]:
    national = code.partition(":")[0]
    receipt = receipt_for(
        header,
        id=str(uuid4()),
        sent=timezone.now(),
        known=known(),
        errors=[national] if national else [],
    )
    if words:
        errors = tuple(replace(error, free=words[:200]) for error in receipt.errors)
        receipt = replace(receipt, errors=errors)
    return (
        *(one.practice_id, one.patient_id, one.conversation_id, one.receiver, one.sender),
        *(str(uuid4()), receipt.id, code[:60], one.id, receipt.sent),
        seal_for(THE_PLATFORM, write(receipt), BODY),
    )


def hear(one: Transmission, receipt: Receipt) -> None:
    """A record system says what became of a message of ours; only whom it was sent to may say so.

    A second word about the same message changes nothing, unless it is a yes after a no.
    """
    found = ask_one(OURS, receipt.original.id.lower(), one.sender)
    if found is None:
        return
    ours = made(Transmission, found)
    one.answers, one.conversation_id, one.patient_id = ours, ours.conversation_id, ours.patient_id
    state = State.RECEIVED if receipt.taken else State.REJECTED
    if ours.state == State.RECEIVED or ours.state == state:
        return
    ours.state, ours.settled_at, ours.due_at = state, timezone.now(), None
    ours.code = ",".join(error.value for error in receipt.errors)[:60]
    ours.save(update_fields=["state", "settled_at", "due_at", "code"])
    tell_of(ours, taken=receipt.taken)


def tell_of(ours: Transmission, *, taken: bool) -> None:
    """Tell the patient's matter, and whoever must look at it, what became of a message of ours.

    What became of a receipt says nothing of what the patient wrote.
    """
    with seeing(practice=ours.practice_id, patient=ours.patient_id):
        if ours.conversation_id is not None and ours.function != APPREC:
            conversations.note_arrival(
                by=PLATFORM,
                conversation_id=ours.conversation_id,
                at=ours.created_at,
                taken=taken,
            )
        record(
            PLATFORM,
            ReceiptHeard(
                transmission_id=ours.uuid,
                state=ours.state,
                code=ours.code,
                patient_id=ours.patient_id,
                practice_id=ours.practice_id,
                conversation_id=ours.conversation_id,
            ),
        )
    if not taken:
        _escalate(ours)


def _escalate(ours: Transmission) -> None:
    """A time that was asked for is not to be had; anything else a person must look at."""
    if ours.function == Process.BOOKING.upper() and ours.conversation_id is not None:
        reached = queries.reached_at(ours.receiver)
        if reached is not None:
            with seeing(practice=reached.practice_id):
                by = queries.actor_at(reached)
            with seeing(practice=reached.practice_id, account=by.account_id):
                one = appointment_queries.appointment_for(by, ours.conversation_id)
                if one.status is AppointmentStatus.PENDING:
                    appointments.refuse(by=by, conversation_id=ours.conversation_id)
    if ours.entry_id is not None:
        ledger.park(
            by=PLATFORM,
            entry_id=ours.entry_id,
            subscriber=SUBSCRIBER,
            problem=Problem.REFUSED,
        )
