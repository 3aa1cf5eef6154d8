"""Putting a whole file of people on a list: all of them, or nobody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange

from dialog import rows
from dialog.actor import Actor
from dialog.errors import InvalidInput, WrongState, constraints
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.actions.stays import ask, list_to, move
from dialog.people.identity import identity_hash, sort_key
from dialog.people.list_import import Row
from dialog.people.models import Account, GpAssignment, GpChange, Patient, PatientList
from dialog.rows import action

AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many came onto the list, were there already, and are asked first."""

    added: int
    there: int
    asked: int


@action
def import_list(*, by: Actor, list_id: int, people: Sequence[Row]) -> Imported:
    """Put everybody in a file on a list; those on another practice's list are asked first."""
    patient_list = list_to(by, list_id)
    if not people:
        raise InvalidInput(field="file")
    keys = _keys_of(by, people)
    everybody, today = set(keys.values()), queries.today()
    here = queries.lists_here(patient_list.practice_id, everybody)
    elsewhere = queries.listed_elsewhere_among(
        everybody - here.keys(), patient_list.practice_id, today
    )
    names = {keys[_hash(one)]: f"{one.given_name} {one.family_name}" for one in people}
    _ask_all(by, patient_list, {one: names[one] for one in elsewhere})
    coming = everybody - elsewhere - {one for one, where in here.items() if where == list_id}
    for one in sorted(coming & here.keys()):
        move(by, one, patient_list, today)
    _add_all(by, patient_list, coming - here.keys())
    there = len(everybody) - len(coming) - len(elsewhere)
    return Imported(added=len(coming), there=there, asked=len(elsewhere))


def _hash(one: Row) -> bytes:
    return identity_hash(one.identity.value)


def _keys_of(by: Actor, people: Sequence[Row]) -> Mapping[bytes, int]:
    """Everybody's key by their hash, those included who were not known before."""
    by_hash = {_hash(one): one for one in people}
    with rows.at_the_door():
        known = _keys(Patient, by_hash)
        new = by_hash.keys() - known.keys()
        accounts = _keys(Account, new)
        with constraints(people_patient_identity_hash_key=WrongState):
            made = Patient.objects.bulk_create(
                [_patient(one, by_hash[one], accounts.get(one)) for one in sorted(new)],
                batch_size=AT_A_TIME,
            )
    record(
        by,
        *(events.PatientRegistered(patient_id=one.id, practice_id=by.practice_id) for one in made),
    )
    return known | {bytes(one.identity_hash): one.id for one in made}


def _keys(model: type[Patient | Account], hashes: Collection[bytes]) -> dict[bytes, int]:
    found = model.objects.filter(identity_hash__in=list(hashes))
    return {bytes(hashed): key for hashed, key in found.values_list("identity_hash", "id")}


def _patient(hashed: bytes, one: Row, account_id: int | None) -> Patient:
    return Patient(
        identity_hash=hashed,
        identity_number=one.identity.value,
        given_name=one.given_name,
        family_name=one.family_name,
        sort_key=sort_key(one.family_name, one.given_name),
        born=one.identity.birth_date,
        phone=one.phone,
        email=one.email,
        account_id=account_id,
    )


def _ask_all(by: Actor, patient_list: PatientList, names: Mapping[int, str]) -> None:
    waiting = GpChange.objects.filter(
        patient_list=patient_list, patient_id__in=names.keys(), answer=""
    )
    for one in sorted(names.keys() - set(waiting.values_list("patient_id", flat=True))):
        ask(by, one, patient_list, names[one])


def _add_all(by: Actor, patient_list: PatientList, patients: Collection[int]) -> None:
    period = DateRange(queries.today(), None)
    practice_id = patient_list.practice_id
    with constraints(gp_assignment_one_at_a_time=WrongState):
        GpAssignment.objects.bulk_create(
            [
                GpAssignment(
                    patient_id=one,
                    patient_list=patient_list,
                    practice_id=practice_id,
                    period=period,
                )
                for one in sorted(patients)
            ],
            batch_size=AT_A_TIME,
        )
    record(
        by,
        *(
            events.GpAssigned(
                patient_id=one,
                practice_id=practice_id,
                list_id=patient_list.id,
                since=queries.today(),
            )
            for one in sorted(patients)
        ),
    )
