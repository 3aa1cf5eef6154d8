"""Why somebody opened a patient: what was said today, and what the patient reads of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dialog.actor import Actor, Duty, Role, Side
from dialog.people.models import Explanation
from dialog.people.policy import Basis, near
from dialog.people.queries.days import today
from dialog.statements import ask_one

GIVEN_LAST = """
SELECT id, reason, (given_at AT TIME ZONE 'Europe/Oslo')::date FROM people_explanation
WHERE patient_id = %s AND account_id = %s AND practice_id = %s
    AND (given_at AT TIME ZONE 'Europe/Oslo')::date >= %s
ORDER BY given_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A reason somebody gave, and when."""

    id: UUID
    reason: str
    on: date


def explained(by: Actor, patient_id: int) -> Explained | None:
    """The reason this member gave last for opening a patient, if it still is one."""
    if by.side is not Side.PRACTICE:
        return None
    first, _last = near(Basis.REASON, today())
    found = ask_one(GIVEN_LAST, patient_id, by.account, by.practice, first)
    return None if found is None else Explained(id=found[0], reason=found[1], on=found[2])


def said_to_the_office(by: Actor, explanation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What members said in their own words, for those who follow up the log there, and each their
    own.
    """
    found = Explanation.objects.filter(id__in=set(explanation_ids), practice_id=by.practice)
    if not by.may(Duty.REVIEW_ACCESS):
        found = found.filter(account_id=by.account)
    return {one.id: one.words for one in found}


def said_of_looks(by: Actor, explanation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What members said in their own words, for the patient it is about and nobody else."""
    if by.role is not Role.PATIENT:
        return {}
    found = Explanation.objects.filter(id__in=set(explanation_ids), patient_id=by.patient)
    return {one.id: one.words for one in found}
