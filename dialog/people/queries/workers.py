"""Everybody who works at a practice or has done so, for those who follow up what they did."""

from dataclasses import dataclass
from uuid import UUID

from dialog.actor import Actor, Role
from dialog.errors import NotFound
from dialog.people.identity import sort_key
from dialog.people.queries.days import today
from dialog.statements import ask

# Somebody who was taken away on the day they came has no days, and may have looked all the same;
# whoever is yet to come has not.
WORKERS = """
SELECT DISTINCT ON (account.id) account.id, account.uuid, account.name, work.role,
    work.period @> %s::date
FROM people_membership AS work JOIN people_account AS account ON account.id = work.account_id
WHERE work.practice_id = %s AND (isempty(work.period) OR lower(work.period) <= %s)
ORDER BY account.id, work.period @> %s::date DESC, lower(work.period) DESC NULLS LAST, work.id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who works here, or did, and as what last."""

    account_id: int
    account_uuid: UUID
    name: str
    role: Role
    here: bool


def workers(by: Actor) -> list[Worker]:
    """Those who work at the actor's practice, and then those who have; by name."""
    day = today()
    found = [
        Worker(account_id=key, account_uuid=uuid, name=name, role=Role(role), here=here)
        for key, uuid, name, role, here in ask(WORKERS, day, by.practice, day, day)
    ]
    return sorted(found, key=lambda one: (not one.here, sort_key(one.name, "")))


def worker_for(by: Actor, account_uuid: UUID) -> Worker:
    """Somebody who works here or did; another practice's people are not found."""
    found = next((one for one in workers(by) if one.account_uuid == account_uuid), None)
    if found is None:
        raise NotFound
    return found
