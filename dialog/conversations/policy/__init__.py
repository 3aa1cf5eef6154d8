"""Kinds, statuses and verbs; the table of turns; what a service may vary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialog.actor import ALL_AREAS, Actor, Area, Duty, Role, Side
from dialog.conversations.policy.words import (
    SERVICES,
    UNANSWERED,
    Feature,
    FollowUpReason,
    Kind,
    Outcome,
    PatientReply,
    Status,
    Topic,
    Verb,
)
from dialog.errors import EndsItself, NotAllowed, WrongState
from dialog.people.policy import OF_NAMED_PEOPLE

P, Q, R, C = Status.WITH_PRACTICE, Status.WITH_PATIENT, Status.RESTING, Status.CLOSED
BY_PATIENT, BY_PRACTICE, BY_PLATFORM = Side.PATIENT, Side.PRACTICE, Side.PLATFORM

TURNS: Mapping[tuple[Status, Verb, Side], Status] = {
    (P, Verb.REPLY, BY_PATIENT): P,
    (P, Verb.REPLY, BY_PRACTICE): Q,
    (P, Verb.CLOSE, BY_PRACTICE): C,
    (P, Verb.REDIRECT, BY_PRACTICE): C,
    (P, Verb.WITHDRAW, BY_PATIENT): C,
    (P, Verb.REST, BY_PRACTICE): R,
    (P, Verb.MOVE, BY_PATIENT): P,
    (P, Verb.MOVE, BY_PRACTICE): R,
    (P, Verb.CANCEL, BY_PATIENT): C,
    (P, Verb.CANCEL, BY_PRACTICE): C,
    (P, Verb.EXPIRE, BY_PLATFORM): C,
    (Q, Verb.REPLY, BY_PATIENT): P,
    (Q, Verb.REPLY, BY_PRACTICE): Q,
    (Q, Verb.CLOSE, BY_PRACTICE): C,
    (Q, Verb.REST, BY_PRACTICE): R,
    (Q, Verb.REST, BY_PATIENT): R,
    (Q, Verb.MOVE, BY_PATIENT): P,
    (Q, Verb.MOVE, BY_PRACTICE): Q,
    (Q, Verb.CANCEL, BY_PATIENT): C,
    (Q, Verb.CANCEL, BY_PRACTICE): C,
    (Q, Verb.EXPIRE, BY_PLATFORM): C,
    (Q, Verb.RECALL, BY_PRACTICE): P,
    (R, Verb.REPLY, BY_PATIENT): P,
    (R, Verb.REPLY, BY_PRACTICE): Q,
    (R, Verb.REST, BY_PRACTICE): R,
    (R, Verb.REST, BY_PATIENT): R,
    (R, Verb.MOVE, BY_PATIENT): R,
    (R, Verb.MOVE, BY_PRACTICE): R,
    (R, Verb.CANCEL, BY_PATIENT): C,
    (R, Verb.CANCEL, BY_PRACTICE): C,
    (R, Verb.CLOSE, BY_PRACTICE): C,
    (R, Verb.EXPIRE, BY_PLATFORM): C,
    (R, Verb.RECALL, BY_PRACTICE): P,
    (P, Verb.TAKE_ALONG, BY_PATIENT): C,
    (Q, Verb.TAKE_ALONG, BY_PATIENT): C,
    (R, Verb.TAKE_ALONG, BY_PATIENT): C,
}

A_WORD_MORE = 200  # characters beside what is carried along
ENDINGS = frozenset({Verb.CLOSE, Verb.REDIRECT, Verb.WITHDRAW, Verb.REST})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePolicy:
    """What a service may vary, and nothing else.

    ``answer_days`` are working days; ``longest`` is characters in one message; ``goes_along``
    says that a patient may take it along to a new GP while it is open, and ``stays_once_opened``
    that it is then finished where it was opened. ``own_endings`` are those that the service's own
    actions alone may bring about, for it has facts of its own that say when it is over, or need
    not be thought of for now. ``told_elsewhere``: the record system of an office that works in one
    hears of it.
    """

    kind: Kind
    answered_by: frozenset[Role]
    owner: Role
    practice_may_start: bool
    patient_reply: PatientReply
    charged: bool
    answer_days: int
    longest: int
    attachments: bool
    seen_by: frozenset[Role] = frozenset({Role.PRACTITIONER, Role.NURSE, Role.STAFF})
    seen_with: Duty | None = None
    answered_with: Duty | None = None
    own_list_only: bool = False
    own_endings: frozenset[Verb] = frozenset()
    topics: tuple[Topic, ...] = ()
    office_topics: tuple[Topic, ...] = ()
    redirects_to: frozenset[Kind] = field(default_factory=lambda: frozenset(SERVICES))
    goes_along: bool = False
    stays_once_opened: bool = False
    told_elsewhere: bool = True


_policies: dict[Kind, ServicePolicy] = {}


def offer(policy: ServicePolicy) -> ServicePolicy:
    """Make a service known to the core; each service's policy does so once."""
    _policies[policy.kind] = policy
    return policy


def policy_of(kind: str) -> ServicePolicy:
    """What this service varies."""
    return _policies[Kind(kind)]


def turn(kind: str, status: str, verb: Verb, by: Actor) -> Status:
    """Whose turn it is after the verb; WrongState when it cannot be done now, NotAllowed when not
    by you.
    """
    if by.side is Side.PRACTICE and verb is not Verb.CANCEL and not may_answer(kind, by):
        raise NotAllowed
    after = TURNS.get((Status(status), verb, by.side))
    if after is None:
        raise WrongState
    return after


def possible(kind: str, status: str, verb: Verb, by: Actor) -> bool:
    """Whether this actor could do this now; what a page shows a button for."""
    if by.side is Side.PRACTICE and verb is not Verb.CANCEL and not may_answer(kind, by):
        return False
    if verb in policy_of(kind).own_endings:
        return False
    return in_turn(status, verb, by)


def in_turn(status: str, verb: Verb, by: Actor) -> bool:
    """Whether the table of turns has it, whoever brings it about."""
    return (Status(status), verb, by.side) in TURNS


def must_end_so(kind: str, verb: Verb) -> None:
    """Refuse to end from outside what ends by itself: an appointment is cancelled, and a renewal
    is over when each line has been decided. Nor is it set aside from outside, for then somebody
    may wait for an answer whose day nobody sees (R80).
    """
    if verb in policy_of(kind).own_endings:
        raise EndsItself


def room(longest: int, carried: int) -> int:
    """How many characters a text has room for: what is carried along is never too long (R51)."""
    return max(longest, carried + A_WORD_MORE) if carried else longest


def may_answer(kind: str, by: Actor) -> bool:
    """Whether somebody at the practice answers this service: by role, or because the office says
    so.
    """
    service = policy_of(kind)
    if by.role in service.answered_by:
        return True
    return service.answered_with is not None and by.may(service.answered_with)


def by_name(kind: str) -> bool:
    """Whether nobody at the practice sees it but those who are named for it."""
    return policy_of(kind).seen_with in OF_NAMED_PEOPLE


def areas_needed(kind: str) -> frozenset[Area]:
    """What whoever acts for another must act in: the service's own area, or else everything."""
    return frozenset({Area(kind)}) if kind in SERVICES else ALL_AREAS


def may_keep_from_parents(by: Actor) -> bool:
    """Whether somebody may hide a young patient's matter from the parents: a clinician does."""
    return by.role in (Role.PRACTITIONER, Role.NURSE)


def sees_all(kind: str, by: Actor) -> bool:
    """Whether somebody at the practice sees every conversation of this kind there."""
    service = policy_of(kind)
    if service.seen_with is not None and by.role not in service.seen_by:
        return by.may(service.seen_with)
    return by.role in service.seen_by and not service.own_list_only


def sees_own_lists(kind: str, by: Actor) -> bool:
    """Whether somebody sees conversations of this kind on the lists they look after (R137)."""
    return policy_of(kind).own_list_only and by.role is Role.PRACTITIONER


def may_withdraw(status: str, *, opened: bool) -> bool:
    """A patient may take it back until the practice has opened it (R129)."""
    return status == Status.WITH_PRACTICE and not opened


def may_take_along(kind: str, status: str, *, opened: bool) -> bool:
    """Whether a patient with a new GP may go on there with what is open at the old one (R191);
    not when the old one has begun on what only they can end.
    """
    service = policy_of(kind)
    begun = opened and service.stays_once_opened
    return status != Status.CLOSED and service.goes_along and not begun


def patient_may_write(kind: str, status: str, *, reply_allowed: bool) -> bool:
    """Whether the patient may add words now."""
    if not reply_allowed or status == Status.CLOSED:
        return False
    if policy_of(kind).patient_reply is PatientReply.IF_ASKED:
        return status == Status.WITH_PATIENT
    return True


__all__ = [
    "A_WORD_MORE",
    "ENDINGS",
    "SERVICES",
    "TURNS",
    "UNANSWERED",
    "Feature",
    "FollowUpReason",
    "Kind",
    "Outcome",
    "PatientReply",
    "ServicePolicy",
    "Status",
    "Topic",
    "Verb",
    "areas_needed",
    "by_name",
    "in_turn",
    "may_answer",
    "may_keep_from_parents",
    "may_take_along",
    "may_withdraw",
    "must_end_so",
    "offer",
    "patient_may_write",
    "policy_of",
    "possible",
    "room",
    "sees_all",
    "sees_own_lists",
    "turn",
]
