"""The only doors to the register; what is another office's is not found."""

from uuid import UUID

from dialog.actor import Actor
from dialog.breaches.models import Affected, Breach
from dialog.breaches.policy import must_follow_up
from dialog.errors import NotFound


def breach_for(by: Actor, breach_id: UUID, *, lock: bool = False) -> Breach:
    """One entry of the actor's own office; ``lock`` orders what happens to it."""
    must_follow_up(by)
    rows = Breach.objects.select_for_update() if lock else Breach.objects.all()
    found = rows.filter(id=breach_id, practice_id=by.practice).first()
    if found is None:
        raise NotFound
    return found


def affected_for(by: Actor, breach_id: UUID, affected_id: UUID) -> Affected:
    """Somebody affected by an entry of the actor's own office, who has not been taken out."""
    breach = breach_for(by, breach_id, lock=True)
    found = Affected.objects.filter(
        id=affected_id, breach_id=breach.id, taken_out_at__isnull=True
    ).first()
    if found is None:
        raise NotFound
    return found


def known_affected(breach: Breach) -> list[Affected]:
    """Everybody affected, as far as is known, in the order they were written down."""
    here = Affected.objects.filter(breach_id=breach.id, taken_out_at__isnull=True)
    return list(here.order_by("added_at", "id"))
