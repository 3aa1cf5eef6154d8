"""Telling those affected: in the portal, on paper, or in another way that the office writes down
(article 34).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.breaches import queries
from dialog.breaches.actions.about import must_be_words, must_fit, must_have_been
from dialog.breaches.actions.affected import must_be_open
from dialog.breaches.events import AffectedTold
from dialog.breaches.models import Affected
from dialog.breaches.policy import LONGEST_LETTER, TOLD_OTHERWISE, Told
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind, Topic
from dialog.errors import InvalidInput, WrongState
from dialog.ledger.actions import record
from dialog.people import policy as ages
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import change


@dataclass(frozen=True, slots=True)
class Sent:
    """How many got a message in the portal, for how many there is a letter to print, and how many
    are left to be told by the office itself.
    """

    portal: int
    letters: int
    left: int


@action
def send_letters(
    *, by: Actor, breach_id: UUID, words: Mapping[str, str], keep_from_parents: bool = False
) -> Sent:
    """Tell everybody affected whom nobody has told: each in their language, in the portal when they
    read there, and else as a letter to print.

    ``keep_from_parents``: those under sixteen get it for themselves alone, or not from here.
    """
    breach = queries.breach_for(by, breach_id, lock=True)
    must_be_open(breach)
    waiting = [one for one in queries.known_affected(breach) if not one.told_how]
    if not waiting:
        raise WrongState(_("Alle de berørte er fortalt om det."))
    many = dict.fromkeys((Told.PORTAL, Told.LETTER, None), 0)
    for one in waiting:
        patient = people.patient_by_id(one.patient_id)
        text = must_be_words(
            words.get(patient.language, ""), f"words_{patient.language}", LONGEST_LETTER
        )
        reserved = keep_from_parents and ages.is_young(patient.born, people.today())
        how = _way(by, patient, reserved=reserved)
        if how is not None:
            _tell(by, one, how, text, reserved=reserved)
        many[how] += 1
    return Sent(many[Told.PORTAL], many[Told.LETTER], many[None])


def _way(by: Actor, patient: people.Person, *, reserved: bool) -> Told | None:
    """What somebody young is to have alone is not put in an envelope their parents open."""
    if reserved and not patient.has_account:
        return None
    if queries.reachable(by, patient):
        return Told.PORTAL
    return None if reserved else Told.LETTER


def _tell(by: Actor, one: Affected, how: Told, text: str, *, reserved: bool) -> None:
    if how is Told.PORTAL:
        conversation = conversations.start(
            by=by,
            kind=Kind.ENQUIRY,
            patient_id=one.patient_id,
            topic=Topic.INFORMATION,
            text=text,
            longest=LONGEST_LETTER,
            reply_allowed=False,
            important=True,
            owner_id=by.account_id,
            reserved=reserved,
            written_first=True,
        )
        one.told_in = conversation
    _told(by, one, how, text, timezone.now())


@action
def note_told(
    *,
    by: Actor,
    breach_id: UUID,
    affected_id: UUID,
    how: Told,
    told_at: datetime,
    text: str = "",
) -> None:
    """Write down that somebody was told in another way, or need not be and why (article 34 (3))."""
    one = queries.affected_for(by, breach_id, affected_id)
    must_be_open(one.breach)
    if how not in TOLD_OTHERWISE:
        raise InvalidInput(field="how")
    if one.told_how:
        raise WrongState(_("Det står alt at pasienten er fortalt om det."))
    must_have_been(told_at, "told_on")
    if how is Told.EXEMPT and not text.strip():
        raise InvalidInput(_("Skriv hvorfor pasienten ikke trenger å få vite det."), field="text")
    _told(by, one, how, must_fit(text, "text"), told_at)


def _told(by: Actor, one: Affected, how: Told, text: str, at: datetime) -> None:
    one.told_how, one.told_at, one.letter = how, at, text
    one.told_by_id, one.told_by_name = by.account, by.name
    change(one, "told_how", "told_at", "told_by", "told_by_name", "letter", "told_in")
    record(
        by,
        AffectedTold(
            breach_id=one.breach_id,
            affected_id=one.id,
            told_how=how,
            patient_id=one.patient_id,
            practice_id=one.practice_id,
            conversation_id=one.told_in_id,
        ),
    )
