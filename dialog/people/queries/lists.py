"""Patient lists, and whose timebooks their patients may meet."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.people.identity import sort_key
from dialog.people.models import (
    GpAssignment,
    ListMember,
    PatientList,
    Practitioner,
)
from dialog.people.policy import Profession
from dialog.people.queries.days import today
from dialog.people.queries.offices import Office, office


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOwner:
    """Whose list somebody is on: a doctor's, or a team's (then ``practitioner_id`` is None)."""

    list_id: int
    list_uuid: UUID
    name: str
    practitioner_id: int | None
    specialist: bool
    office: Office


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """Whose list the patient is on today; None when on no list here."""
    assignment = (
        GpAssignment.objects.filter(patient_id=patient_id, period__contains=today())
        .select_related("patient_list__practitioner", "patient_list__practice")
        .first()
    )
    return list_owner(assignment.patient_list) if assignment else None


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
    found = (
        PatientList.objects.filter(id=list_id).select_related("practitioner", "practice").first()
    )
    if found is None:
        raise NotFound
    return list_owner(found)


def lists_of_practice(by: Actor) -> list[ListOwner]:
    """Every list at the actor's practice."""
    lists = PatientList.objects.filter(practice_id=by.practice, active=True)
    return [
        list_owner(one) for one in lists.select_related("practitioner", "practice").order_by("id")
    ]


def list_for(by: Actor, list_uuid: UUID) -> ListOwner:
    """One of the practice's lists; another practice's is not found."""
    found = (
        PatientList.objects.filter(uuid=list_uuid, practice_id=by.practice, active=True)
        .select_related("practitioner", "practice")
        .first()
    )
    if found is None or by.side is not Side.PRACTICE:
        raise NotFound
    return list_owner(found)


def clinicians_for_list(list_id: int) -> list[Clinician]:
    """Whose timebooks a list's patients may meet: its doctor and team, and the practice's nurses
    and lab; not those whom the practice keeps out of booking (R192).
    """
    found = PatientList.objects.filter(id=list_id).first()
    if found is None:
        return []
    looked_after = Q(id=found.practitioner_id) | Q(
        id__in=ListMember.objects.filter(
            patient_list_id=list_id, period__contains=today()
        ).values_list("practitioner_id")
    )
    shared = ~Q(profession=Profession.DOCTOR)
    return _clinicians(
        Practitioner.objects.filter(
            practice_id=found.practice_id, active=True, bookable=True
        ).filter(looked_after | shared)
    )


def clinicians_of_practice(by: Actor, *, retired: bool = False) -> list[Clinician]:
    """Everybody with a timebook at the actor's practice, and if asked those closed too."""
    here = Practitioner.objects.filter(practice_id=by.practice)
    return _clinicians(here if retired else here.filter(active=True))


def clinician_for(by: Actor, practitioner_uuid: UUID) -> Clinician:
    """Somebody with a timebook here, closed or not; another practice's is not found."""
    here = clinicians_of_practice(by, retired=True)
    found = next((one for one in here if one.uuid == practitioner_uuid), None)
    if found is None:
        raise NotFound
    return found


def team_of(list_id: int) -> list[Clinician]:
    """Who looks after a list for good, beside or instead of its doctor."""
    lasting = ListMember.objects.filter(
        patient_list_id=list_id, period__contains=today(), period__endswith__isnull=True
    )
    return _clinicians(Practitioner.objects.filter(id__in=lasting.values("practitioner_id")))


def patients_by_list(by: Actor) -> dict[int, int]:
    """How many patients are on each of the practice's lists today."""
    here = GpAssignment.objects.filter(practice_id=by.practice, period__contains=today())
    counted = here.values_list("patient_list_id").annotate(many=Count("id"))
    return dict(counted.order_by())


def _clinicians(found: Iterable[Practitioner]) -> list[Clinician]:
    return sorted(
        (
            Clinician(
                id=one.id,
                uuid=one.uuid,
                name=one.name,
                profession=Profession(one.profession),
                specialist=one.specialist,
                account_id=one.account_id,
                bookable=one.bookable,
                active=one.active,
            )
            for one in found
        ),
        key=lambda one: (list(Profession).index(one.profession), sort_key(one.name, "")),
    )
