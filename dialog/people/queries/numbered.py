"""People with their identity numbers, for record systems that know them by those."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dialog.errors import NotFound
from dialog.people.identity import identity_hash
from dialog.people.models import Account, Patient, Proxy
from dialog.people.policy import ProxyKind
from dialog.people.queries.days import today
from dialog.people.queries.patients import PERSON, Person, person
from dialog.statements import ask_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Somebody by name and identity number; ``born`` and ``phone`` where they are known.

    ``relation`` is by what right somebody acts for a patient.
    """

    given: str
    family: str
    number: str
    born: date | None = None
    phone: str = ""
    relation: ProxyKind | None = None


ON_A_LIST = f"""
SELECT {PERSON} FROM people_patient AS patient
WHERE patient.identity_hash = %s AND EXISTS (
    SELECT 1 FROM people_gpassignment AS stay WHERE stay.patient_id = patient.id
    AND stay.practice_id = %s AND stay.period @> %s::date)
"""  # noqa: S608 - our own columns


def patient_by_number(practice_id: int, number: str) -> Person | None:
    """A patient who is on one of a practice's lists today; None for anybody else."""
    found = ask_one(ON_A_LIST, identity_hash(number), practice_id, today())
    return None if found is None else Person(*found)


def patient_anywhere(number: str) -> Person | None:
    """The patient with this number, on whosever list; for the operator (scope ``setup``)."""
    found = Patient.objects.filter(identity_hash=identity_hash(number)).first()
    return None if found is None else person(found)


def names_and_birthdays(patient_ids: Iterable[int]) -> dict[int, tuple[str, date]]:
    """What patients this transaction may see are called, and when they were born: a name alone may
    be many people's.
    """
    found = Patient.objects.filter(id__in=set(patient_ids))
    return {one.id: (one.name, one.born) for one in found}


def numbered_patient(patient_id: int) -> Numbered:
    """A patient this transaction may see."""
    one = Patient.objects.filter(id=patient_id).first()
    if one is None:
        raise NotFound
    return Numbered(
        given=one.given_name,
        family=one.family_name,
        number=one.identity_number,
        born=one.born,
        phone=one.phone,
    )


def numbered_actor(account_id: int, patient_id: int) -> Numbered | None:
    """Who acts for a patient today, and by what right; None for the patient themselves."""
    proxy = Proxy.objects.filter(
        account_id=account_id, patient_id=patient_id, period__contains=today()
    ).first()
    account = Account.objects.filter(id=account_id).first()
    if proxy is None or account is None:
        return None
    given, _space, family = account.name.rpartition(" ")
    return Numbered(
        given=given or family,
        family=family,
        number=account.identity_number,
        relation=ProxyKind(proxy.kind),
    )
