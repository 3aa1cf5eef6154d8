"""Practices whose record system says what is free, and yes or no to what is taken."""

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.actions.publishing import (
    bring_up_to_date,
    lock_confirming,
    withdraw_shown,
)
from dialog.appointments.events import ConfirmationMoved
from dialog.appointments.models import Schedule
from dialog.appointments.policy import Withdrawn
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.rows import action, seeing
from dialog.statements import change, found, tell

BEGIN = """
INSERT INTO appointments_confirmingpractice (practice_id, since) VALUES (%s, %s)
ON CONFLICT ON CONSTRAINT confirming_practice_once DO NOTHING
"""
END = "DELETE FROM appointments_confirmingpractice WHERE practice_id = %s"
LOCKED = "own.practice_id = %s ORDER BY own.id FOR UPDATE"


@action
def confirm_elsewhere(*, by: Actor, practice_id: int, on: bool) -> None:
    """Let a practice's record system say what is free and who gets it, or the timebooks here again;
    it holds for timebooks made later too. What is taken stands. The same again changes nothing.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    with seeing(practice=practice_id):
        lock_confirming(practice_id)
        if not (tell(BEGIN, practice_id, timezone.now()) if on else tell(END, practice_id)):
            return
        for schedule in found(Schedule, where=LOCKED, values=(practice_id,)):
            schedule.confirmed_elsewhere = on
            change(schedule, "confirmed_elsewhere")
            _begin_anew(by, schedule)
        record(by, ConfirmationMoved(practice_id=practice_id, elsewhere=on))


def _begin_anew(by: Actor, schedule: Schedule) -> None:
    """What the other one has published goes; each knows only its own times."""
    if schedule.confirmed_elsewhere:
        withdraw_shown(by, schedule, timezone.now(), Withdrawn.ELSEWHERE)
    else:
        bring_up_to_date(by, schedule)
