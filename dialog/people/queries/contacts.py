"""Whom to tell something, and how to reach them; for the platform's own use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialog import rows
from dialog.actor import Area
from dialog.people.models import Patient, Proxy
from dialog.people.policy import NotificationKind
from dialog.people.queries.actors import Right, reach
from dialog.people.queries.days import today
from dialog.people.queries.patients import wanted_notifications


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person's own phone, language and wishes, whichever practice they belong to."""

    patient_id: int
    phone: str
    language: str
    wanted: Mapping[NotificationKind, bool]


def contact(patient_id: int) -> Contact:
    """How one person wishes to be told."""
    with rows.seeing(patient=patient_id):
        person = Patient.objects.get(id=patient_id)
        return Contact(
            patient_id=person.id,
            phone=person.phone,
            language=person.language,
            wanted=wanted_notifications(person.id),
        )


def those_who_act_for(patient_id: int, area: Area | None = None) -> list[Contact]:
    """Parents and guardians who may act for a patient today, in this area, as themselves (R42)."""
    with rows.seeing(patient=patient_id):
        born = Patient.objects.get(id=patient_id).born
        accounts = [
            one.account_id
            for one in Proxy.objects.filter(patient_id=patient_id, period__contains=today())
            if (within := _reach(one, born)) and (area is None or area in within)
        ]
    found = (_own_patient(account_id) for account_id in sorted(accounts))
    return [contact(one) for one in found if one is not None]


def _reach(proxy: Proxy, born: date) -> frozenset[Area]:
    """However old the register's answer: what is told is that there is something to read, and who
    then signs in is asked about anew.
    """
    right = Right(proxy.kind, proxy.areas, proxy.stopped, proxy.confirmed_at)
    return reach(right, born, at_most=None)


def _own_patient(account_id: int) -> int | None:
    with rows.seeing(account=account_id):
        return Patient.objects.filter(account_id=account_id).values_list("id", flat=True).first()
