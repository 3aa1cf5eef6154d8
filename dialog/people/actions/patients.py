"""Knowing a person as a patient, and how they are told things."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Role, Side
from dialog.errors import NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.actions.rights import must_be_patient_side, must_manage
from dialog.people.identity import identity_hash, sort_key
from dialog.people.models import (
    Account,
    NotificationChoice,
    Patient,
)
from dialog.people.policy import Language, NotificationKind
from dialog.rows import action


@action
def register_patient(
    *,
    by: Actor,
    identity_number: str,
    given_name: str,
    family_name: str,
    born: date,
    phone: str = "",
    email: str = "",
) -> Patient:
    """Know a person as a patient; somebody known already stays as they are."""
    must_manage(by)
    hashed = identity_hash(identity_number)
    with rows.at_the_door():
        patient, made = Patient.objects.get_or_create(
            identity_hash=hashed,
            defaults={
                "identity_number": identity_number,
                "given_name": given_name,
                "family_name": family_name,
                "sort_key": sort_key(family_name, given_name),
                "born": born,
                "phone": phone,
                "email": email,
                "account": Account.objects.filter(identity_hash=hashed).first(),
            },
        )
    if made:
        record(by, events.PatientRegistered(patient_id=patient.id, practice_id=by.practice_id))
    return patient


@action
def choose_notification(*, by: Actor, kind: NotificationKind, wanted: bool) -> None:
    """Switch a kind of SMS on or off for the patient (R34)."""
    must_be_patient_side(by)
    NotificationChoice.objects.update_or_create(
        patient_id=by.patient, kind=kind, defaults={"wanted": wanted}
    )
    record(
        by,
        events.NotificationChosen(patient_id=by.patient_id, notification=kind, wanted=wanted),
    )


@action
def choose_notifications(*, by: Actor, wanted: Collection[NotificationKind]) -> None:
    """Say which kinds of SMS the patient wants; the others are switched off (R34)."""
    must_be_patient_side(by)
    for kind, before in queries.wanted_notifications(by.patient).items():
        if before != (kind in wanted):
            choose_notification(by=by, kind=kind, wanted=not before)


@action
def change_contact_details(*, by: Actor, phone: str, email: str) -> None:
    """Change where the patient is told things, or stand by what is there (R37)."""
    must_be_patient_side(by)
    Patient.objects.filter(id=by.patient).update(
        phone=phone, email=email, contact_confirmed_at=timezone.now()
    )
    record(by, events.ContactDetailsChanged(patient_id=by.patient_id))


@action
def choose_language(*, by: Actor, language: Language) -> None:
    """Choose the language the person reads; a patient's SMS follow it."""
    Account.objects.filter(id=by.account).update(language=language)
    if by.role is Role.PATIENT and by.patient_id is not None:
        Patient.objects.filter(id=by.patient_id).update(
            language=language, language_chosen_at=timezone.now()
        )
        record(by, events.ContactDetailsChanged(patient_id=by.patient_id))


@action
def set_ceiling_card(*, by: Actor, patient_id: int, until: date | None) -> None:
    """Register that a patient has a ceiling card until a day, or has none (R165)."""
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    if not queries.on_a_list_here(by, patient_id):
        raise NotFound
    Patient.objects.filter(id=patient_id).update(ceiling_card_until=until)
    record(
        by,
        events.CeilingCardSet(patient_id=patient_id, practice_id=by.practice_id, until=until),
    )


@action
def look_up_patient(*, by: Actor, patient_uuid: UUID) -> queries.Person:
    """Open a patient's page at the practice; a look that the patient can read about."""
    found = queries.patient_for(by, patient_uuid)
    record(by, events.PatientLookedUp(patient_id=found.id, practice_id=by.practice_id))
    return found
