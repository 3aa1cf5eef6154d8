"""Spør om dette oppslaget: a patient asks those who follow up the log (R219)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dialog.actor import Actor, Role
from dialog.conversations import actions as conversations
from dialog.conversations import texts
from dialog.errors import InvalidInput, NotAllowed, WrongState, constraints
from dialog.ledger.actions import record
from dialog.oversight import queries
from dialog.oversight.events import LookQuestioned
from dialog.oversight.log_words import who
from dialog.oversight.models import LogQuestion
from dialog.oversight.policy import LOG_QUESTION, LONGEST_QUESTION
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import keep
from dialog.ui import dates

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@action
def question_look(*, by: Actor, line_id: int, words: str = "") -> "Conversation":
    """Ask the office about a look in the log; only those who follow up the log there read it.

    What a patient asks is kept from whoever acts for them: it may be their look.
    """
    line = queries.line_of_mine(by, line_id)
    if not line.may_ask:
        raise NotAllowed
    if len(words) > LONGEST_QUESTION:
        raise InvalidInput(_("Skriv kortere, høyst 1000 tegn."), field="words")
    owner = people.last_list_at(by.patient, line.practice_id or 0)
    if owner is None or owner.office.closed:
        raise WrongState(
            _("Legekontoret tar ikke imot spørsmål her lenger. Spør en av dem som står nedenfor.")
        )
    asked = conversations.start(
        by=by,
        kind=LOG_QUESTION.kind,
        patient_id=by.patient,
        text=_text(line, words.strip()),
        offered_by=owner,
        reserved=by.role is Role.PATIENT,
    )
    with constraints(log_question_once=WrongState):
        keep(
            LogQuestion(
                conversation_id=asked.id,
                practice_id=asked.practice_id,
                entry_id=line.id,
                asked_by_id=by.account,
                looked_id=line.account_id,
            )
        )
    record(
        by,
        LookQuestioned(
            entry_id=line.id,
            patient_id=asked.patient_id,
            practice_id=asked.practice_id,
            conversation_id=asked.id,
        ),
    )
    return asked


def _text(line: queries.AccessLine, words: str) -> str:
    """The line as the patient reads it, and what they wrote; so that it says itself what it is
    about, on paper too.
    """
    matter = f" ({texts.MATTER[line.matter]})" if line.matter else ""
    said = [
        _("Jeg lurer på dette oppslaget:"),
        f"{line.what}{matter}",
        who(line.role, line.name, line.office),
        dates.moment(line.at),
    ]
    return "\n".join([*said, *(["", words] if words else [])])
