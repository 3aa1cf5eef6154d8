"""Looking at an entry, taking the register out, and what the relay does with it."""

from uuid import UUID

from django.utils import timezone

from dialog.actor import PLATFORM, Actor, Side
from dialog.breaches import policy, queries
from dialog.breaches.events import BreachForgotten, BreachRead, BreachReminded, RegisterTaken
from dialog.breaches.models import Addition, Affected, Assessment, Breach
from dialog.breaches.policy import must_follow_up
from dialog.breaches.queries import BreachView
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.retention import BREACHES, gone_before
from dialog.rows import action
from dialog.statements import change


@action
def read(*, by: Actor, breach_id: UUID) -> BreachView:
    """Open an entry, with those affected; that the clock was reminded of has been seen."""
    breach = queries.breach_for(by, breach_id, lock=True)
    if breach.reminded_at is not None:
        breach.seen_at = timezone.now()
        change(breach, "seen_at")
    record(by, BreachRead(breach_id=breach.id, practice_id=breach.practice_id))
    return queries.whole(breach)


@action
def take_register(*, by: Actor) -> list[BreachView]:
    """Take out the whole register, for the authority."""
    must_follow_up(by)
    record(by, RegisterTaken(practice_id=by.practice_id))
    return list(queries.register(by))


@action
def remind(*, by: Actor = PLATFORM, breach_id: UUID) -> bool:
    """Remind those who follow up the log that the clock runs out soon, or has."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    now = timezone.now()
    due = Breach.objects.select_for_update().filter(id=breach_id, remind_at__lte=now)
    breach = due.first()
    if breach is None:
        return False
    breach.reminded_at, breach.remind_at = now, policy.next_reminder(breach.aware_at, now)
    change(breach, "reminded_at", "remind_at")
    record(
        by,
        BreachReminded(
            breach_id=breach.id,
            overdue=now >= policy.deadline(breach.aware_at),
            practice_id=breach.practice_id,
        ),
    )
    return True


@action
def forget(*, by: Actor = PLATFORM, breach_id: UUID) -> bool:
    """Remove what has been over for as long as such are kept, and all that hangs on it."""
    before = gone_before(BREACHES)
    if by.side is not Side.PLATFORM or before is None:
        raise NotAllowed
    old = Breach.objects.select_for_update().filter(id=breach_id, closed_at__lt=before)
    breach = old.first()
    if breach is None:
        return False
    for kind in (Assessment, Addition, Affected):
        kind.objects.filter(breach_id=breach.id).delete()
    breach.delete()
    record(by, BreachForgotten(breach_id=breach_id, practice_id=breach.practice_id))
    return True
