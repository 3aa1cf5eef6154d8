"""Who says yes to being reached here, for whom, and for how long it counts: pure functions."""

from datetime import date
from enum import StrEnum

from dialog.people.policy.acting import OWN_VOICE, OWN_WAY_IN, ProxyKind, age, may_act_for

# The words somebody says yes to are ``portal/consent/<version>.html``; they are never changed, a
# new version is put beside them. What was said yes to before the oldest must be asked anew.
TEXT_VERSION = 1
OLDEST_THAT_COUNTS = 1


class Consent(StrEnum):
    """Whether a patient is a digital user: has said yes to it, and not taken it back (R4, R5)."""

    NEVER = "never"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class GivenAs(StrEnum):
    """As what somebody said yes."""

    ONESELF = "oneself"
    PARENT = "parent"
    GUARDIAN = "guardian"


GIVEN_AS: dict[ProxyKind | None, GivenAs] = {
    None: GivenAs.ONESELF,
    ProxyKind.PARENT: GivenAs.PARENT,
    ProxyKind.GUARDIAN: GivenAs.GUARDIAN,
}


def may_say_yes(kind: ProxyKind | None, *, born: date, on: date) -> bool:
    """Whether somebody says yes, or takes it back, for a patient of this age; no kind: oneself.

    Oneself from thirteen, a parent until the sixteenth birthday, a guardian at any age. A mandate
    is for acting in what the patient has said yes to: that yes is the patient's own.
    """
    if kind is None:
        return age(born, on) >= OWN_WAY_IN
    return kind in GIVEN_AS and may_act_for(kind, born=born, on=on)


def counts(given_as: GivenAs, version: int, *, born: date, on: date) -> bool:
    """Whether a yes that nobody has taken back counts: a parent's until the sixteenth birthday,
    when the child is asked anew.
    """
    grown_out = given_as is GivenAs.PARENT and age(born, on) >= OWN_VOICE
    return version >= OLDEST_THAT_COUNTS and not grown_out
