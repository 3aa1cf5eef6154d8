"""Reading who is reached where on the bus, and how far each message has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from dialog.actor import Actor, Role
from dialog.conversations.policy import Kind
from dialog.interop.models import Address, Transmission
from dialog.interop.names import APPREC
from dialog.interop.policy import Direction, State
from dialog.people import queries as people
from dialog.statements import ask, ask_one

NOT_SAID = (State.STORED, State.REFUSED, State.REPEATED, State.PARKED)

HER_ID = """
SELECT her_id FROM interop_address
WHERE practice_id = %s AND practitioner_id IS NOT DISTINCT FROM %s
"""

TOLERATED = """
SELECT message.sender, name, count(*), max(message.created_at)
FROM interop_transmission AS message, jsonb_array_elements_text(message.tolerated) AS name
WHERE message.direction = 'in' AND message.state <> 'repeated'
GROUP BY message.sender, name ORDER BY message.sender, count(*) DESC, name
"""
BELONGS = """
SELECT told.conversation_id, matter.kind FROM interop_transmission AS told
JOIN conversations_conversation AS matter ON matter.id = told.conversation_id
WHERE told.practice_id = %s AND told.patient_id = %s AND told.message_id = ANY (%s)
ORDER BY told.id LIMIT 1
"""
KIND = "SELECT kind FROM conversations_conversation WHERE id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Somebody who is reached at a HER-id; ``practitioner_id`` is None for the practice itself."""

    her_id: int
    practice_id: int
    practitioner_id: int | None


def reached_at(her_id: int) -> Reached | None:
    """Who is reached at a HER-id (scope ``relay``)."""
    found = Address.objects.filter(her_id=her_id).first()
    if found is None:
        return None
    return Reached(
        her_id=her_id, practice_id=found.practice_id, practitioner_id=found.practitioner_id
    )


def reached_here(practice_id: int, her_id: int) -> Reached | None:
    """Who at a practice is reached at a HER-id."""
    found = Address.objects.filter(her_id=her_id, practice_id=practice_id).first()
    if found is None:
        return None
    return Reached(her_id=her_id, practice_id=practice_id, practitioner_id=found.practitioner_id)


def address_of(practice_id: int, practitioner_id: int | None = None) -> int | None:
    """The HER-id of a practitioner, or of the practice itself."""
    found = ask_one(HER_ID, practice_id, practitioner_id)
    return None if found is None else int(found[0])


def actor_at(reached: Reached) -> Actor:
    """Whoever writes from a HER-id, as somebody at work: the practitioner, or the practice's desk
    when the message comes from the practice itself; asked as the practice.
    """
    if reached.practitioner_id is not None:
        one = people.practitioner_at_work(reached.practitioner_id)
        if one is not None:
            return one
    name = people.office_by_id(reached.practice_id).name
    return Actor(role=Role.STAFF, name=name, practice_id=reached.practice_id)


def thread_of(conversation_id: UUID) -> tuple[str, str]:
    """What the messages of a matter call it: the id of its first message, and of the newest that
    was heard from the record system; empty before there is any.
    """
    told = Transmission.objects.filter(conversation_id=conversation_id).exclude(
        Q(message_id="") | Q(function=APPREC) | Q(state__in=NOT_SAID)
    )
    ids = told.order_by("id").values_list("message_id", "direction")
    first = next((one for one, _direction in ids), "")
    heard = [one for one, direction in ids if direction == Direction.IN]
    return first, heard[-1] if heard else first


class Matter(NamedTuple):
    """A conversation that a message belongs to."""

    id: UUID
    kind: Kind


def matter(conversation_id: UUID) -> Matter | None:
    """A conversation that this transaction sees."""
    found = ask_one(KIND, conversation_id)
    return None if found is None else Matter(conversation_id, Kind(found[0]))


def matter_of(practice_id: int, patient_id: int, *message_ids: str) -> Matter | None:
    """The matter that one of these messages belongs to, of this patient at this practice."""
    named = [one.lower() for one in message_ids if one]
    found = ask_one(BELONGS, practice_id, patient_id, named) if named else None
    return None if found is None else Matter(found[0], Kind(found[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who is reached at a HER-id, in words; ``practitioner`` is empty for the office itself."""

    her_id: int
    office: str
    practitioner: str


def everybody_reached() -> list[Line]:
    """Every address, for the operator (scope ``setup``)."""
    found = Address.objects.select_related("practice", "practitioner")
    return [
        Line(
            her_id=one.her_id,
            office=one.practice.name,
            practitioner=one.practitioner.name if one.practitioner else "",
        )
        for one in found.order_by("practice__name", "practitioner_id", "her_id")
    ]


# What a person may have to look at; a refusal is answered, and only of interest to whoever asks.
WAITS = (State.STORED, State.PARKED, State.REJECTED, State.UNANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that is not where it should be, as far as an operator may see: never what it says.

    ``other`` is the HER-id at the other end; ``office`` is empty where no office is known.
    """

    uuid: UUID
    came: bool
    at: datetime
    other: int
    office: str
    function: str
    state: State
    code: str
    tries: int
    due_at: datetime | None


def what_waits(*, refused: bool = False, most: int = 500) -> list[Waiting]:
    """What is kept and not handled, laid aside, not taken or not answered, oldest first; and what
    was refused, where that is asked for (scope ``setup``).
    """
    states = (*WAITS, State.REFUSED) if refused else WAITS
    found = Transmission.objects.filter(state__in=states).select_related("practice")
    newest = found.order_by("-id")[:most]
    reached = {line.her_id: line.office for line in everybody_reached()}
    return [_waiting(one, reached) for one in reversed(newest)]


def _waiting(one: Transmission, reached: Mapping[int, str]) -> Waiting:
    """A message that has not been understood is of the office it says it comes from."""
    came = one.direction == Direction.IN
    other = one.sender if came else one.receiver
    return Waiting(
        uuid=one.uuid,
        came=came,
        at=one.created_at,
        other=other,
        office=one.practice.name if one.practice else reached.get(other, ""),
        function=one.function,
        state=State(one.state),
        code=one.code,
        tries=one.tries,
        due_at=one.due_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerated:
    """Something that a sender gets wrong and we take knowingly: how many messages had it, and when
    the last one came. ``office`` is empty where no office is known.
    """

    her_id: int
    office: str
    name: str
    count: int
    last: datetime


def what_is_tolerated() -> list[Tolerated]:
    """Each sender's, the most frequent first (scope ``setup``); one message sent twice is one."""
    reached = {line.her_id: line.office for line in everybody_reached()}
    return [
        Tolerated(her_id=her_id, office=reached.get(her_id, ""), name=name, count=count, last=last)
        for her_id, name, count, last in ask(TOLERATED)
    ]
