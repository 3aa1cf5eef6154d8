"""Forny resept: what may be renewed, who prepares and who signs, and the states of a line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dialog.actor import Actor, Duty, Role, Side
from dialog.conversations.policy import ENDINGS, Kind, PatientReply, ServicePolicy, Verb, offer
from dialog.errors import NotAllowed, WrongState
from dialog.people.policy import NARROWED, OWN_VOICE, age

RENEWAL = offer(
    ServicePolicy(
        kind=Kind.RENEWAL,
        answered_by=frozenset({Role.PRACTITIONER, Role.NURSE, Role.STAFF}),
        owner=Role.PRACTITIONER,
        practice_may_start=False,
        patient_reply=PatientReply.IF_ASKED,
        charged=False,
        answer_days=3,
        longest=1000,
        attachments=False,
        own_endings=ENDINGS - {Verb.WITHDRAW},
        goes_along=True,
    )
)

LOOKED_BACK = timedelta(days=365)
JUST_RENEWED = timedelta(days=30)
LONGEST_COMMENT = 500
LONGEST_NAME = 200
MOST_LINES = 30
MOST_EARLIER = 5
ATC = re.compile(r"[A-V](\d\d([A-Z]([A-Z](\d\d)?)?)?)?", re.ASCII)


class Group(StrEnum):
    """The prescription group; A and B can be habit-forming. Supplies and food have none."""

    A = "a"
    B = "b"
    C = "c"
    F = "f"
    NONE = "none"


class Source(StrEnum):
    """Where the practice has a prescription from."""

    ENTERED = "entered"
    IMPORTED = "imported"
    REGISTER = "register"


class PickUp(StrEnum):
    """How the patient wants what is renewed."""

    PHARMACY = "pharmacy"
    MULTIDOSE = "multidose"
    OFFICE = "office"


class ItemStatus(StrEnum):
    """How far one line has come."""

    REQUESTED = "requested"
    PREPARED = "prepared"
    RENEWED = "renewed"
    DECLINED = "declined"
    CONSULTATION_NEEDED = "consultation-needed"


class ItemVerb(StrEnum):
    """What can be done to a line."""

    PREPARE = "prepare"
    RENEW = "renew"
    DECLINE = "decline"
    CALL_IN = "call-in"


class Reason(StrEnum):
    """Why a line was not renewed, from a short list (R111)."""

    NONE = ""
    STILL_VALID = "still-valid"
    STOPPED = "stopped"
    CHANGED = "changed"
    ANOTHER_DOCTOR = "another-doctor"
    NOT_PRESCRIBED = "not-prescribed"
    NOT_HERE = "not-here"
    CONTROL_DUE = "control-due"
    TESTS_DUE = "tests-due"
    HABIT_FORMING = "habit-forming"
    LONG_AGO = "long-ago"
    OTHER = "other"


class Step(StrEnum):
    """What the patient can do next."""

    NOTHING = ""
    PHARMACY = "pharmacy"
    OTHER_DOCTOR = "other-doctor"
    BOOK = "book"
    CONSULT = "consult"
    CALL = "call"


ITEM_TURNS: Mapping[tuple[ItemStatus, ItemVerb], ItemStatus] = {
    (ItemStatus.REQUESTED, ItemVerb.PREPARE): ItemStatus.PREPARED,
    **{
        (before, verb): after
        for before in (ItemStatus.REQUESTED, ItemStatus.PREPARED)
        for verb, after in (
            (ItemVerb.RENEW, ItemStatus.RENEWED),
            (ItemVerb.DECLINE, ItemStatus.DECLINED),
            (ItemVerb.CALL_IN, ItemStatus.CONSULTATION_NEEDED),
        )
    },
}
OPEN = frozenset({ItemStatus.REQUESTED, ItemStatus.PREPARED})

REASONS: Mapping[ItemVerb, tuple[Reason, ...]] = {
    ItemVerb.RENEW: (Reason.NONE,),
    ItemVerb.DECLINE: (
        Reason.STILL_VALID,
        Reason.STOPPED,
        Reason.CHANGED,
        Reason.ANOTHER_DOCTOR,
        Reason.NOT_PRESCRIBED,
        Reason.NOT_HERE,
        Reason.OTHER,
    ),
    ItemVerb.CALL_IN: (
        Reason.CONTROL_DUE,
        Reason.TESTS_DUE,
        Reason.HABIT_FORMING,
        Reason.LONG_AGO,
        Reason.OTHER,
    ),
}
NEXT_STEPS: Mapping[Reason, Step] = {
    Reason.STILL_VALID: Step.PHARMACY,
    Reason.STOPPED: Step.BOOK,
    Reason.CHANGED: Step.BOOK,
    Reason.ANOTHER_DOCTOR: Step.OTHER_DOCTOR,
    Reason.NOT_PRESCRIBED: Step.BOOK,
    Reason.NOT_HERE: Step.CALL,
    Reason.OTHER: Step.CALL,
}


class Hint(StrEnum):
    """What the patient is told about a prescription before asking."""

    NONE = ""
    HABIT_FORMING = "habit-forming"
    CONSULTATION_FIRST = "consultation-first"
    CONTROL_DUE = "control-due"
    STILL_VALID = "still-valid"
    JUST_RENEWED = "just-renewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of a prescription; None where the practice does not know."""

    group: Group
    repeats: int | None
    valid_until: date | None
    control_by: date | None = None
    renewed_on: date | None = None
    consultation_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an office has decided for itself (R105, R109).

    ``consultation_first`` holds ATC codes, or their beginnings, that are not renewed without one;
    ``by_parents`` whether parents of twelve- to fifteen-year-olds may ask.
    """

    consultation_first: tuple[str, ...] = ()
    by_parents: bool = True

    def asks_for_consultation(self, atc: str) -> bool:
        """Whether a medicine with this code needs a consultation here."""
        return bool(atc) and atc.startswith(self.consultation_first)


def turn(status: ItemStatus, verb: ItemVerb, by: Actor) -> ItemStatus:
    """How far a line has come after the verb; NotAllowed when not by you, WrongState when too
    late.
    """
    if not (may_prepare(by) if verb is ItemVerb.PREPARE else may_sign(by)):
        raise NotAllowed
    after = ITEM_TURNS.get((status, verb))
    if after is None:
        raise WrongState
    return after


def may_prepare(by: Actor) -> bool:
    """Whether this actor makes lines ready for the doctor: a role the office has chosen (R108)."""
    return by.side is Side.PRACTICE and by.may(Duty.PREPARE_RENEWALS)


def may_sign(by: Actor) -> bool:
    """Whether this actor decides: a doctor, who may also do it without anybody preparing."""
    return by.role is Role.PRACTITIONER and by.practitioner_id is not None


def may_keep_list(by: Actor) -> bool:
    """Whether this actor keeps a patient's list of prescriptions: everybody at the practice."""
    return by.side is Side.PRACTICE


def may_ask(left: Left) -> bool:
    """Whether it may be asked for at all: habit-forming ones need a consultation (R98), and what
    the office has decided (R109).
    """
    return left.group not in (Group.A, Group.B) and not left.consultation_first


def may_ask_for(by: Actor, *, born: date, on: date, rules: Rules) -> bool:
    """Whether this actor may ask on the patient's behalf; parents of the young where the office
    lets them (R105).
    """
    if by.role is not Role.PROXY or rules.by_parents:
        return True
    return not NARROWED <= age(born, on) < OWN_VOICE


def may_decide_rules(by: Actor) -> bool:
    """Whether this actor decides what is renewed without a consultation: doctors do."""
    return may_sign(by)


def is_recent(valid_until: date | None, on: date) -> bool:
    """Whether it is active, or was within the last twelve months (R94)."""
    return valid_until is None or valid_until >= on - LOOKED_BACK


def hint(left: Left, on: date) -> Hint:
    """The one thing the patient should know before asking, the weightiest first (R98, R101)."""
    if left.group in (Group.A, Group.B):
        return Hint.HABIT_FORMING
    if left.consultation_first:
        return Hint.CONSULTATION_FIRST
    if left.renewed_on is not None and on - left.renewed_on <= JUST_RENEWED:
        return Hint.JUST_RENEWED
    if left.repeats and (left.valid_until is None or left.valid_until >= on):
        return Hint.STILL_VALID
    if left.control_by is not None and left.control_by < on:
        return Hint.CONTROL_DUE
    return Hint.NONE
