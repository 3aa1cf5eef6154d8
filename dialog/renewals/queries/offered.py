"""What the patient may ask to have renewed, and on what terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from dialog.actor import Actor, Area, Role, Side
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Feature, Status
from dialog.people import queries as people
from dialog.renewals.models import RenewalItem
from dialog.renewals.policy import (
    OPEN,
    Hint,
    Left,
    Rules,
    hint,
    is_recent,
    may_ask,
    may_ask_for,
)
from dialog.renewals.ports import Medicine, medication
from dialog.renewals.queries.renewed import renewed_on
from dialog.statements import ask_one
from dialog.working_days import answer_deadline

RULES = "SELECT consultation_first, by_parents FROM renewals_renewalrules WHERE practice_id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A prescription on the patient's own list: what is left, and what to know before asking.

    ``asked_in`` is the request it is already part of.
    """

    medicine: Medicine
    renewed_on: date | None
    hint: Hint
    may_ask: bool
    asked_in: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The service as it stands for this patient now: whose list, on or off, and by when (R97)."""

    owner: people.ListOwner
    state: conversations.ServiceState
    answered_by: datetime
    closed_to_parents: bool


def service_for(by: Actor) -> Service | None:
    """The service for whom the patient's side acts for; None when they are on no list here."""
    owner = people.list_of(by.patient) if by.side is Side.PATIENT else None
    if owner is None:
        return None
    state = conversations.services_for(by, owner.list_id)[Feature.RENEWAL]
    closed = people.closing_days(owner.office.id)
    return Service(
        owner=owner,
        state=state,
        answered_by=answer_deadline(timezone.now(), state.answer_days, closed),
        closed_to_parents=not may_ask_for(
            by,
            born=people.the_patient(by).born,
            on=people.today(),
            rules=rules_of(owner.office.id),
        ),
    )


def rules_of(practice_id: int) -> Rules:
    """What a practice has decided about renewals."""
    found = ask_one(RULES, practice_id)
    if found is None:
        return Rules()
    consultation_first, by_parents = found
    return Rules(consultation_first=tuple(consultation_first), by_parents=by_parents)


def _left(one: Medicine, renewed_on: date | None, rules: Rules) -> Left:
    return Left(
        group=one.group,
        repeats=one.repeats_left,
        valid_until=one.valid_until,
        control_by=one.control_by,
        renewed_on=renewed_on,
        consultation_first=rules.asks_for_consultation(one.atc),
    )


def offers(by: Actor) -> list[Offer]:
    """What the patient may ask to have renewed: the last twelve months, as far as we know (R94).

    What is reserved from parents is seen by the patient alone (R106).
    """
    owner = people.list_of(by.patient) if by.side is Side.PATIENT else None
    if owner is None or Area.RENEWAL not in by.areas:
        return []
    today = people.today()
    known = [
        one
        for one in medication().prescriptions(patient_id=by.patient, practice_id=owner.office.id)
        if is_recent(one.valid_until, today) and not (one.reserved and by.role is Role.PROXY)
    ]
    renewed, asked = renewed_on(known), _asked_in(by, known)
    rules = rules_of(owner.office.id)
    return [_offer(one, renewed.get(one.ref), asked.get(one.ref), rules) for one in known]


def _offer(one: Medicine, renewed_on: date | None, asked_in: UUID | None, rules: Rules) -> Offer:
    left = _left(one, renewed_on, rules)
    return Offer(
        medicine=one,
        renewed_on=renewed_on,
        hint=hint(left, people.today()),
        may_ask=may_ask(left),
        asked_in=asked_in,
    )


def _asked_in(by: Actor, known: Iterable[Medicine]) -> dict[UUID, UUID]:
    """What is asked for beside something reserved leaves no trace for a parent either (R20)."""
    waiting = RenewalItem.objects.filter(
        ~Q(conversation__status=Status.CLOSED),
        conversation__in=conversations.seen_by(by),
        prescription__uuid__in=[one.ref for one in known],
        status__in=OPEN,
    )
    return dict(waiting.values_list("prescription__uuid", "conversation_id"))
