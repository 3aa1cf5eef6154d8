"""What is done without anybody asking: remind of the appointments of the day after."""

from datetime import timedelta

from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import queries as appointments
from dialog.ledger.rounds import each
from dialog.notifications import actions, queries
from dialog.notifications.models import Attempt
from dialog.notifications.policy import REMINDED_FROM
from dialog.retention import NOTIFICATIONS, gone_before
from dialog.working_days import day_bounds, local, oslo_day

MOST = 500


def remind_of_tomorrow() -> None:
    """From the middle of the morning, remind of every appointment that is tomorrow (R38)."""
    today = oslo_day(timezone.now())
    if timezone.now() < local(today, REMINDED_FROM):
        return
    starts, ends = day_bounds(today + timedelta(days=1))
    with rows.seeing(scope="relay"):
        seen_to = queries.seen_to(starts, ends)
        coming = [
            one
            for one in appointments.booked_between(starts, ends)
            if (one.conversation_id, one.starts) not in seen_to
        ]
    each(((one,) for one in coming), _remind)


def _remind(one: appointments.Coming) -> None:
    with rows.seeing(practice=one.practice_id, patient=one.patient_id):
        actions.remind(
            by=PLATFORM,
            conversation_id=one.conversation_id,
            appointment_id=one.id,
            patient_id=one.patient_id,
            practice_id=one.practice_id,
            starts=one.starts,
        )


def forget_attempts() -> None:
    """Forget whom an SMS told what, when its time is over; the ledger has the facts."""
    before = gone_before(NOTIFICATIONS)
    if before is not None:
        with rows.seeing(scope="relay"):
            old = Attempt.objects.filter(settled_at__lt=before).order_by("settled_at")
            Attempt.objects.filter(id__in=list(old.values_list("id", flat=True)[:MOST])).delete()
