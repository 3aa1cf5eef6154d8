"""Whose list a patient is on: coming, moving, leaving, and being asked first by a new office."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState, constraints
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.actions.patients import register_patient
from dialog.people.actions.rights import must_be_patient_side, must_manage
from dialog.people.identity import checked
from dialog.people.models import GpAssignment, GpChange, PatientList
from dialog.people.policy import Answer
from dialog.rows import action


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOn:
    """What came of taking a patient on: on the list now, or asked first."""

    patient_id: int
    patient_uuid: UUID
    asked: bool


@action
def assign_gp(
    *, by: Actor, patient_id: int, list_id: int, since: date | None = None
) -> GpAssignment:
    """Put a patient on a list here from a day on; the list here they were on ends the same day.

    A patient on another practice's list must be asked first (R191).
    """
    patient_list = list_to(by, list_id)
    start = since or queries.today()
    asks_first = by.side is Side.PRACTICE
    if asks_first and queries.listed_elsewhere(patient_id, patient_list.practice_id, start):
        raise WrongState(_("Pasienten står på listen til et annet legekontor og må si ja først."))
    return move(by, patient_id, patient_list, start)


def list_to(by: Actor, list_id: int) -> PatientList:
    """A list this actor may put patients on."""
    if by.side is Side.PATIENT:
        raise NotAllowed
    found = PatientList.objects.filter(id=list_id, active=True).first()
    if found is None or (by.side is Side.PRACTICE and found.practice_id != by.practice_id):
        raise NotFound
    must_manage(by, found.practice_id)
    return found


def move(by: Actor, patient_id: int, patient_list: PatientList, start: date) -> GpAssignment:
    """End the stay a patient has and begin another; this room's own use."""
    stays = GpAssignment.objects.select_for_update().filter(patient_id=patient_id)
    for old in stays.filter(period__contains=start):
        if old.patient_list_id == patient_list.id:
            return old
        end_stay(by, old, start)
    with constraints(gp_assignment_one_at_a_time=WrongState):
        made = GpAssignment.objects.create(
            patient_id=patient_id,
            patient_list=patient_list,
            practice_id=patient_list.practice_id,
            period=DateRange(start, None),
        )
    record(
        by,
        events.GpAssigned(
            patient_id=patient_id,
            practice_id=patient_list.practice_id,
            list_id=patient_list.id,
            since=start,
        ),
    )
    return made


def end_stay(by: Actor, stay: GpAssignment, day: date) -> None:
    """End a stay, this room's own use; one that ends the day it began is kept as empty: what was
    written in it has an office.
    """
    came = stay.period.lower
    stay.period = DateRange(came, day) if came < day else DateRange(empty=True)
    stay.save(update_fields=["period"])
    record(
        by,
        events.GpUnassigned(
            patient_id=stay.patient_id,
            practice_id=stay.practice_id,
            list_id=stay.patient_list_id,
            until=day,
        ),
    )


@action
def leave_list(*, by: Actor, patient_id: int, day: date | None = None) -> None:
    """Register that a patient is no longer on a list here from a day on; what is open is finished
    (R191).
    """
    must_manage(by)
    last = day or queries.today()
    stay = (
        GpAssignment.objects.select_for_update()
        .filter(patient_id=patient_id, practice_id=by.practice, period__contains=last)
        .first()
    )
    if stay is None:
        raise NotFound
    if stay.period.upper is not None and stay.period.upper <= last:
        raise InvalidInput(field="day")
    end_stay(by, stay, last)


@action
def take_on(
    *,
    by: Actor,
    list_id: int,
    identity_number: str,
    given_name: str,
    family_name: str,
    phone: str = "",
    email: str = "",
) -> TakenOn:
    """Put one patient on a list by hand; somebody on another practice's list is asked first."""
    patient_list = list_to(by, list_id)
    number = checked(identity_number)
    patient = register_patient(
        by=by,
        identity_number=number.value,
        given_name=given_name,
        family_name=family_name,
        born=number.birth_date,
        phone=phone,
        email=email,
    )
    asked = queries.listed_elsewhere(patient.id, patient_list.practice_id, queries.today())
    if asked:
        ask(by, patient.id, patient_list, f"{given_name} {family_name}")
    else:
        move(by, patient.id, patient_list, queries.today())
    return TakenOn(patient_id=patient.id, patient_uuid=patient.uuid, asked=asked)


def ask(by: Actor, patient_id: int, patient_list: PatientList, name: str) -> None:
    """Wait for a patient's yes; this room's own use."""
    with constraints(gp_change_asked_once=WrongState):
        GpChange.objects.create(
            patient_id=patient_id,
            patient_list=patient_list,
            practice_id=patient_list.practice_id,
            name=name,
            asked_by_id=by.account_id,
        )
    record(
        by,
        events.GpChangeAsked(
            patient_id=patient_id, practice_id=patient_list.practice_id, list_id=patient_list.id
        ),
    )


@action
def answer_gp_change(*, by: Actor, change_uuid: UUID, yes: bool) -> None:
    """Say yes or no to a new GP; with a yes, the old list ends today and the new one begins."""
    must_be_patient_side(by)
    change = _open_change(change_uuid, patient_id=by.patient_id)
    _settle(by, change, Answer.YES if yes else Answer.NO)
    if yes:
        move(by, change.patient_id, change.patient_list, queries.today())


@action
def take_back_gp_change(*, by: Actor, change_uuid: UUID) -> None:
    """Stop asking a patient who has not answered."""
    must_manage(by)
    change = _open_change(change_uuid, practice_id=by.practice_id)
    _settle(by, change, Answer.TAKEN_BACK)


def _open_change(change_uuid: UUID, **mine: int | None) -> GpChange:
    change = GpChange.objects.select_for_update().filter(uuid=change_uuid, **mine).first()
    if change is None:
        raise NotFound
    if change.answer:
        raise WrongState
    return change


def _settle(by: Actor, change: GpChange, answer: Answer) -> None:
    change.answer = answer
    change.answered_by_id = by.account_id
    change.answered_at = timezone.now()
    change.save(update_fields=["answer", "answered_by", "answered_at"])
    record(
        by,
        events.GpChangeAnswered(
            patient_id=change.patient_id,
            practice_id=change.practice_id,
            list_id=change.patient_list_id,
            answer=answer,
        ),
    )
