"""Reading the ledger: the access log, parked deliveries, and whether the relay is alive."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from dialog.actor import Actor, Duty, Role, Side
from dialog.ledger.models import Delivery, DeliveryState, Entry, Heartbeat
from dialog.statements import Question, ask
from dialog.working_days import day_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line of the access log: who did what, when; names are looked up by the reader's page."""

    id: int
    at: datetime
    kind: str
    account_id: int | None
    role: str
    patient_id: int | None
    practice_id: int | None
    conversation_id: UUID | None
    details: Mapping[str, object]


class Days(NamedTuple):
    """From and with one day, to and with another; None is as far as there is."""

    first: date | None = None
    last: date | None = None


class Problem(StrEnum):
    """What went wrong outside; a fault of our own is kept as what kind of fault it is."""

    UNAVAILABLE = "unavailable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedDelivery:
    """A debt that could not be paid and waits for a person; ``problem`` is a code."""

    id: int
    at: datetime
    kind: str
    subscriber: str
    conversation_id: UUID | None
    tries: int
    problem: str
    details: Mapping[str, object]


def access_log(
    by: Actor,
    *,
    before: int | None = None,
    kinds: Collection[str] | None = None,
    without: Collection[str] = (),
    hidden: Collection[UUID] = (),
    most: int = 50,
) -> list[LogLine]:
    """Everything that was done and seen about this patient, or some kinds of it, newest first;
    nothing of ``hidden`` conversations.
    """
    if by.side is not Side.PATIENT or by.patient_id is None:
        return []
    lines = Entry.objects.filter(patient_id=by.patient_id).order_by("-id")
    if kinds is not None:
        lines = lines.filter(kind__in=list(kinds))
    if without:
        lines = lines.exclude(kind__in=list(without))
    if hidden:
        lines = lines.exclude(conversation_id__in=list(hidden))
    if before is not None:
        lines = lines.filter(id__lt=before)
    return [_line(one) for one in lines[:most]]


def office_log(by: Actor, *, kinds: Collection[str], list_id: int, most: int = 50) -> list[LogLine]:
    """What was changed about a list at the actor's practice, newest first."""
    if by.side is not Side.PRACTICE or by.practice_id is None:
        return []
    lines = Entry.objects.filter(
        practice_id=by.practice_id, kind__in=list(kinds), details__list_id=list_id
    )
    return [_line(one) for one in lines.order_by("-id")[:most]]


WORKERS = [role for role in Role if role.side is Side.PRACTICE]
ALL_DAYS = Days()


def log_of_patient_here(
    by: Actor,
    patient_id: int,
    *,
    kinds: Collection[str] | None = None,
    days: Days = ALL_DAYS,
    before: int | None = None,
    most: int = 50,
) -> list[LogLine]:
    """What was done and seen about a patient at the actor's practice, newest first; for those who
    follow up the log.
    """
    if by.practice_id is None or not by.may(Duty.REVIEW_ACCESS):
        return []
    lines = Entry.objects.filter(practice_id=by.practice_id, patient_id=patient_id)
    return _latest(lines, kinds, days, before, most)


def log_of_worker(
    by: Actor,
    account_id: int,
    *,
    kinds: Collection[str] | None = None,
    days: Days = ALL_DAYS,
    patient_id: int | None = None,
    before: int | None = None,
    most: int = 50,
) -> list[LogLine]:
    """What somebody has done and seen at the actor's practice in their work there, newest first,
    about everybody or one patient; for those who follow up the log, and for whoever it is. What
    they do there as a patient, or for one, is not their work.
    """
    if by.practice_id is None or not (by.account_id == account_id or by.may(Duty.REVIEW_ACCESS)):
        return []
    lines = Entry.objects.filter(
        practice_id=by.practice_id, account_id=account_id, role__in=WORKERS
    )
    if patient_id is not None:
        lines = lines.filter(patient_id=patient_id)
    return _latest(lines, kinds, days, before, most)


def _latest(
    lines: QuerySet[Entry],
    kinds: Collection[str] | None,
    days: Days,
    before: int | None,
    most: int,
) -> list[LogLine]:
    if kinds is not None:
        lines = lines.filter(kind__in=list(kinds))
    if days.first is not None:
        lines = lines.filter(at__gte=day_bounds(days.first)[0])
    if days.last is not None:
        lines = lines.filter(at__lt=day_bounds(days.last)[1])
    if before is not None:
        lines = lines.filter(id__lt=before)
    return [_line(one) for one in lines.order_by("-id")[:most]]


def _line(entry: Entry) -> LogLine:
    return LogLine(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        account_id=entry.account_id,
        role=entry.role,
        patient_id=entry.patient_id,
        practice_id=entry.practice_id,
        conversation_id=entry.conversation_id,
        details=entry.details,
    )


PARKED = "SELECT count(*) FROM ledger_delivery WHERE practice_id = %s AND state = 'parked'"


def parked_count(by: Actor) -> Question[int]:
    """How many debts wait for a person at this practice."""
    return Question(PARKED, [by.practice], int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debts:
    """How much is owed or parked with one subscriber, and since when; nothing of what it is."""

    subscriber: str
    parked: bool
    problem: str
    many: int
    since: datetime


DEBTS = """
SELECT subscriber, state = 'parked', problem, count(*), min(due_at) FROM ledger_delivery
WHERE practice_id = %s AND state IN ('owed', 'parked')
GROUP BY subscriber, state, problem ORDER BY subscriber, state DESC, problem
"""


def debts(by: Actor) -> list[Debts]:
    """What has not been delivered for the actor's practice, without content."""
    return [
        Debts(subscriber=subscriber, parked=parked, problem=problem, many=many, since=since)
        for subscriber, parked, problem, many, since in ask(DEBTS, by.practice)
    ]


def parked(by: Actor) -> list[ParkedDelivery]:
    """What could not be delivered for this practice, oldest first."""
    waiting = (
        Delivery.objects.filter(practice_id=by.practice_id, state=DeliveryState.PARKED)
        .select_related("entry")
        .order_by("id")[:200]
    )
    return [
        ParkedDelivery(
            id=debt.id,
            at=debt.entry.at,
            kind=debt.entry.kind,
            subscriber=debt.subscriber,
            conversation_id=debt.conversation_id,
            tries=debt.tries,
            problem=debt.problem,
            details=debt.entry.details,
        )
        for debt in waiting
    ]


def last_fact(practice_id: int, kind: str) -> LogLine | None:
    """The newest fact of a kind about a practice, for the operator (as the practice)."""
    found = Entry.objects.filter(practice_id=practice_id, kind=kind).order_by("-id").first()
    return None if found is None else _line(found)


OWED = """
SELECT EXISTS (SELECT 1 FROM ledger_delivery
    WHERE conversation_id = %s AND subscriber = %s AND state IN ('owed', 'parked'))
"""


def still_owed(conversation_id: UUID, subscriber: str) -> bool:
    """Whether a subscriber has not been told everything about a conversation."""
    ((owed,),) = ask(OWED, conversation_id, subscriber)
    return bool(owed)


def relay_seen_at() -> datetime | None:
    """When the relay last said it was alive."""
    return _seen_at("relay")


def sealed_at() -> datetime | None:
    """When the sealer last had nothing left to seal."""
    return _seen_at("sealer")


def _seen_at(process: str) -> datetime | None:
    return Heartbeat.objects.filter(process=process).values_list("seen_at", flat=True).first()
