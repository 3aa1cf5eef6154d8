"""Patient lists, and whose timebooks their patients may meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.people.identity import sort_key
from dialog.people.models import (
    GpAssignment,
    Membership,
    PatientList,
    Practitioner,
)
from dialog.people.policy import Profession
from dialog.people.queries.days import today
from dialog.people.queries.offices import OFFICE, Office, not_gone, office
from dialog.statements import Question, ask, ask_one

# What a ListOwner is made of, in this order.
OWNER = f"""
SELECT list.id, list.uuid, coalesce(doctor.name, list.name), doctor.id,
    coalesce(doctor.specialist, false), {OFFICE}
FROM people_patientlist AS list
LEFT JOIN people_practitioner AS doctor ON doctor.id = list.practitioner_id
JOIN people_practice AS practice ON practice.id = list.practice_id
"""  # noqa: S608 - our own columns
OWNER_WIDTH = 5 + len(fields(Office))
LIST_BY_ID = f"{OWNER} WHERE list.id = %s"
LIST_AT = f"{OWNER} WHERE list.practice_id = %s AND list.active AND list.uuid = %s"
LISTS_AT = f"{OWNER} WHERE list.practice_id = %s AND list.active ORDER BY list.id"
LIST_OF = f"""
{OWNER} JOIN people_gpassignment AS stay ON stay.patient_list_id = list.id
WHERE stay.patient_id = %s AND stay.period @> %s::date
"""
LAST_LIST = f"""
{OWNER} JOIN people_gpassignment AS stay ON stay.patient_list_id = list.id
WHERE stay.patient_id = %s AND stay.practice_id = %s
ORDER BY upper_inf(stay.period) DESC, upper(stay.period) DESC NULLS LAST, stay.id DESC LIMIT 1
"""
LIST_NOW = f"{LIST_OF} AND (practice.closes_on IS NULL OR practice.closes_on > %s)"
# What a Clinician is made of, in this order.
CLINICIAN = """
one.id, one.uuid, one.name, one.profession, one.specialist, one.account_id, one.bookable, one.active
"""
CLINICIANS = f"SELECT {CLINICIAN} FROM people_practitioner AS one WHERE"  # noqa: S608 - our own columns
MET_BY_LIST = f"""
SELECT {CLINICIAN} FROM people_patientlist AS list
JOIN people_practitioner AS one ON one.practice_id = list.practice_id
WHERE list.id = %s AND one.active AND (one.bookable OR %s) AND (
    one.id = list.practitioner_id
    OR one.id IN (SELECT member.practitioner_id FROM people_listmember AS member
        WHERE member.patient_list_id = list.id AND member.period @> %s::date)
    OR one.profession <> %s
)
"""  # noqa: S608 - our own columns
TEAM = f"""
{CLINICIANS} one.id IN (SELECT member.practitioner_id FROM people_listmember AS member
    WHERE member.patient_list_id = %s AND member.period @> %s::date AND upper_inf(member.period))
"""  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOwner:
    """Whose list somebody is on: a doctor's, or a team's (then ``practitioner_id`` is None)."""

    list_id: int
    list_uuid: UUID
    name: str
    practitioner_id: int | None
    specialist: bool
    office: Office


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody with a timebook."""

    id: int
    uuid: UUID
    name: str
    profession: Profession
    specialist: bool
    account_id: int | None
    bookable: bool = True
    active: bool = True


def list_of(patient_id: int) -> ListOwner | None:
    """Whose list the patient is on today; None when on no list here, or the office has closed."""
    day = today()
    return _owner(ask_one(LIST_NOW, patient_id, day, day))


def last_list_at(patient_id: int, practice_id: int) -> ListOwner | None:
    """The list a patient is on at a practice, or was on last there."""
    return _owner(ask_one(LAST_LIST, patient_id, practice_id))


def closed_office_of(patient_id: int) -> Office | None:
    """The office that had the patient until it closed; None for those who are on a list."""
    owner = _owner(ask_one(LIST_OF, patient_id, today()))
    return owner.office if owner is not None and owner.office.closed else None


def list_owner(found: PatientList) -> ListOwner:
    """A list row as others see it."""
    doctor = found.practitioner
    return ListOwner(
        list_id=found.id,
        list_uuid=found.uuid,
        name=doctor.name if doctor else found.name,
        practitioner_id=doctor.id if doctor else None,
        specialist=doctor.specialist if doctor else False,
        office=office(found.practice),
    )


def list_by_id(list_id: int) -> ListOwner:
    """A list this transaction may see, for a lower room's own use."""
    found = _owner(ask_one(LIST_BY_ID, list_id))
    if found is None:
        raise NotFound
    return found


def _owner(found: tuple[Any, ...] | None) -> ListOwner | None:
    return None if found is None else owner_of(found)


def owner_of(columns: Sequence[Any]) -> ListOwner:
    """A list from its columns in ``OWNER``."""
    list_id, list_uuid, name, practitioner_id, specialist, *rest = columns
    return ListOwner(
        list_id=list_id,
        list_uuid=list_uuid,
        name=name,
        practitioner_id=practitioner_id,
        specialist=specialist,
        office=Office(*rest),
    )


def lists_of_practice(by: Actor) -> list[ListOwner]:
    """Every list at the actor's practice."""
    return lists_at(by.practice)


def lists_at(practice_id: int) -> list[ListOwner]:
    """Every list at a practice, for the platform's own use."""
    return [owner_of(columns) for columns in ask(LISTS_AT, practice_id)]


def list_for(by: Actor, list_uuid: UUID) -> ListOwner:
    """One of the practice's lists; another practice's is not found."""
    found = _owner(ask_one(LIST_AT, by.practice, list_uuid))
    if found is None or by.side is not Side.PRACTICE:
        raise NotFound
    return found


def clinicians_for_list(list_id: int, *, kept_out: bool = False) -> list[Clinician]:
    """Whose timebooks a list's patients may meet: its doctor and team, and the practice's nurses
    and lab. ``kept_out`` are with them those whom only the office gives times with (R192).
    """
    return _clinicians(ask(MET_BY_LIST, list_id, kept_out, today(), Profession.DOCTOR))


def may_be_met(list_id: int, practitioner_id: int, *, kept_out: bool = False) -> Question[bool]:
    """Whether a list's patients may meet this one: one of ``clinicians_for_list``."""
    asked = (list_id, kept_out, today(), Profession.DOCTOR, practitioner_id)
    return Question(f"SELECT EXISTS ({MET_BY_LIST} AND one.id = %s)", asked, bool)


def clinicians_of_practice(by: Actor, *, retired: bool = False) -> list[Clinician]:
    """Everybody with a timebook at the actor's practice, and if asked those closed too."""
    here = f"{CLINICIANS} one.practice_id = %s AND (one.active OR %s)"
    return _clinicians(ask(here, by.practice, retired))


def practitioners_at(practice_id: int) -> list[Clinician]:
    """Everybody with a timebook at a practice, for the operator (scope ``setup``)."""
    return _clinicians(ask(f"{CLINICIANS} one.practice_id = %s AND one.active", practice_id))


def of_those_who_left() -> QuerySet[Practitioner]:
    """The timebooks of people who no longer work where they had them, nor are to begin again."""
    days = Membership.objects.filter(
        account_id=OuterRef("account_id"), practice_id=OuterRef("practice_id")
    )
    return Practitioner.objects.filter(
        Exists(days), ~Exists(days.filter(not_gone())), account__isnull=False
    )


def clinician_by_id(practitioner_id: int) -> Clinician:
    """A practitioner this transaction may see, for a lower room's own use."""
    found = ask_one(f"{CLINICIANS} one.id = %s", practitioner_id)
    if found is None:
        raise NotFound
    return _clinician(found)


def clinician_for(by: Actor, practitioner_uuid: UUID) -> Clinician:
    """Somebody with a timebook here, closed or not; another practice's is not found."""
    here = clinicians_of_practice(by, retired=True)
    found = next((one for one in here if one.uuid == practitioner_uuid), None)
    if found is None:
        raise NotFound
    return found


def team_of(list_id: int) -> list[Clinician]:
    """Who looks after a list for good, beside or instead of its doctor."""
    return _clinicians(ask(TEAM, list_id, today()))


def patients_by_list(by: Actor) -> dict[int, int]:
    """How many patients are on each of the practice's lists today."""
    here = GpAssignment.objects.filter(practice_id=by.practice, period__contains=today())
    counted = here.values_list("patient_list_id").annotate(many=Count("id"))
    return dict(counted.order_by())


def _clinicians(found: Iterable[tuple[Any, ...]]) -> list[Clinician]:
    return sorted(
        map(_clinician, found),
        key=lambda one: (list(Profession).index(one.profession), sort_key(one.name, "")),
    )


def _clinician(columns: Sequence[Any]) -> Clinician:
    """Somebody from their columns in ``CLINICIAN``."""
    number, uuid, name, profession, *rest = columns
    return Clinician(number, uuid, name, Profession(profession), *rest)
