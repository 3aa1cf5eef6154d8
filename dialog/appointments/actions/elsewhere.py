"""Practices whose record system says what is free, and yes or no to what is taken."""

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments.actions.publishing import (
    bring_up_to_date,
    lock_confirming,
    withdraw_shown,
)
from dialog.appointments.events import ConfirmationMoved
from dialog.appointments.models import ConfirmingPractice, Schedule
from dialog.appointments.policy import Withdrawn
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.rows import action, seeing


@action
def confirm_elsewhere(*, by: Actor, practice_id: int, on: bool) -> None:
    """Let a practice's record system say what is free and who gets it, or the timebooks here again;
    it holds for timebooks made later too. What is taken stands. The same again changes nothing.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    with seeing(practice=practice_id):
        lock_confirming(practice_id)
        if ConfirmingPractice.objects.filter(practice_id=practice_id).exists() is on:
            return
        if on:
            ConfirmingPractice.objects.get_or_create(practice_id=practice_id)
        else:
            ConfirmingPractice.objects.filter(practice_id=practice_id).delete()
        schedules = Schedule.objects.select_for_update().filter(practice_id=practice_id)
        for schedule in schedules.order_by("id"):
            schedule.confirmed_elsewhere = on
            schedule.save(update_fields=["confirmed_elsewhere"])
            _begin_anew(by, schedule)
        record(by, ConfirmationMoved(practice_id=practice_id, elsewhere=on))


def _begin_anew(by: Actor, schedule: Schedule) -> None:
    """What the other one has published goes; each knows only its own times."""
    if schedule.confirmed_elsewhere:
        withdraw_shown(by, schedule, timezone.now(), Withdrawn.ELSEWHERE)
    else:
        bring_up_to_date(by, schedule)
