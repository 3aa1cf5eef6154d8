"""Taking a whole matter home as a file (R133), or all that is one's own (R227)."""

from uuid import UUID

from dialog.actor import Actor, Side
from dialog.conversations import queries
from dialog.conversations.actions.about import about
from dialog.conversations.actions.turns import read
from dialog.conversations.events import CopyTaken, EverythingTaken, LogTaken
from dialog.errors import NotFound
from dialog.ledger.actions import record
from dialog.rows import action


@action
def take_copy(*, by: Actor, conversation_id: UUID) -> queries.Thread:
    """Take a copy of everything in a conversation; that it left the house is on the log, beside
    the look it is.
    """
    thread = read(by=by, conversation_id=conversation_id)
    conversation = queries.conversation_for(by, conversation_id)
    record(by, CopyTaken(side=by.side, **about(conversation)))
    return thread


@action
def take_everything(*, by: Actor) -> list[UUID]:
    """Take a copy of every conversation one may see, and of the log; the oldest first.

    It is one line on the log, about the patient as a whole. Nothing counts as opened by it: what
    waits to be read waits still, and is reminded of.
    """
    _must_be_the_patients(by)
    record(by, EverythingTaken(patient_id=by.patient))
    return queries.mine_in_order(by)


@action
def take_log(*, by: Actor) -> None:
    """Take a copy of who has seen and done what."""
    _must_be_the_patients(by)
    record(by, LogTaken(patient_id=by.patient))


def _must_be_the_patients(by: Actor) -> None:
    if by.side is not Side.PATIENT or by.patient_id is None:
        raise NotFound
