"""Coming in, going out, and shutting one's own access."""

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Role, Side
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.people import events
from dialog.people.models import Account, Patient
from dialog.rows import action


@action
def sign_in(*, by: Actor) -> None:
    """Write down that somebody came in."""
    record(
        by,
        events.SignedIn(as_side=by.side, patient_id=by.patient_id, practice_id=by.practice_id),
    )


@action
def sign_out(*, by: Actor) -> None:
    """Write down that somebody left."""
    record(by, events.SignedOut(patient_id=by.patient_id, practice_id=by.practice_id))


@action
def sign_out_everywhere(*, by: Actor) -> None:
    """Write down that somebody left in every browser."""
    record(by, events.SignedOutEverywhere(patient_id=by.patient_id, practice_id=by.practice_id))


@action
def lock_access(*, by: Actor) -> None:
    """Let nobody in as oneself, for oneself or for anybody one acts for, until one has proved anew
    who one is (R14).
    """
    if by.side is not Side.PATIENT:
        raise NotAllowed
    Account.objects.filter(id=by.account, locked_at__isnull=True).update(locked_at=timezone.now())
    own = by.patient_id if by.role is Role.PATIENT else _own_patient(by.account)
    record(by, events.AccessLocked(patient_id=own))


@action
def unlock_access(*, by: Actor, account_id: int) -> None:
    """Let a person in again who has just proved anew who they are."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    with rows.seeing(account=account_id):
        opened = Account.objects.filter(id=account_id, locked_at__isnull=False).update(
            locked_at=None
        )
        if opened:
            own = _own_patient(account_id)
            record(by, events.AccessUnlocked(patient_id=own, unlocked_account_id=account_id))


def _own_patient(account_id: int) -> int | None:
    return Patient.objects.filter(account_id=account_id).values_list("id", flat=True).first()
