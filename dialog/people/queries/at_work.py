"""On which days those with a timebook do not work here."""

from collections import defaultdict
from datetime import date

from dialog.people import policy
from dialog.statements import ask

# Somebody who was taken away on the day they came has no days, and is off on all of them.
WORK = """
SELECT one.id, lower(work.period), upper(work.period) - 1
FROM people_practitioner AS one JOIN people_membership AS work
    ON work.account_id = one.account_id AND work.practice_id = one.practice_id
WHERE {whose}
"""
WORK_OF = WORK.format(whose="one.id = %s")
WORK_AT = WORK.format(whose="one.practice_id = %s")
DaysOff = list[tuple[date, date]]


def days_off(practitioner_id: int) -> DaysOff:
    """When somebody does not work where they have their timebook, each from a day and until, not
    including, another; never, where nobody's days are said: of the lab.
    """
    return _off(WORK_OF, practitioner_id).get(practitioner_id, [])


def days_off_at(practice_id: int) -> dict[int, DaysOff]:
    """The same of everybody with a timebook at a practice whose days are said."""
    return _off(WORK_AT, practice_id)


def _off(statement: str, key: int) -> dict[int, DaysOff]:
    work: defaultdict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for practitioner_id, first, last in ask(statement, key):
        days = work[practitioner_id]
        if first is not None:
            days.append((first, last))
    return {whose: policy.days_off(days) for whose, days in work.items()}
