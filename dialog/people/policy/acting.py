"""Who may act for whom, at which age, and in what: a table and pure functions."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from dialog.actor import ALL_AREAS, Area

OWN_VOICE = 16
OWN_WAY_IN = 13
NARROWED = 12
OF_AGE = 18


class ProxyKind(StrEnum):
    """Why somebody may act for another."""

    PARENT = "parent"
    MANDATE = "mandate"
    GUARDIAN = "guardian"


class Stop(StrEnum):
    """Why the population register stops somebody from acting for another.

    ``REGISTER`` says no more than that: who has died, and whose address is protected, is told to
    nobody (R26).
    """

    NONE = ""
    NOT_RESPONSIBLE = "not-responsible"
    LIVES_ELSEWHERE = "lives-elsewhere"
    REGISTER = "register"


class EndReason(StrEnum):
    """Why an office ends that somebody acts for a patient; the patient reads it in the log."""

    ASKED = "asked"
    OVER = "over"
    MISTAKE = "mistake"
    SAFETY = "safety"


class Stage(StrEnum):
    """How much somebody decides over themselves, by age."""

    CHILD = "child"
    OLDER_CHILD = "older-child"
    OWN_VOICE = "own-voice"


class Reach(StrEnum):
    """How far somebody's right to act for another goes."""

    NOTHING = "nothing"
    NARROWED = "narrowed"
    AS_GIVEN = "as-given"
    EVERYTHING = "everything"


# Parents until the sixteenth birthday, narrowed from the twelfth (R17-R19); mandates from the
# sixteenth (R23); guardians at any age, in what the decision that made them so says (R24).
REACH: Mapping[tuple[ProxyKind, Stage], Reach] = {
    (ProxyKind.PARENT, Stage.CHILD): Reach.EVERYTHING,
    (ProxyKind.PARENT, Stage.OLDER_CHILD): Reach.NARROWED,
    (ProxyKind.PARENT, Stage.OWN_VOICE): Reach.NOTHING,
    (ProxyKind.MANDATE, Stage.CHILD): Reach.NOTHING,
    (ProxyKind.MANDATE, Stage.OLDER_CHILD): Reach.NOTHING,
    (ProxyKind.MANDATE, Stage.OWN_VOICE): Reach.AS_GIVEN,
    (ProxyKind.GUARDIAN, Stage.CHILD): Reach.AS_GIVEN,
    (ProxyKind.GUARDIAN, Stage.OLDER_CHILD): Reach.AS_GIVEN,
    (ProxyKind.GUARDIAN, Stage.OWN_VOICE): Reach.AS_GIVEN,
}


def age(born: date, on: date) -> int:
    """Whole years; somebody born on 29 February turns a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day somebody turns this old."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February, in a year that has none
        return date(born.year + years, 3, 1)


def stage(born: date, on: date) -> Stage:
    """How much somebody decides over themselves on a day."""
    years = age(born, on)
    if years >= OWN_VOICE:
        return Stage.OWN_VOICE
    return Stage.OLDER_CHILD if years >= NARROWED else Stage.CHILD


def is_young(born: date, on: date) -> bool:
    """Whether somebody who acts for themselves is still young: parents act for them too (R22)."""
    return stage(born, on) is not Stage.OWN_VOICE


def may_act_for(kind: ProxyKind, *, born: date, on: date) -> bool:
    """Whether a representative of this kind may act for a person of this age."""
    return REACH[kind, stage(born, on)] is not Reach.NOTHING


def areas_for(
    kind: ProxyKind, *, born: date, on: date, given: Collection[Area], narrowed: Collection[Area]
) -> frozenset[Area]:
    """In what a representative may act for a person of this age.

    ``given`` is what the mandate or the guardian's decision says, ``narrowed`` what parents of
    twelve to fifteen year olds keep.
    """
    reach = REACH[kind, stage(born, on)]
    return {
        Reach.NOTHING: frozenset[Area](),
        Reach.NARROWED: frozenset(narrowed),
        Reach.AS_GIVEN: frozenset(given),
        Reach.EVERYTHING: ALL_AREAS,
    }[reach]


def stop(kind: ProxyKind, *, responsible: bool, at_home: bool, closed: bool) -> Stop:
    """What the population register has against somebody acting for another in this way.

    ``responsible``: has parental responsibility, or is the guardian, by the register. ``at_home``:
    at least one of the parents shares the child's address; then all may, else none (R17).
    ``closed``: one of the two has died or has a protected address (R26).
    """
    if closed:
        return Stop.REGISTER
    if kind is ProxyKind.MANDATE:
        return Stop.NONE
    if not responsible:
        return Stop.NOT_RESPONSIBLE
    if kind is ProxyKind.PARENT and not at_home:
        return Stop.LIVES_ELSEWHERE
    return Stop.NONE


def recent(confirmed_at: datetime | None, now: datetime, *, at_most: timedelta) -> bool:
    """Whether what the register said is young enough for what it is to be used for."""
    return confirmed_at is not None and now - confirmed_at <= at_most


def own_areas(born: date, on: date, *, consented: bool) -> frozenset[Area]:
    """In what somebody acts for themselves.

    From thirteen with a parent's consent in everything (R21), and without it a young person may at
    least ask for a time (R22), where the office lets the young; before thirteen the parents act.
    """
    years = age(born, on)
    if years >= OWN_VOICE or (years >= OWN_WAY_IN and consented):
        return ALL_AREAS
    return frozenset({Area.APPOINTMENT}) if years >= OWN_WAY_IN else frozenset[Area]()


def may_consent(born: date, on: date) -> bool:
    """Whether a parent may let a child of this age in by itself, or take that back."""
    return OWN_WAY_IN <= age(born, on) < OWN_VOICE


def ends_with_age(kind: ProxyKind, born: date) -> date | None:
    """The first day on which a right to act is over by age alone: a parent's at sixteen (R19)."""
    return birthday(born, OWN_VOICE) if kind is ProxyKind.PARENT else None


def may_receive(kind: ProxyKind, *, born: date | None, on: date) -> bool:
    """Whether somebody born then is old enough to be given this: a mandate takes eighteen (R23)."""
    return kind is not ProxyKind.MANDATE or (born is not None and age(born, on) >= OF_AGE)
