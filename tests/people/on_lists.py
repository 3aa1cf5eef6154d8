"""Patients coming to lists and being asked, as several tests begin."""

from datetime import date

from dialog import rows
from dialog.actor import PLATFORM, Consenting
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import number
from dialog.ledger.models import Entry
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.policy import ProxyKind


def list_of(actor):
    return next(iter(actor.list_ids))


def team_list(cast):
    with rows.seeing(practice=cast.siri.practice_id):
        lists = queries.lists_of_practice(cast.siri)
    return next(one.list_id for one in lists if one.practitioner_id is None)


def asked(cast):
    """Dr Berg's office has asked for Kari, who is Dr Lund's patient."""
    actions.take_on(
        by=cast.berg,
        list_id=list_of(cast.berg),
        identity_number=number("kari"),
        given_name="Kari",
        family_name="Nordmann",
    )
    with rows.seeing(patient=cast.kari.patient_id):
        return queries.gp_wishes(cast.kari)[0]


def kinds(**seen):
    with rows.seeing(**seen):
        return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def enquiry(by, **more):
    return conversations.start(
        by=by, kind=Kind.ENQUIRY, patient_id=by.patient, text="Når åpner dere?", **more
    )


def uuid_of(patient):
    with rows.seeing(patient=patient.patient_id):
        return queries.the_patient(patient).uuid


def young_patient(cast, *, years=14, consented=True):
    """Somebody of this age on Dr Lund's list, who has signed in by themselves; Kari is their mother
    while they are young, and has said yes to that.
    """
    day = queries.today()
    number_of_the_young = synthetic(date(day.year - years, 1, 1), 7)
    actions.take_on(
        by=cast.lund,
        list_id=list_of(cast.lund),
        identity_number=number_of_the_young,
        given_name="Ung",
        family_name="Nordmann",
    )
    account = actions.recognise(by=PLATFORM, identity_number=number_of_the_young)
    with rows.seeing(account=account.id):
        ung = queries.patient_actor(account.id)
    if consented and ung.young:
        mother = mother_of(cast, ung)
        actions.choose_own_access(by=mother, consented=True)
        actions.say_yes(by=mother)
    elif ung.consent is Consenting.MISSING:
        actions.say_yes(by=ung)
    with rows.seeing(account=account.id):
        return queries.patient_actor(account.id)


def mother_of(cast, ung):
    """Kari, acting for somebody young."""
    if not seen_as(cast.kari, ung):
        actions.grant_proxy(
            by=cast.siri,
            patient_id=ung.patient,
            account_id=cast.kari.account,
            kind=ProxyKind.PARENT,
        )
    return seen_as(cast.kari, ung)


def seen_as(actor, patient):
    """Somebody acting for a patient; None when they may not."""
    with rows.seeing(account=actor.account_id):
        return queries.patient_actor(actor.account_id, acting_for=uuid_of(patient))
