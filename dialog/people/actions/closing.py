"""An office that closes: from which day, and that all of it has been handed over (R223)."""

from datetime import date

from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import events
from dialog.people.models import Practice
from dialog.people.queries import today
from dialog.rows import action
from dialog.statements import change


@action
def close_practice(*, by: Actor, practice_id: int, on: date | None) -> None:
    """Say from which day a practice takes nothing new; None when it does not close after all."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    practice = Practice.objects.select_for_update().filter(id=practice_id).first()
    if practice is None:
        raise NotFound
    if on is not None and on < today():
        raise InvalidInput(_("Dagen må være i dag eller senere."), field="on")
    if practice.closes_on == on:
        return
    practice.closes_on = on
    change(practice, "closes_on")
    record(by, events.PracticeCloses(practice_id=practice_id, on=on))
