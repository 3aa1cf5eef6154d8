"""Somebody acts for a patient who lacks capacity to consent, by a doctor's decision (R24); and an
office ends that somebody acts for one of its patients.
"""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Area
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import events, policy, queries, texts
from dialog.people.actions.accounts import end_now, grant_proxy
from dialog.people.actions.mandates import has_one, in_the_register, whoever_is_called
from dialog.people.actions.rights import must_manage
from dialog.people.identity import checked
from dialog.people.models import Guardianship, Patient, Proxy
from dialog.people.policy import EndReason, GuardianBasis, ProxyKind
from dialog.rows import action

A_DAY = timedelta(days=1)


@action
def appoint_guardian(
    *,
    by: Actor,
    patient_uuid: UUID,
    identity_number: str,
    family_name: str,
    basis: GuardianBasis,
    explanation: str,
    areas: Collection[Area],
    last: date,
) -> Proxy:
    """Let somebody act for a patient who cannot consent, in these things and until a last day, on a
    ground that is written down; it counts from now, and a doctor decides it.
    """
    if not policy.may_appoint(by):
        raise NotAllowed(texts.A_DOCTOR_DECIDES)
    patient = _patient_here(by, patient_uuid)
    number = checked(identity_number)
    if policy.age(number.birth_date, queries.today()) < policy.OF_AGE:
        raise InvalidInput(texts.TOO_YOUNG_TO_ACT, field="identity_number")
    if not queries.today() < last <= policy.last_day(queries.today()):
        raise InvalidInput(texts.WITHIN_YEARS, field="last")
    if not explanation.strip():
        raise InvalidInput(texts.WRITE_THE_GROUND, field="explanation")
    known = in_the_register(patient.identity_number, number.value, refusals=texts.FOR_THE_OFFICE)
    account = whoever_is_called(number.value, known, family_name)
    if account.id in (patient.account_id, by.account_id):
        raise InvalidInput(texts.NOT_THIS_ONE, field="identity_number")
    if has_one(patient.id, account.id):
        raise InvalidInput(texts.ACTS_ALREADY, field="identity_number")
    right = grant_proxy(
        by=by,
        patient_id=patient.id,
        account_id=account.id,
        kind=ProxyKind.GUARDIAN,
        until=last + A_DAY,
        areas=areas,
    )
    Guardianship(
        patient_id=patient.id,
        account_id=account.id,
        practice_id=by.practice,
        basis=basis,
        explanation=explanation.strip(),
        last=last,
        decided_by_id=by.account,
    ).save()
    record(
        by,
        events.GuardianAppointed(
            patient_id=patient.id,
            practice_id=by.practice_id,
            proxy_account_id=account.id,
            guardian_basis=basis,
        ),
    )
    return right


def _patient_here(by: Actor, patient_uuid: UUID) -> Patient:
    patient = Patient.objects.filter(uuid=patient_uuid).first()
    if patient is None or not queries.on_a_list_here(by, patient.id):
        raise NotFound
    return patient


@action
def end_acting(*, by: Actor, patient_uuid: UUID, proxy_uuid: UUID, reason: EndReason) -> None:
    """End that somebody acts for a patient of the office, for a reason that the patient can read:
    what a doctor has decided, a mandate, a parent the office registered. It ends with the next
    request, and anybody who sets up the office may stop it; what the register says is not theirs.
    """
    must_manage(by)
    patient = _patient_here(by, patient_uuid)
    right = (
        Proxy.objects.select_for_update()
        .filter(uuid=proxy_uuid, patient_id=patient.id, from_register=False)
        .first()
    )
    if right is None:
        raise NotFound
    if not end_now(right):
        return
    if right.kind == ProxyKind.GUARDIAN:
        # What another office has decided, that office keeps as it was.
        Guardianship.objects.filter(
            patient_id=patient.id,
            account_id=right.account_id,
            practice_id=by.practice,
            ended_at__isnull=True,
        ).update(ended_by_id=by.account, ended_at=timezone.now())
    record(
        by,
        events.ProxyRevoked(
            patient_id=patient.id,
            practice_id=by.practice_id,
            proxy_account_id=right.account_id,
            reason=reason,
        ),
    )
