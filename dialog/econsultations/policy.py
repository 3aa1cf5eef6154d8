"""Start e-konsultasjon: medical advice in writing, by a practitioner, with consent to the
charge.
"""

import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum

from dialog.actor import Actor, Duty, Role, Side
from dialog.conversations.policy import (
    ENDINGS,
    Kind,
    Outcome,
    PatientReply,
    ServicePolicy,
    Topic,
    may_answer,
    offer,
)
from dialog.errors import NotAllowed, WrongState

ECONSULTATION = offer(
    ServicePolicy(
        kind=Kind.ECONSULTATION,
        answered_by=frozenset({Role.PRACTITIONER}),
        owner=Role.PRACTITIONER,
        practice_may_start=True,
        patient_reply=PatientReply.FREE,
        charged=True,
        answer_days=5,
        longest=5000,
        attachments=True,
        seen_by=frozenset({Role.PRACTITIONER}),
        seen_with=Duty.SEE_ECONSULTATIONS,
        answered_with=Duty.ANSWER_ECONSULTATIONS,
        own_list_only=True,
        own_endings=ENDINGS,
        goes_along=True,
        stays_once_opened=True,
        topics=(
            Topic.SICK_NOTE,
            Topic.KNOWN_PROBLEM,
            Topic.FOLLOW_UP,
            Topic.TEST_RESULT,
            Topic.MEDICINE,
            Topic.NEW_PROBLEM,
        ),
        office_topics=(
            Topic.TEST_RESULT,
            Topic.FOLLOW_UP,
            Topic.QUESTION,
            Topic.CALL_IN,
            Topic.FORM,
            Topic.TASK,
        ),
    )
)

FREE_SERVICES = frozenset({Kind.RENEWAL, Kind.ENQUIRY})

LONGEST_CARD_FIELD = 600
LONGEST_TEMPLATE = 2000
LONGEST_TITLE = 60


class EConsultationStatus(StrEnum):
    """How far it has come: who has taken responsibility, and how it ended."""

    REQUESTED = "requested"
    BEGUN = "begun"
    COMPLETED = "completed"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves an e-consultation on."""

    BEGIN = "begin"
    COMPLETE = "complete"
    REFER = "refer"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    MISFILE = "misfile"


class Reply(StrEnum):
    """What the patient may do with what the practice wrote first."""

    FREE = "free"
    NONE = "none"
    CHARGED = "charged"


class TemplateKind(StrEnum):
    """Where a text template belongs."""

    ANSWER = "answer"
    ASK = "ask"
    DECLINE = "decline"
    REFER = "refer"
    WHAT_WE_THINK = "what_we_think"
    WHAT_YOU_DO = "what_you_do"
    WHEN_AND_WHERE = "when_and_where_to_contact"
    WHO_FOLLOWS_UP = "who_follows_up_by_when"


CARD_FIELDS = (
    TemplateKind.WHAT_WE_THINK,
    TemplateKind.WHAT_YOU_DO,
    TemplateKind.WHEN_AND_WHERE,
    TemplateKind.WHO_FOLLOWS_UP,
)

OPEN = (EConsultationStatus.REQUESTED, EConsultationStatus.BEGUN)

STEPS: Mapping[tuple[EConsultationStatus, Step, Side], EConsultationStatus] = {
    (EConsultationStatus.REQUESTED, Step.BEGIN, Side.PRACTICE): EConsultationStatus.BEGUN,
    (EConsultationStatus.REQUESTED, Step.COMPLETE, Side.PRACTICE): EConsultationStatus.COMPLETED,
    (EConsultationStatus.REQUESTED, Step.REFER, Side.PRACTICE): EConsultationStatus.REFERRED,
    (EConsultationStatus.REQUESTED, Step.DECLINE, Side.PRACTICE): EConsultationStatus.DECLINED,
    (EConsultationStatus.REQUESTED, Step.WITHDRAW, Side.PATIENT): EConsultationStatus.WITHDRAWN,
    (EConsultationStatus.REQUESTED, Step.MISFILE, Side.PRACTICE): EConsultationStatus.WITHDRAWN,
    (EConsultationStatus.BEGUN, Step.COMPLETE, Side.PRACTICE): EConsultationStatus.COMPLETED,
    (EConsultationStatus.BEGUN, Step.REFER, Side.PRACTICE): EConsultationStatus.REFERRED,
    (EConsultationStatus.BEGUN, Step.DECLINE, Side.PRACTICE): EConsultationStatus.DECLINED,
    (EConsultationStatus.BEGUN, Step.MISFILE, Side.PRACTICE): EConsultationStatus.WITHDRAWN,
}

# The doctor judges whether what is written suffices (R136): a role the office has handed the
# answering to may answer, ask, decline and refer, but neither take responsibility nor conclude.
BY_PRACTITIONER_ONLY = frozenset({Step.BEGIN, Step.COMPLETE})

# When the platform ended the conversation, this is what it meant here; such an end never has a
# charge.
ENDED_AS: Mapping[Outcome, EConsultationStatus] = {
    Outcome.ANSWERED: EConsultationStatus.COMPLETED,
    Outcome.DECLINED: EConsultationStatus.DECLINED,
    Outcome.REDIRECTED: EConsultationStatus.REFERRED,
    Outcome.WITHDRAWN: EConsultationStatus.WITHDRAWN,
    Outcome.EXPIRED: EConsultationStatus.COMPLETED,
}

# The evening tariff is used by offices from 16 (requirements R130, sources L2, L4, L16).
DAY_BEGINS = time(8, 0)
EVENING_BEGINS = time(16, 0)

PLACEHOLDERS = ("fornavn", "navn", "lege", "legekontor", "telefon", "dato")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def after(status: str, step: Step, by: Actor) -> EConsultationStatus:
    """How far it has come after the step; WrongState when it cannot be done now, NotAllowed when
    not by you.
    """
    if by.side is Side.PRACTICE and not may(step, by):
        raise NotAllowed
    moved = STEPS.get((EConsultationStatus(status), step, by.side))
    if moved is None:
        raise WrongState
    return moved


def may(step: Step, by: Actor) -> bool:
    """Whether somebody at the practice may take this step at all."""
    if step in BY_PRACTITIONER_ONLY:
        return by.role is Role.PRACTITIONER
    return may_answer(Kind.ECONSULTATION, by)


def possible(status: str, step: Step, by: Actor) -> bool:
    """Whether this actor could take the step now; what a page shows a button for."""
    if by.side is Side.PRACTICE and not may(step, by):
        return False
    return (EConsultationStatus(status), step, by.side) in STEPS


def status_now(status: str, outcome: str) -> EConsultationStatus:
    """How far it has come, also when the conversation was ended without us."""
    own = EConsultationStatus(status)
    if own in OPEN and outcome:
        return ENDED_AS[Outcome(outcome)]
    return own


def is_evening(clock: time, *, working_day: bool) -> bool:
    """Whether an answer at this time of the Norwegian day goes by the evening tariff."""
    return not working_day or clock < DAY_BEGINS or clock >= EVENING_BEGINS


def charge(*, accepted: int | None, price: int, waived: bool = False) -> int:
    """What the patient pays for a completed one: never more than was said yes to (R131)."""
    if accepted is None or waived:
        return 0
    return min(accepted, price)


def fill(text: str, words: Mapping[str, str]) -> str:
    """A template with its placeholders filled in; what is not known stays to be seen."""
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)


def unknown_placeholders(text: str) -> list[str]:
    """The placeholders of a template that nobody can fill in."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
