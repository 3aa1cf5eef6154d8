"""Kinds, statuses and verbs; the table of turns; what a service may vary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dialog.actor import Actor, Duty, Role, Side
from dialog.errors import EndsItself, NotAllowed, WrongState


class Kind(StrEnum):
    """The four services."""

    APPOINTMENT = "appointment"
    RENEWAL = "renewal"
    ECONSULTATION = "econsultation"
    ENQUIRY = "enquiry"


class Status(StrEnum):
    """Whose turn it is."""

    WITH_PRACTICE = "with-practice"
    WITH_PATIENT = "with-patient"
    RESTING = "resting"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How it ended."""

    ANSWERED = "answered"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Verb(StrEnum):
    """What can be done to a conversation."""

    REPLY = "reply"
    CLOSE = "close"
    REDIRECT = "redirect"
    WITHDRAW = "withdraw"
    REST = "rest"
    MOVE = "move"
    CANCEL = "cancel"
    EXPIRE = "expire"
    TAKE_ALONG = "take-along"
    RECALL = "recall"


class Feature(StrEnum):
    """What a doctor can switch on and off: the four services, and parts of each by itself."""

    APPOINTMENT = "appointment"
    DIRECT_BOOKING = "direct-booking"
    APPOINTMENT_YOUTH = "appointment-youth"
    RENEWAL = "renewal"
    RENEWAL_YOUTH = "renewal-youth"
    ECONSULTATION = "econsultation"
    ECONSULTATION_FILES = "econsultation-files"
    ECONSULTATION_YOUTH = "econsultation-youth"
    ENQUIRY = "enquiry"
    ENQUIRY_FILES = "enquiry-files"
    ENQUIRY_YOUTH = "enquiry-youth"
    OFFICE_REPLY = "office-reply"


class Topic(StrEnum):
    """What it is about, as far as a list may show it: never the patient's own words."""

    NONE = ""
    OPENING_HOURS = "opening-hours"
    INVOICE = "invoice"
    CERTIFICATE = "certificate"
    CHANGE_OF_APPOINTMENT = "change-of-appointment"
    LAB = "lab"
    ADDRESS = "address"
    FEE_COMPLAINT = "fee-complaint"
    OTHER = "other"
    SICK_NOTE = "sick-note"
    KNOWN_PROBLEM = "known-problem"
    NEW_PROBLEM = "new-problem"
    TEST_RESULT = "test-result"
    FOLLOW_UP = "follow-up"
    MEDICINE = "medicine"
    INFORMATION = "information"
    QUESTION = "question"
    CALL_IN = "call-in"
    FORM = "form"
    TASK = "task"


class FollowUpReason(StrEnum):
    """Why something waits for somebody at the practice."""

    AGREED = "agreed"
    NOT_READ = "not-read"
    NOT_DONE = "not-done"
    RIGHTS = "rights"


# The patient did not do what was asked: whoever lets it be says what was done instead.
UNANSWERED = frozenset({FollowUpReason.NOT_READ, FollowUpReason.NOT_DONE})


class PatientReply(StrEnum):
    """How freely the patient may write in a service."""

    FREE = "free"
    LIMITED = "limited"
    IF_ASKED = "if-asked"


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
    not be thought of for now.
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
    redirects_to: frozenset[Kind] = field(default_factory=lambda: frozenset(Kind))
    goes_along: bool = False
    stays_once_opened: bool = False


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


def may_keep_from_parents(by: Actor) -> bool:
    """Whether somebody may hide a young patient's matter from the parents: a clinician does."""
    return by.role in (Role.PRACTITIONER, Role.NURSE)


def sees_all(kind: str, by: Actor) -> bool:
    """Whether somebody at the practice sees every conversation of this kind there."""
    service = policy_of(kind)
    if service.seen_with is not None and by.role is not Role.PRACTITIONER:
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
