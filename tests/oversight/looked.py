"""Looks as the ledger has them, sealed and followed up."""

from datetime import date, time

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters import database_roles as roles
from dialog.adapters.memory_seals import MemorySealHeads, MemorySealKeys
from dialog.ledger.following import Followed
from dialog.ledger.models import Entry
from dialog.ledger.sealer import Sealer
from dialog.oversight import actions
from dialog.oversight.chores import follow_on
from dialog.oversight.models import UnusualLook
from dialog.statements import tell
from dialog.working_days import local

NOON = local(date(2026, 11, 25), time(12))  # a Wednesday
NIGHT = local(date(2026, 11, 25), time(23, 30))


def look(by, patient_id, at=NOON, *, kind="PatientLookedUp", basis="open-matter", **more):
    """What the ledger says when somebody at work has seen something of a patient's."""
    with rows.seeing(account=by.account_id):
        return Entry.objects.create(
            at=at,
            kind=kind,
            account_id=by.account_id,
            role=by.role,
            patient_id=patient_id,
            practice_id=by.practice_id,
            details={"basis": basis, **more},
        )


def without_matter(by, patient_id, at=NOON, reason="call"):
    return look(by, patient_id, at, basis="reason", reason=reason)


class Following:
    """A relay that seals and follows, as often as it is asked to."""

    def __init__(self, as_role):
        self._as_role = as_role
        self._sealer = Sealer(MemorySealKeys(), MemorySealHeads())

    def seal(self):
        with self._as_role(roles.RELAY):
            while self._sealer.turn():
                pass

    def __call__(self):
        self.seal()
        with self._as_role(roles.RELAY):
            times = 0
            while follow_on():
                times += 1
        return times


def raised(by, patient_id, at=NIGHT, reason="other", **how):
    """What the relay makes of one such look."""
    entry = look(by, patient_id, at, basis="reason", reason=reason, **how)
    seen = Followed(
        entry.id,
        entry.at,
        entry.kind,
        entry.account_id,
        str(entry.role),
        patient_id,
        entry.practice_id,
        "reason",
        reason,
    )
    with rows.seeing(practice=by.practice_id):
        tell(f"SET LOCAL ROLE {roles.RELAY}")
        actions.notice(by=PLATFORM, practice_id=by.practice_id, looks=[seen])
        tell(f"SET LOCAL ROLE {roles.WEB}")
        waiting = UnusualLook.objects.filter(account_id=by.account_id, patient_id=patient_id)
        return waiting.get(verdict="").id


def flags(by):
    """What those who follow up the log at somebody's office have to judge."""
    with rows.seeing(practice=by.practice_id):
        return list(UnusualLook.objects.order_by("first_at", "id"))


def seen(by):
    """Who, at whom, and why."""
    return [(one.account_id, one.patient_id, set(one.signs)) for one in flags(by)]
