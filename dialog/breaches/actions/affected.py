"""Whose information it is: written down, and taken out again when they were not affected."""

from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.breaches import queries
from dialog.breaches.events import AffectedAdded, AffectedTakenOut
from dialog.breaches.models import Affected, Breach
from dialog.breaches.policy import Status
from dialog.errors import WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import change, keep


@action
def add_affected(*, by: Actor, breach_id: UUID, patient: UUID) -> None:
    """Write down that somebody is affected; twice is once."""
    breach = queries.breach_for(by, breach_id, lock=True)
    must_be_open(breach)
    put_down(by, breach, people.patient_for(by, patient).id)


def put_down(by: Actor, breach: Breach, patient_id: int) -> None:
    """Write somebody down, unless they are; the register's own use."""
    here = Affected.objects.filter(
        breach_id=breach.id, patient_id=patient_id, taken_out_at__isnull=True
    )
    if here.exists():
        return
    one = keep(
        Affected(
            breach=breach,
            practice_id=breach.practice_id,
            patient_id=patient_id,
            added_by_id=by.account_id,
            added_by_name=by.name,
        )
    )
    record(
        by,
        AffectedAdded(breach_id=breach.id, affected_id=one.id, practice_id=breach.practice_id),
    )


@action
def take_out_affected(*, by: Actor, breach_id: UUID, affected_id: UUID) -> None:
    """Say that somebody was not affected after all; that they were written down stays."""
    one = queries.affected_for(by, breach_id, affected_id)
    must_be_open(one.breach)
    if one.told_how:
        raise WrongState
    one.taken_out_at, one.taken_out_by_id = timezone.now(), by.account
    change(one, "taken_out_at", "taken_out_by")
    record(
        by,
        AffectedTakenOut(breach_id=breach_id, affected_id=one.id, practice_id=by.practice_id),
    )


def must_be_open(breach: Breach) -> None:
    """Refuse to change who is affected by what is over: it is opened again first."""
    if breach.status == Status.CLOSED:
        raise WrongState
