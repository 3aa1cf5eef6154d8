"""What the GP register has said of those on a list here, and how old it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.errors import NotFound
from dialog.people.gp_register import gp_connected
from dialog.people.models import GpAssignment, Patient, PatientList, RegisterAnswer
from dialog.people.policy import Register
from dialog.people.queries.days import today

ABOUT = OuterRef("patient__identity_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A list whose patients the register says: its number there, how many it has not been asked
    about, and when it last answered and longest ago.
    """

    register_number: str
    not_asked: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None


class GpSays(StrEnum):
    """Whether the register knows a patient on some list."""

    ON_A_LIST = "on-a-list"
    NO_LIST = "no-list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the register last said of one patient, and when."""

    known: GpSays
    at: datetime


def followed_lists(by: Actor) -> dict[int, Followed]:
    """Those of the practice's lists that have a number in the register; empty without one."""
    if not gp_connected():
        return {}
    lists = PatientList.objects.filter(practice_id=by.practice, active=True)
    numbered = lists.exclude(register_number="").values_list("id", "register_number")
    return {list_id: _followed(by.practice, list_id, number) for list_id, number in numbered}


def _followed(practice_id: int, list_id: int, number: str) -> Followed:
    with rows.at_the_door():
        here = GpAssignment.objects.filter(
            practice_id=practice_id, patient_list_id=list_id, period__contains=today()
        )
        hashes = here.values("patient__identity_hash")
        answers = _answers().filter(subject_hash__in=hashes)
        ages = answers.aggregate(newest=Max("asked_at"), oldest=Min("asked_at"))
        not_asked = here.filter(~Exists(_answers().filter(subject_hash=ABOUT))).count()
    return Followed(register_number=number, not_asked=not_asked, **ages)


def answered_about(by: Actor, patient_id: int) -> Answered | None:
    """What the register last said of a patient of the practice; None: it has not been asked."""
    if not gp_connected():
        return None
    patient = Patient.objects.filter(id=patient_id).first()
    if patient is None or by.practice_id is None:
        raise NotFound
    with rows.at_the_door():
        found = _answers().filter(subject_hash=patient.identity_hash).first()
    if found is None:
        return None
    known = GpSays.ON_A_LIST if found.answer else GpSays.NO_LIST
    return Answered(known=known, at=found.asked_at)


def due_here(practice_id: int, *, older_than: timedelta) -> "QuerySet[GpAssignment]":
    """Those on a numbered list at a practice about whom the register's answer has aged (seen by
    the practice, at the door).
    """
    fresh = _answers().filter(asked_at__gt=timezone.now() - older_than, subject_hash=ABOUT)
    return GpAssignment.objects.filter(
        ~Exists(fresh),
        practice_id=practice_id,
        patient_list__active=True,
        period__contains=today(),
    ).exclude(patient_list__register_number="")


def _answers() -> "QuerySet[RegisterAnswer]":
    return RegisterAnswer.objects.filter(register=Register.GP)
