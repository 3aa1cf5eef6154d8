"""What is known of a question about a look, for those who asked and those who answer."""

from dataclasses import dataclass
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.oversight.models import LogQuestion
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Those at an office who read what is asked about a look; ``themselves``: whoever looked is
    one of them, ``alone`` the only one.
    """

    names: tuple[str, ...]
    themselves: bool
    alone: bool


def readers_of(practice_id: int, looked_id: int | None) -> Readers:
    """Who would read a question about a look of somebody's, for a patient of the office."""
    found = people.reviewers_at(practice_id)
    return Readers(
        names=tuple(one.name for one in found),
        themselves=any(one.account_id == looked_id for one in found),
        alone=[one.account_id for one in found] == [looked_id],
    )


def readers_in(by: Actor, conversation_id: UUID) -> Readers:
    """Who reads a question of the patient's that has been asked."""
    question = LogQuestion.objects.filter(conversation_id=conversation_id).first()
    if by.side is not Side.PATIENT or question is None:
        raise NotFound
    return readers_of(question.practice_id, question.looked_id)


def who_looked(by: Actor, conversation_id: UUID) -> people.Worker | None:
    """Whose look was asked about, for those at the office who answer."""
    question = LogQuestion.objects.filter(
        conversation_id=conversation_id, practice_id=by.practice
    ).first()
    if question is None:
        raise NotFound
    return next((one for one in people.workers(by) if one.account_id == question.looked_id), None)
