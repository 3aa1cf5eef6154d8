"""Patients, as the other side or a relative sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.people.identity import identity_hash, sort_key
from dialog.people.models import (
    GpAssignment,
    OwnAccess,
    Patient,
)
from dialog.people.policy import NotificationKind
from dialog.people.queries.days import today
from dialog.statements import ask, ask_one

# What a Person is made of, in this order.
PERSON = """
patient.id, patient.uuid, patient.given_name || ' ' || patient.family_name, patient.born,
patient.phone, patient.email, patient.language, patient.ceiling_card_until,
patient.account_id IS NOT NULL, patient.sort_key
"""
BY_ID = f"SELECT {PERSON} FROM people_patient AS patient WHERE patient.id = %s"  # noqa: S608 - our own columns
AT_OFFICE = f"""
SELECT {PERSON}, EXISTS (
    SELECT 1 FROM people_gpassignment AS stay WHERE stay.patient_id = patient.id
    AND stay.practice_id = %s AND stay.period @> %s::date)
FROM people_patient AS patient WHERE patient.id = %s
"""  # noqa: S608 - our own columns

BY_UUID = f"""
SELECT {PERSON}, bool_or(stay.period @> %s::date)
FROM people_patient AS patient JOIN people_gpassignment AS stay ON stay.patient_id = patient.id
WHERE patient.uuid = %s AND stay.practice_id = %s GROUP BY patient.id
"""  # noqa: S608 - our own columns
CHOSEN = "SELECT kind, wanted FROM people_notificationchoice WHERE patient_id = %s"
HERE = """
SELECT EXISTS (SELECT 1 FROM people_gpassignment
    WHERE patient_id = %s AND practice_id = %s AND period @> %s::date)
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as the other side, or a relative, sees them."""

    id: int
    uuid: UUID
    name: str
    born: date
    phone: str
    email: str
    language: str
    ceiling_card_until: date | None
    has_account: bool
    sort_key: str


def person(patient: Patient) -> Person:
    """A patient row as others see it."""
    return Person(
        id=patient.id,
        uuid=patient.uuid,
        name=patient.name,
        born=patient.born,
        phone=patient.phone,
        email=patient.email,
        language=patient.language,
        ceiling_card_until=patient.ceiling_card_until,
        has_account=patient.account_id is not None,
        sort_key=patient.sort_key,
    )


def the_patient(by: Actor) -> Person:
    """Whom a patient-side actor acts for."""
    if by.side is not Side.PATIENT:
        raise NotFound
    return patient_by_id(by.patient)


def patient_by_id(patient_id: int) -> Person:
    """A patient this transaction may see, for a lower room's own use."""
    found = ask_one(BY_ID, patient_id)
    if found is None:
        raise NotFound
    return Person(*found)


def patient_in(by: Actor, patient_id: int) -> Person:
    """Whom a matter of the actor's own is about.

    To an office they have left, nothing new is told (R191).
    """
    if by.side is not Side.PRACTICE:
        return patient_by_id(patient_id)
    found = ask_one(AT_OFFICE, by.practice, today(), patient_id)
    if found is None:
        raise NotFound
    *columns, here = found
    return as_known(Person(*columns), here=here)


def as_known(one: Person, *, here: bool) -> Person:
    """Without what was learnt after they left the office."""
    return one if here else replace(one, phone="", email="")


def patient_for(by: Actor, patient_uuid: UUID) -> Person:
    """A patient who is, or has been, on one of the practice's lists; a stranger is not found.

    Of one who has left, nothing new is told (R191).
    """
    found = (
        ask_one(BY_UUID, today(), patient_uuid, by.practice) if by.side is Side.PRACTICE else None
    )
    if found is None:
        raise NotFound
    *columns, here = found
    return as_known(Person(*columns), here=here)


def patients_named(patient_ids: Iterable[int]) -> dict[int, str]:
    """Names for the patients this transaction may see."""
    found = Patient.objects.filter(id__in=set(patient_ids))
    names = found.values_list("id", "given_name", "family_name")
    return {key: f"{given} {family}" for key, given, family in names}


def identity_number_for(by: Actor, patient_uuid: UUID) -> str:
    """A patient's identity number, for what goes into the practice's record system."""
    return Patient.objects.get(id=patient_for(by, patient_uuid).id).identity_number


def on_a_list_here(by: Actor, patient_id: int) -> bool:
    """Whether a patient is on one of the practice's lists today."""
    found = ask_one(HERE, patient_id, by.practice, today())
    return found is not None and bool(found[0])


def patients_found(by: Actor, words: str, *, most: int = 20, former: bool = False) -> list[Person]:
    """The practice's current patients by name, birth date (ddmmyyyy) or identity number; with
    ``former``, those who have left too.
    """
    if by.side is not Side.PRACTICE or not words.strip():
        return []
    stays = GpAssignment.objects.filter(practice_id=by.practice)
    if not former:
        stays = stays.filter(period__contains=today())
    here = Patient.objects.filter(id__in=stays.values_list("patient_id"))
    digits = "".join(one for one in words if one.isdigit())
    if len(digits) == 11:
        found = here.filter(identity_hash=identity_hash(digits))
    elif len(digits) in (6, 8):
        found = here.filter(born__in=_possible_births(digits))
    else:
        found = here
        for word in words.split():
            key = sort_key(word, "").strip()
            found = found.filter(Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}"))
    return [person(one) for one in found.order_by("sort_key", "id")[:most]]


def _possible_births(digits: str) -> list[date]:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    years = [year] if len(digits) == 8 else [1900 + year, 2000 + year]
    births = []
    for one in years:
        try:
            births.append(date(one, month, day))
        except ValueError:
            continue
    return births


def wanted_notifications(patient_id: int) -> dict[NotificationKind, bool]:
    """Which kinds of SMS the patient wants; unsaid means yes (R34)."""
    said = dict(ask(CHOSEN, patient_id))
    return {kind: said.get(kind, True) for kind in NotificationKind}


def has_own_access(by: Actor) -> bool:
    """Whether a parent has let the young patient use the service by itself (R21)."""
    return OwnAccess.objects.filter(patient_id=by.patient, withdrawn_at__isnull=True).exists()
