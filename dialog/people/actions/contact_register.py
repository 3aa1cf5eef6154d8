"""What the contact register says of where patients are told things, and keeping to it (R36)."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.ledger.actions import record
from dialog.people import events
from dialog.people.contact_register import (
    MOST_AT_ONCE,
    Contacted,
    ContactRegister,
    contact_register,
)
from dialog.people.models import Patient, RegisteredContact
from dialog.people.policy import recent
from dialog.rows import action


def _ask(register: ContactRegister, patient_ids: Collection[int]) -> Mapping[int, Contacted]:
    """What the register says of these patients; no transaction need be open while it is asked."""
    with rows.seeing(scope="door"):
        found = Patient.objects.filter(id__in=list(patient_ids)[:MOST_AT_ONCE])
        numbers = {one.identity_number: one.id for one in found}
    return {numbers[one]: said for one, said in register.people(numbers).items()}


@action
def note_contact(*, by: Actor, patient_id: int, heard: Contacted) -> None:
    """Keep what the register says of where a patient is told things; it counts from now on."""
    with rows.seeing(scope="door"):
        known = RegisteredContact.objects.select_for_update().filter(patient_id=patient_id).first()
        before = _as_said(known) if known else Contacted()
        RegisteredContact.objects.update_or_create(
            patient_id=patient_id, defaults={**asdict(heard), "heard_at": timezone.now()}
        )
    if _what_counts(before) != _what_counts(heard):
        with rows.seeing(patient=patient_id):
            record(by, events.ContactDetailsChanged(patient_id=patient_id))


def _what_counts(said: Contacted) -> tuple[object, ...]:
    """All but when it was confirmed."""
    return said.registered, said.reserved, said.may_be_told, said.phone, said.email, said.language


def _as_said(known: RegisteredContact) -> Contacted:
    return Contacted(**{name: getattr(known, name) for name in asdict(Contacted())})


def hear_contact(patient_ids: Collection[int], *, at_most: timedelta) -> bool:
    """Ask about those of whom what was heard is older than this, and whether that was anybody;
    PortError when the register does not answer, and what is known stays as old as it is.
    """
    register = contact_register()
    if register is None:
        return False
    with rows.seeing(scope="door"):
        known = RegisteredContact.objects.filter(patient_id__in=patient_ids)
        heard_at = dict(known.values_list("patient_id", "heard_at"))
    now = timezone.now()
    aged = [one for one in patient_ids if not recent(heard_at.get(one), now, at_most=at_most)]
    for patient_id, heard in _ask(register, aged).items() if aged else ():
        note_contact(by=PLATFORM, patient_id=patient_id, heard=heard)
    return bool(aged)
