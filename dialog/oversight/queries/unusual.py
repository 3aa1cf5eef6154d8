"""Looks that were unlike the usual: for those who judge them, and for whoever looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.ledger import queries as ledger
from dialog.ledger.queries import Days
from dialog.oversight.models import UnusualLook
from dialog.oversight.policy import LOOKS, Sign, Standing, Verdict, may_judge, may_review, standing
from dialog.oversight.queries.lines import Line, read
from dialog.people import queries as people
from dialog.statements import Question, known

MOST = 200
# For those who judge: what waits for them, and not for an answer. For everybody: what one is asked.
COUNTS = """
SELECT ARRAY[
    count(*) FILTER (WHERE account_id <> %s AND (asked_at IS NULL OR answered_at IS NOT NULL)),
    count(*) FILTER (WHERE account_id = %s AND asked_at IS NOT NULL AND answered_at IS NULL)]
FROM oversight_unusuallook WHERE practice_id = %s AND verdict = ''
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """Who looked, at whom (nobody: at many), on which day, what was unlike the usual, and what has
    been asked, answered and found. ``mine``: the reader looked, and does not judge.
    """

    id: UUID
    account_id: int
    account_uuid: UUID | None
    name: str
    patient_id: int | None
    patient_uuid: UUID | None
    patient: str
    day: date
    signs: tuple[Sign, ...]
    looks: int
    first_at: datetime
    last_at: datetime
    standing: Standing
    question: str
    asked_by: str
    asked_at: datetime | None
    answer: str
    answered_at: datetime | None
    verdict: Verdict | None
    reason: str
    judged_by: str
    judged_at: datetime | None
    mine: bool
    may_judge: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait for a judge, and how many for an answer of one's own."""

    to_judge: int
    to_answer: int


def unusual_counts(by: Actor) -> Question[Counts]:
    """What waits for this member."""
    if by.side is not Side.PRACTICE:
        return known(Counts(0, 0))
    return Question(COUNTS, (by.account, by.account, by.practice), partial(_counts, by))


def _counts(by: Actor, found: tuple[int, int]) -> Counts:
    to_judge, to_answer = found
    return Counts(to_judge if may_review(by) else 0, to_answer)


def unusual_looks(by: Actor) -> list[Unusual]:
    """What has not been judged at the office, the oldest first; for those who follow up the log,
    their own too.
    """
    if not may_review(by):
        return []
    waiting = _here(by).filter(verdict="").order_by("first_at", "id")
    return _read(by, waiting[:MOST])


def judged_looks(by: Actor, *, most: int) -> list[Unusual]:
    """What was judged last at the office."""
    if not may_review(by):
        return []
    return _read(by, _here(by).exclude(verdict="").order_by("-judged_at", "id")[:most])


def my_unusual_looks(by: Actor, *, most: int) -> list[Unusual]:
    """What one has looked at oneself that was unlike the usual, and what was found (R220)."""
    if by.side is not Side.PRACTICE:
        return []
    return _read(by, _here(by).filter(account_id=by.account).order_by("-first_at", "id")[:most])


def unusual_look_for(by: Actor, unusual_look_id: UUID) -> Unusual:
    """One of them, for those who follow up the log and for whoever looked; to others it is not
    there.
    """
    found = _here(by).filter(id=unusual_look_id)
    if not may_review(by):
        found = found.filter(account_id=by.account)
    read_ones = _read(by, found) if by.side is Side.PRACTICE else []
    if not read_ones:
        raise NotFound
    return read_ones[0]


def looks_of(by: Actor, one: Unusual, *, most: int) -> list[Line]:
    """The looks themselves at a patient that day, as the ledger has them, the newest first. Whom
    somebody has looked at in a whole day is searched for with a purpose, as anything else.
    """
    if one.patient_id is None:
        return []
    day = Days(one.day, one.day)
    lines = ledger.log_of_worker(
        by, one.account_id, kinds=LOOKS, days=day, patient_id=one.patient_id, most=most
    )
    return read(by, lines)


def _here(by: Actor) -> "QuerySet[UnusualLook]":
    return UnusualLook.objects.select_related("patient").filter(practice_id=by.practice)


def _read(by: Actor, found: "QuerySet[UnusualLook]") -> list[Unusual]:
    ones: Sequence[UnusualLook] = list(found)
    who = {
        key for one in ones for key in (one.account_id, one.asked_by_id, one.judged_by_id) if key
    }
    names = people.names_of(who)
    uuids = {one.account_id: one.account_uuid for one in people.workers(by)} if ones else {}
    return [
        Unusual(
            id=one.id,
            account_id=one.account_id,
            account_uuid=uuids.get(one.account_id),
            name=names.get(one.account_id, ""),
            patient_id=one.patient_id,
            patient_uuid=one.patient.uuid if one.patient else None,
            patient=one.patient.name if one.patient else "",
            day=one.day,
            signs=tuple(Sign(sign) for sign in one.signs),
            looks=one.looks,
            first_at=one.first_at,
            last_at=one.last_at,
            standing=standing(
                asked=one.asked_at is not None,
                answered=one.answered_at is not None,
                judged=bool(one.verdict),
            ),
            question=one.question,
            asked_by=names.get(one.asked_by_id or 0, ""),
            asked_at=one.asked_at,
            answer=one.answer,
            answered_at=one.answered_at,
            verdict=Verdict(one.verdict) if one.verdict else None,
            reason=one.reason,
            judged_by=names.get(one.judged_by_id or 0, ""),
            judged_at=one.judged_at,
            mine=one.account_id == by.account,
            may_judge=may_judge(by, one.account_id),
        )
        for one in ones
    ]
