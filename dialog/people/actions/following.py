"""Following the GP register: on whose list a patient is by its word, never by a guess (R191)."""

import json
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.errors import InvalidInput, NotFound, PortError, WrongState, constraints
from dialog.ledger.actions import record
from dialog.people import events, queries, texts
from dialog.people.actions.accounts import recognise
from dialog.people.actions.patients import register_patient
from dialog.people.actions.rights import must_manage
from dialog.people.actions.stays import ask, end_stay
from dialog.people.gp_register import Listed, gp_connected, gp_register
from dialog.people.identity import identity_hash
from dialog.people.identity_number import parse
from dialog.people.models import (
    Account,
    GpAssignment,
    GpChange,
    Patient,
    PatientList,
    RegisterAnswer,
)
from dialog.people.policy import FOLLOW, Follow, Register, Says, recent, stay_of
from dialog.rows import action


@action
def connect_list(*, by: Actor, list_id: int, register_number: str) -> None:
    """Say which list in the GP register a list here is, or that it is none; the register says from
    now on who is on it.
    """
    must_manage(by)
    changed = (
        PatientList.objects.select_for_update().select_related("practice").filter(id=list_id)
    ).first()
    if changed is None or by.practice_id not in (None, changed.practice_id):
        raise NotFound
    number = register_number.strip()
    if number and not number.isdecimal():
        raise InvalidInput(texts.ONLY_DIGITS, field="register_number")
    if number and not changed.practice.organisation_number:
        raise InvalidInput(texts.NO_ORGANISATION_NUMBER, field="register_number")
    others = PatientList.objects.filter(practice=changed.practice, active=True).exclude(id=list_id)
    if number and others.filter(register_number=number).exists():
        raise InvalidInput(texts.ANOTHER_LIST_HAS_IT, field="register_number")
    changed.register_number = number
    changed.save(update_fields=["register_number"])
    record(by, events.ListChanged(practice_id=changed.practice_id, list_id=list_id))


def ask_gp_register(number: str) -> Listed | None:
    """Whose list somebody is on, and keep the answer with its age; PortError when the register does
    not answer. No transaction need be open while it is asked.
    """
    register = gp_register()
    if register is None:
        raise NotFound
    found = register.list_of(number)
    with rows.seeing(scope="door"):
        answer, _made = RegisterAnswer.objects.get_or_create(
            register=Register.GP,
            subject_hash=identity_hash(number),
            defaults={"asked_at": timezone.now()},
        )
        answer.answer = json.dumps(asdict(found)) if found else ""
        answer.asked_at = timezone.now()
        answer.save()
    return found


@action
def follow_gp_register(*, by: Actor, patient_id: int, heard: Listed | None) -> Follow:
    """Keep to what the register says of whose list a patient is on; what is open stays where it
    began, until the patient takes it along.
    """
    with rows.seeing(patient=patient_id):
        # Two at once follow one after the other.
        patient = Patient.objects.select_for_update().get(id=patient_id)
        stay = (
            GpAssignment.objects.select_related("patient_list")
            .filter(patient_id=patient_id, period__contains=queries.today())
            .first()
        )
    ours = _ours(heard)
    if heard is None:
        says = Says.NOTHING
    elif ours is None:
        says = Says.ELSEWHERE
    else:
        same = stay is not None and stay.patient_list_id == ours.id
        says = Says.SAME if same else Says.OURS
    todo = FOLLOW[stay_of(stay.patient_list.register_number if stay else None), says]
    if stay is not None and todo in (Follow.MOVE, Follow.LEAVE):
        with rows.seeing(patient=patient_id, practice=stay.practice_id):
            end_stay(by, stay, queries.today())
    if ours is not None and todo in (Follow.MOVE, Follow.BEGIN):
        _begin(by, patient_id, ours)
    if ours is not None and todo is Follow.ASK:
        _ask(by, patient, ours)
    return todo


def _ours(heard: Listed | None) -> PatientList | None:
    """The one list here that the register means: its number, at an office with that organisation
    number. An office writes the first itself, and who runs the service the second.
    """
    if heard is None or not heard.contract or not heard.organisation_number:
        return None
    with rows.seeing(scope="door"):
        found = PatientList.objects.filter(
            register_number=heard.contract,
            practice__organisation_number=heard.organisation_number,
            active=True,
        )
        return found[0] if len(found) == 1 else None


def _begin(by: Actor, patient_id: int, ours: PatientList) -> None:
    with rows.seeing(patient=patient_id, practice=ours.practice_id):
        with constraints(gp_assignment_one_at_a_time=WrongState):
            GpAssignment.objects.create(
                patient_id=patient_id,
                patient_list_id=ours.id,
                practice_id=ours.practice_id,
                period=DateRange(queries.today(), None),
            )
        record(
            by,
            events.GpAssigned(
                patient_id=patient_id,
                practice_id=ours.practice_id,
                list_id=ours.id,
                since=queries.today(),
            ),
        )


def _ask(by: Actor, patient: Patient, ours: PatientList) -> None:
    """Once: a patient who has said no is not asked again by the same answer."""
    with rows.seeing(patient=patient.id, practice=ours.practice_id):
        if not GpChange.objects.filter(patient_id=patient.id, patient_list_id=ours.id).exists():
            ask(by, patient.id, ours, patient.name)


@action
def welcome_patient(*, by: Actor, identity_number: str) -> Account | None:
    """Let in, for the first time, somebody whom the GP register knows on a list here and no office
    has written down.
    """
    if not gp_connected():
        return None
    try:
        heard = ask_gp_register(identity_number)
    except PortError:
        return None
    ours = _ours(heard)
    if heard is None or ours is None:
        return None
    patient = register_patient(
        by=by,
        identity_number=identity_number,
        given_name=heard.given,
        family_name=heard.family,
        born=parse(identity_number).birth_date,
    )
    _begin(by, patient.id, ours)
    return recognise(by=by, identity_number=identity_number)


def look_after_own_list(account_id: int) -> None:
    """Ask the register about somebody who signs in as a patient, when it has not been asked today;
    while it does not answer, nothing changes.
    """
    if not gp_connected():
        return
    with rows.seeing(account=account_id):
        own = Patient.objects.filter(account_id=account_id).first()
    if own is None or _asked_lately(own, at_most=settings.GP_TO_ASK_AT_SIGN_IN):
        return
    with suppress(PortError):
        heard = ask_gp_register(own.identity_number)
        follow_gp_register(by=PLATFORM, patient_id=own.id, heard=heard)


def _asked_lately(patient: Patient, *, at_most: timedelta) -> bool:
    with rows.seeing(scope="door"):
        before = RegisterAnswer.objects.filter(
            register=Register.GP, subject_hash=patient.identity_hash
        ).first()
    return before is not None and recent(before.asked_at, timezone.now(), at_most=at_most)
