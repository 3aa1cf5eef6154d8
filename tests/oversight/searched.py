"""Something to find in the log, as several tests begin."""

from dialog import rows
from dialog.actor import Role
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.who import NAMES, number
from dialog.ledger.models import Entry
from dialog.oversight import actions, queries
from dialog.oversight.actions import Asked
from dialog.oversight.policy import Purpose
from dialog.people import actions as people
from dialog.people.queries import patient_actor
from tests.people.on_lists import list_of

SAMPLE = Asked(purpose=Purpose.SAMPLE)


def at_work(by):
    return rows.seeing(account=by.account_id, practice=by.practice_id)


def entries(by, kind):
    with at_work(by):
        return list(Entry.objects.filter(kind=kind).order_by("id"))


def question(patient):
    return conversations.start(
        by=patient, kind=Kind.ENQUIRY, patient_id=patient.patient, text="Når åpner dere?"
    )


def looked(by, patient):
    """Somebody at the office opens what a patient has asked."""
    matter = question(patient)
    conversations.read(by=by, conversation_id=matter.id)
    return matter


def as_a_patient(cast, who):
    """Somebody who works at Storgata and is on Dr Lund's list."""
    given_name, family_name = NAMES[who]
    people.take_on(
        by=cast.lund,
        list_id=list_of(cast.lund),
        identity_number=number(who),
        given_name=given_name,
        family_name=family_name,
    )
    account = getattr(cast, who).account
    with rows.seeing(account=account):
        people.say_yes(by=patient_actor(account))
        return patient_actor(account)


def seen(by):
    """What somebody sees, on whichever side."""
    return rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id)


def last_look(patient):
    """The last look that others than the patient have taken."""
    with seen(patient):
        found = queries.lines_of_mine(patient, queries.access_log(patient, looks=True, most=20))
    return next(one for one in found if one.role is not Role.PATIENT)


def asked_about(patient, *, words="", by=None):
    """A patient, or whoever acts for them, asks about the last look that others have taken."""
    by = by or patient
    return actions.question_look(by=by, line_id=last_look(by).id, words=words)


def lines(by, search, **how):
    with at_work(by):
        return queries.found(by, search, most=50, **how)
