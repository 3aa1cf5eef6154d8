"""Spør om dette oppslaget: what a patient asks about a look, and who answers (R219)."""

from dialog.actor import ALL_AREAS, Actor, Duty, Role, Side
from dialog.conversations.policy import Kind, PatientReply, ServicePolicy, Verb, offer
from dialog.oversight.policy.looks import LOOKS

# Who looked may work there: those who follow up the log answer, and nobody else at the office sees
# that it was asked. It costs nothing, no doctor switches it off, and no record system hears of it.
LOG_QUESTION = offer(
    ServicePolicy(
        kind=Kind.LOG_QUESTION,
        answered_by=frozenset(),
        answered_with=Duty.REVIEW_ACCESS,
        seen_by=frozenset(),
        seen_with=Duty.REVIEW_ACCESS,
        owner=Role.PRACTITIONER,
        practice_may_start=False,
        patient_reply=PatientReply.FREE,
        charged=False,
        answer_days=5,
        longest=2000,
        attachments=False,
        own_endings=frozenset({Verb.REDIRECT}),
        redirects_to=frozenset(),
        told_elsewhere=False,
    )
)
LONGEST_QUESTION = 1000  # characters of the patient's own, beside the line itself


def may_be_asked_about(kind: str, role: str, *, at_an_office: bool) -> bool:
    """Whether a line is a look that somebody at an office has taken."""
    return kind in LOOKS and Role(role).side is Side.PRACTICE and at_an_office


def may_ask(by: Actor) -> bool:
    """The patient asks, however young; and whoever acts for them in everything."""
    if by.side is not Side.PATIENT:
        return False
    return by.role is Role.PATIENT or by.areas == ALL_AREAS
