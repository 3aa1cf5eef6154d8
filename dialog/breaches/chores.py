"""What is done without anybody asking: remind of the clock, and forget what is past its time."""

from uuid import UUID

from django.utils import timezone

from dialog import rows
from dialog.breaches import actions
from dialog.breaches.models import Breach
from dialog.ledger.rounds import Round, each
from dialog.retention import BREACHES, gone_before

CLOCKS, OLD = Round(), Round()


def remind_of_clocks() -> None:
    """Remind those who follow up the log of what Datatilsynet must soon know (R228)."""
    with rows.seeing(scope="relay"):
        due = Breach.objects.filter(remind_at__lte=timezone.now())
        found = CLOCKS.part(due, "id", "practice_id")
    each(found, _remind)


def _remind(breach_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        actions.remind(breach_id=breach_id)


def forget_old_breaches() -> None:
    """Forget what has been over for as long as the table says; ours says nothing goes by itself."""
    before = gone_before(BREACHES)
    if before is None:
        return
    with rows.seeing(scope="relay"):
        found = OLD.part(Breach.objects.filter(closed_at__lt=before), "id", "practice_id")
    each(found, _forget)


def _forget(breach_id: UUID, practice_id: int) -> None:
    with rows.seeing(practice=practice_id):
        actions.forget(breach_id=breach_id)
