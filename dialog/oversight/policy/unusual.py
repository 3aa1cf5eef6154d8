"""Which looks are unlike the usual, and worth that somebody asks: tables and pure functions (R232).

Nothing here says that anybody has done wrong. A sign is something that can be seen from outside,
with a weight that says how seldom it comes from ordinary work; what it means, a person decides.
Each figure stands beside its reason; none has been tried on a real office's log yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from dialog.people.policy import Basis, LookReason, Relation
from dialog.working_days import OSLO


class Sign(StrEnum):
    """What is unlike the usual about a look, or about many of them on one day."""

    SELF = "self"
    CHILD = "child"
    PARENT = "parent"
    ACTS_FOR = "acts-for"
    COLLEAGUE = "colleague"
    SAME_NAME = "same-name"
    NIGHT = "night"
    CLOSED = "closed"
    OTHER_REASON = "other-reason"
    MANY = "many"


class Matter(StrEnum):
    """Whether something was going on with the patient when somebody looked."""

    GOING_ON = "going-on"
    NONE = "none"
    UNKNOWN = "unknown"


class Weight(NamedTuple):
    """How much a sign weighs where a matter is going on (or it is not known), and where none is."""

    going_on: int
    none: int


FLAGGED_AT = 3
# Some are looked at for less: those in a sample, and those who need more protection than others.
WATCHED_AT = 2

WEIGHTS: dict[Sign, Weight] = {
    # Nobody treats themselves or their nearest but in an emergency, and what one may see of them
    # one sees as a patient. By a matter or not, each is worth a question.
    Sign.SELF: Weight(3, 3),
    Sign.CHILD: Weight(3, 3),
    Sign.PARENT: Weight(3, 3),
    Sign.ACTS_FOR: Weight(3, 3),
    # Colleagues may be patients where they work, and then somebody must handle their matters.
    Sign.COLLEAGUE: Weight(1, 3),
    # Tens of thousands are called Hansen. A name says nothing by itself; it may only tip what is
    # odd already, at night or for no usual reason, and never where a matter is going on.
    Sign.SAME_NAME: Weight(0, 1),
    # Doctors answer in the evening and on Sundays. Without a matter there is less to be up for.
    Sign.NIGHT: Weight(1, 2),
    Sign.CLOSED: Weight(0, 1),
    # None of the usual reasons fitted, and nobody has read what was written instead.
    Sign.OTHER_REASON: Weight(0, 2),
    Sign.MANY: Weight(0, 3),
}
OF_RELATION: dict[Relation, Sign] = {
    Relation.SELF: Sign.SELF,
    Relation.CHILD: Sign.CHILD,
    Relation.PARENT: Sign.PARENT,
    Relation.ACTS_FOR: Sign.ACTS_FOR,
    Relation.COLLEAGUE: Sign.COLLEAGUE,
    Relation.SAME_NAME: Sign.SAME_NAME,
}

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)
# Opening hours are words for patients and cannot be counted with. Before seven and after six in
# the evening nearly every office is shut, and those who tidy up have gone home.
DAY_BEGINS, DAY_ENDS = time(7), time(18)

# Of one patient in ten what weighs a little too little is looked at all the same. So nobody tells
# by a flag that it was raised because of whom it is about: an address that is protected is told to
# nobody (R26). It is always the same ones, or a protected one would stand out by being raised
# again and again.
ONE_IN = 10


class Many(NamedTuple):
    """When somebody has opened unusually many, in a day, with whom nothing was going on."""

    least: int
    times_usual: int
    days_known: int
    days_looked_at: timedelta
    unknown_usual: int


MANY = Many(
    least=20,  # a day at the telephone can have as many without anything being odd
    times_usual=3,  # of one's own ordinary day and that of others in the same role: both
    days_known=5,  # working days; of fewer nothing is usual yet
    days_looked_at=timedelta(days=28),  # four weeks have every weekday, and holidays pass
    unknown_usual=60,  # in a new office, whom nobody can tell the usual for
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """That somebody at an office looked, when, and on account of what."""

    at: datetime
    matter: Matter
    reason: str = ""


def matter_of(basis: str) -> Matter:
    """Whether something was going on, by what was written down with the look; nothing was before
    reasons were asked for, and where a record system looked.
    """
    if not basis:
        return Matter.UNKNOWN
    return Matter.NONE if basis == Basis.REASON else Matter.GOING_ON


def signs(look: Look, relations: Collection[Relation], *, working_day: bool) -> tuple[Sign, ...]:
    """What is unlike the usual about a look, in the order of the vocabulary."""
    found = {OF_RELATION[one] for one in relations}
    clock = look.at.astimezone(OSLO).time()
    if clock >= NIGHT_BEGINS or clock < NIGHT_ENDS:
        found.add(Sign.NIGHT)
    elif not working_day or not DAY_BEGINS <= clock < DAY_ENDS:
        found.add(Sign.CLOSED)
    if look.matter is Matter.NONE and look.reason == LookReason.OTHER:
        found.add(Sign.OTHER_REASON)
    return tuple(one for one in Sign if one in found and weight([one], look.matter))


def weight(found: Collection[Sign], matter: Matter) -> int:
    """How much these weigh together."""
    return sum(
        WEIGHTS[one].none if matter is Matter.NONE else WEIGHTS[one].going_on for one in found
    )


def is_unusual(weighs: int, *, watched: bool) -> bool:
    """Whether somebody should ask; ``watched`` are looked at for less."""
    return weighs >= (WATCHED_AT if watched else FLAGGED_AT)


def in_sample(lot: int) -> bool:
    """Whether a patient is in the sample, by a number that nobody at an office can know."""
    return lot % ONE_IN == 0


def is_many(patients: int, own: Sequence[int], others: Sequence[int]) -> bool:
    """Whether somebody has opened unusually many patients without a matter today, against how many
    it was on other days: their own, and those of others in the same role.
    """
    if patients < MANY.least:
        return False
    known = [median(days) for days in (own, others) if len(days) >= MANY.days_known]
    if not known:
        return patients >= MANY.unknown_usual
    return all(patients >= MANY.times_usual * max(usual, 1) for usual in known)
