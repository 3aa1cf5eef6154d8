"""Who may act for whom, who works as what, and who owns a patient list: tables and pure
functions.
"""

from datetime import date
from enum import StrEnum

from dialog.actor import Actor, Duty, Role, Side

OWN_VOICE = 16
NARROWED = 12


class Channel(StrEnum):
    """Where a practice does its work."""

    WORKSPACE = "workspace"
    MESSAGES = "messages"
    FHIR = "fhir"


class Profession(StrEnum):
    """What somebody with a timebook is."""

    DOCTOR = "doctor"
    NURSE = "nurse"
    LAB = "lab"


class Answer(StrEnum):
    """What became of a practice's wish to take a patient on."""

    YES = "yes"
    NO = "no"
    TAKEN_BACK = "taken-back"


class ProxyKind(StrEnum):
    """Why somebody may act for another."""

    PARENT = "parent"
    MANDATE = "mandate"
    GUARDIAN = "guardian"


class Language(StrEnum):
    """The languages the product is complete in."""

    NB = "nb"
    NN = "nn"
    EN = "en"


class NotificationKind(StrEnum):
    """What a patient may be told by SMS, each of which can be switched off."""

    APPOINTMENT = "appointment"
    REMINDER = "reminder"
    MESSAGE = "message"
    RENEWAL = "renewal"


OFFICE_ROLES = (Role.PRACTITIONER, Role.NURSE, Role.STAFF)

PROFESSION_OF: dict[Role, Profession] = {
    Role.PRACTITIONER: Profession.DOCTOR,
    Role.NURSE: Profession.NURSE,
}

BUILT_IN_DUTIES: dict[Role, frozenset[Duty]] = {
    Role.PRACTITIONER: frozenset(Duty),
    Role.NURSE: frozenset(),
    Role.STAFF: frozenset({Duty.MANAGE_OFFICE}),
}


def duties(role: Role, delegated: frozenset[Duty]) -> frozenset[Duty]:
    """What somebody in this role may do: what the role brings, and what the office has handed to
    it.
    """
    return BUILT_IN_DUTIES.get(role, frozenset()) | delegated


def age(born: date, on: date) -> int:
    """Whole years; somebody born on 29 February turns a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_young(born: date, on: date) -> bool:
    """Whether somebody who acts for themselves is still young: parents act for them too (R22)."""
    return age(born, on) < OWN_VOICE


def may_act_for(kind: ProxyKind, *, born: date, on: date) -> bool:
    """Whether a representative of this kind may act for a person of this age.

    Parents until the sixteenth birthday (R17-R19); mandates from it (R23); guardians at any age
    (R24).
    """
    years = age(born, on)
    if kind is ProxyKind.PARENT:
        return years < OWN_VOICE
    if kind is ProxyKind.MANDATE:
        return years >= OWN_VOICE
    return True


GIVEN_BY: dict[Side, frozenset[ProxyKind]] = {
    Side.PATIENT: frozenset({ProxyKind.MANDATE}),
    Side.PRACTICE: frozenset({ProxyKind.PARENT, ProxyKind.GUARDIAN}),
    Side.PLATFORM: frozenset(ProxyKind),
}


def may_give(kind: ProxyKind, side: Side) -> bool:
    """Whether this side may say that somebody acts for a patient in this way."""
    return kind in GIVEN_BY[side]


def may_manage_office(actor: Actor) -> bool:
    """Whether this actor may change how the office is set up."""
    return actor.practice_id is not None and actor.may(Duty.MANAGE_OFFICE)


def may_decide_about(actor: Actor, role: Role) -> bool:
    """Whether this actor may let somebody in, or out, in a role: doctors decide about doctors."""
    return role is not Role.PRACTITIONER or actor.role in (Role.PRACTITIONER, Role.PLATFORM)


def may_manage_list(actor: Actor, list_id: int) -> bool:
    """Whether this actor decides over a list: its own doctor, or a member of its team (R84,
    R193).
    """
    return actor.role is Role.PRACTITIONER and list_id in actor.list_ids
