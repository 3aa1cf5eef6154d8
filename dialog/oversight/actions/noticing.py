"""Noticing which looks are unlike the usual, from what the ledger says that was seen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from dialog.actor import Actor, Side
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.ledger.following import Followed
from dialog.oversight.events import UnusualLookNoticed
from dialog.oversight.models import UnusualLook
from dialog.oversight.policy import (
    MANY,
    Look,
    Matter,
    Sign,
    Verdict,
    in_sample,
    is_many,
    is_unusual,
    matter_of,
    signs,
    weight,
)
from dialog.people import queries as people
from dialog.people.queries import Related
from dialog.rows import action
from dialog.statements import ask, keep
from dialog.working_days import is_working_day, oslo_day

ADD_TO_DAY = """
INSERT INTO oversight_workday AS known (practice_id, account_id, day, role, patients)
VALUES (%s, %s, %s, %s, %s::bigint[])
ON CONFLICT ON CONSTRAINT work_day_once DO UPDATE
SET patients = ARRAY(SELECT DISTINCT unnest(known.patients || EXCLUDED.patients))
RETURNING cardinality(patients)
"""
# How many it was on other days: for whoever it is, and for others in the same role.
USUAL = """
SELECT account_id = %s, cardinality(patients) FROM oversight_workday
WHERE practice_id = %s AND day >= %s AND day < %s AND (account_id = %s OR role = %s)
"""


@dataclass(kw_only=True)
class _Noticed:
    """What is noticed about somebody, a patient (or none) and a day."""

    account_id: int
    patient_id: int | None
    day: date
    signs: frozenset[Sign]
    looks: int
    first_at: datetime
    last_at: datetime

    def also(self, found: Collection[Sign], at: datetime) -> None:
        """One look more."""
        self.signs |= frozenset(found)
        self.looks += 1
        self.first_at, self.last_at = min(self.first_at, at), max(self.last_at, at)


@action
def notice(*, by: Actor, practice_id: int, looks: Sequence[Followed]) -> int:
    """Go through what was looked at at an office; how many flags that gave."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    pairs = sorted({(one.account_id, one.patient_id) for one in looks})
    related = people.relations(practice_id, pairs)
    # An entry outlives what it is about.
    known = [one for one in looks if (one.account_id, one.patient_id) in related]
    noticed = [*_one_by_one(practice_id, known, related), *_in_a_day(practice_id, known)]
    raised = [made for one in noticed if (made := _raise(practice_id, one))]
    record(
        by,
        *(UnusualLookNoticed(practice_id=practice_id, unusual_look_id=one.id) for one in raised),
    )
    return len(raised)


def _one_by_one(
    practice_id: int, looks: Iterable[Followed], related: Mapping[tuple[int, int], Related]
) -> list[_Noticed]:
    closed = people.closing_days(practice_id)
    found: dict[tuple[int, int, date], _Noticed] = {}
    for one in looks:
        who = related[one.account_id, one.patient_id]
        day, matter = oslo_day(one.at), matter_of(one.basis)
        seen = signs(
            Look(at=one.at, matter=matter, reason=one.reason),
            who.relations,
            working_day=is_working_day(day, closed),
        )
        watched = who.protected or in_sample(who.lot)
        if not is_unusual(weight(seen, matter), watched=watched):
            continue
        whose = one.account_id, one.patient_id, day
        if whose not in found:
            found[whose] = _Noticed(
                account_id=one.account_id,
                patient_id=one.patient_id,
                day=day,
                signs=frozenset(),
                looks=0,
                first_at=one.at,
                last_at=one.at,
            )
        found[whose].also(seen, one.at)
    return list(found.values())


def _in_a_day(practice_id: int, looks: Iterable[Followed]) -> list[_Noticed]:
    days: dict[tuple[int, date], list[Followed]] = defaultdict(list)
    for one in looks:
        if matter_of(one.basis) is Matter.NONE:
            days[one.account_id, oslo_day(one.at)].append(one)
    return [
        _Noticed(
            account_id=account_id,
            patient_id=None,
            day=day,
            signs=frozenset({Sign.MANY}),
            looks=many,
            first_at=min(one.at for one in seen),
            last_at=max(one.at for one in seen),
        )
        for (account_id, day), seen in days.items()
        if (many := _many(practice_id, account_id, day, seen))
    ]


def _many(practice_id: int, account_id: int, day: date, seen: Sequence[Followed]) -> int:
    """How many patients somebody has opened that day, when it is unusually many; else none."""
    role, patients = seen[-1].role, sorted({one.patient_id for one in seen})
    ((many,),) = ask(ADD_TO_DAY, practice_id, account_id, day, role, patients)
    if many < MANY.least:
        return 0
    since = day - MANY.days_looked_at
    usual = ask(USUAL, account_id, practice_id, since, day, account_id, role)
    own, others = ([n for mine, n in usual if mine is whose] for whose in (True, False))
    return many if is_many(many, own, others) else 0


def _raise(practice_id: int, one: _Noticed) -> UnusualLook | None:
    """A new flag, or more to one that waits; None then, and where the same has been judged."""
    of_day = one.patient_id is None
    about = Q(patient__isnull=True) if of_day else Q(patient_id=one.patient_id)
    alike = UnusualLook.objects.filter(
        about, practice_id=practice_id, account_id=one.account_id, day=one.day
    )
    for known in alike.only("id", "signs", "looks", "verdict"):
        more = {Sign(sign) for sign in known.signs} | one.signs
        if known.verdict == Verdict.IN_ORDER and _is_the_same(one, known):
            return None
        looks = one.looks if of_day else known.looks + one.looks
        # Judged at this very moment, it is left as it was judged, and what is new is another.
        if alike.filter(id=known.id, verdict="").update(
            signs=_in_order(more), looks=looks, last_at=one.last_at
        ):
            return None
    return keep(
        UnusualLook(
            practice_id=practice_id,
            account_id=one.account_id,
            patient_id=one.patient_id,
            day=one.day,
            signs=_in_order(one.signs),
            looks=one.looks,
            first_at=one.first_at,
            last_at=one.last_at,
        )
    )


def _is_the_same(one: _Noticed, known: UnusualLook) -> bool:
    """Whether what was found to be in order covers this too: nothing else is odd about it, and of
    many not twice as many.
    """
    return one.signs <= {Sign(sign) for sign in known.signs} and (
        one.patient_id is not None or one.looks < 2 * known.looks
    )


def _in_order(found: Collection[Sign]) -> list[str]:
    return [str(sign) for sign in Sign if sign in found]
