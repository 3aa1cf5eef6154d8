"""Who may act for whom, who works as what, and who owns a patient list: tables and pure
functions.
"""

from enum import StrEnum

from dialog.actor import Actor, Duty, Role, Side
from dialog.people.policy.acting import (
    NARROWED,
    OF_AGE,
    OWN_VOICE,
    OWN_WAY_IN,
    REACH,
    EndReason,
    ProxyKind,
    Reach,
    Stage,
    Stop,
    age,
    areas_for,
    birthday,
    ends_with_age,
    is_young,
    may_act_for,
    may_consent,
    may_receive,
    own_areas,
    recent,
    stage,
    stop,
)
from dialog.people.policy.consent import (
    GIVEN_AS,
    TEXT_VERSION,
    Consent,
    GivenAs,
    counts,
    may_say_yes,
)
from dialog.people.policy.employment import (
    Presence,
    WrongDays,
    days_off,
    presence,
    wrong_days,
)
from dialog.people.policy.following import FOLLOW, Follow, Says, Stay, stay_of
from dialog.people.policy.guardians import GuardianBasis, last_day, may_appoint
from dialog.people.policy.looking import NEAR, Basis, LookReason, Near, Ties, basis, near
from dialog.people.policy.personnel import (
    NEEDED,
    acts_as,
    without_clinical,
)
from dialog.people.policy.reach import (
    STOPS_WRITING,
    Given,
    Heard,
    Hindrance,
    NotificationKind,
    language_to_use,
    may_be_told,
    phone_for,
    still_counts,
    stops_writing,
)
from dialog.people.policy.relations import Relation, same_family_name


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


class Register(StrEnum):
    """The national registers that are asked about people."""

    POPULATION = "population"
    CONTACT = "contact"
    GP = "gp"
    PERSONNEL = "personnel"


class Answer(StrEnum):
    """What became of a practice's wish to take a patient on."""

    YES = "yes"
    NO = "no"
    TAKEN_BACK = "taken-back"


class Language(StrEnum):
    """The languages the product is complete in."""

    NB = "nb"
    NN = "nn"
    EN = "en"


OFFICE_ROLES = (Role.PRACTITIONER, Role.NURSE, Role.STAFF)
# Who can sign in at an office: also somebody who helps with the technical, and sees no patient.
MEMBER_ROLES = (*OFFICE_ROLES, Role.SUPPORT)

PROFESSION_OF: dict[Role, Profession] = {
    Role.PRACTITIONER: Profession.DOCTOR,
    Role.NURSE: Profession.NURSE,
}

# Who follows up the log reads what all the others have done: it is somebody by name, never a role
# (R217, R220).
OF_NAMED_PEOPLE = frozenset({Duty.REVIEW_ACCESS})
OF_ROLES = tuple(duty for duty in Duty if duty not in OF_NAMED_PEOPLE)

BUILT_IN_DUTIES: dict[Role, frozenset[Duty]] = {
    Role.PRACTITIONER: frozenset(OF_ROLES),
    Role.NURSE: frozenset(),
    Role.STAFF: frozenset({Duty.MANAGE_OFFICE}),
}


def duties(role: Role, delegated: frozenset[Duty]) -> frozenset[Duty]:
    """What somebody in this role may do: what the role brings, and what the office has handed to
    it.
    """
    return BUILT_IN_DUTIES.get(role, frozenset()) | delegated


GIVEN_BY: dict[Side, frozenset[ProxyKind]] = {
    Side.PATIENT: frozenset({ProxyKind.MANDATE}),
    Side.PRACTICE: frozenset({ProxyKind.PARENT, ProxyKind.GUARDIAN}),
    Side.PLATFORM: frozenset(ProxyKind),
}


def may_give(kind: ProxyKind, side: Side) -> bool:
    """Whether this side may say that somebody acts for a patient in this way."""
    return kind in GIVEN_BY.get(side, frozenset())


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


__all__ = [
    "BUILT_IN_DUTIES",
    "FOLLOW",
    "GIVEN_AS",
    "GIVEN_BY",
    "MEMBER_ROLES",
    "NARROWED",
    "NEAR",
    "NEEDED",
    "OFFICE_ROLES",
    "OF_AGE",
    "OF_NAMED_PEOPLE",
    "OF_ROLES",
    "OWN_VOICE",
    "OWN_WAY_IN",
    "PROFESSION_OF",
    "REACH",
    "STOPS_WRITING",
    "TEXT_VERSION",
    "Answer",
    "Basis",
    "Channel",
    "Consent",
    "EndReason",
    "Follow",
    "Given",
    "GivenAs",
    "GuardianBasis",
    "Heard",
    "Hindrance",
    "Language",
    "LookReason",
    "Near",
    "NotificationKind",
    "Presence",
    "Profession",
    "ProxyKind",
    "Reach",
    "Register",
    "Relation",
    "Says",
    "Stage",
    "Stay",
    "Stop",
    "Ties",
    "WrongDays",
    "acts_as",
    "age",
    "areas_for",
    "basis",
    "birthday",
    "counts",
    "days_off",
    "duties",
    "ends_with_age",
    "is_young",
    "language_to_use",
    "last_day",
    "may_act_for",
    "may_appoint",
    "may_be_told",
    "may_consent",
    "may_decide_about",
    "may_give",
    "may_manage_list",
    "may_manage_office",
    "may_receive",
    "may_say_yes",
    "near",
    "own_areas",
    "phone_for",
    "presence",
    "recent",
    "same_family_name",
    "stage",
    "stay_of",
    "still_counts",
    "stop",
    "stops_writing",
    "without_clinical",
    "wrong_days",
]
