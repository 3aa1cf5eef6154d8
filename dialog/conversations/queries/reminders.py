"""When an important message that nobody has opened is followed up (R41)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import InvalidInput
from dialog.people import queries as people
from dialog.working_days import answer_deadline

USUAL_DAYS = 3
MOST_DAYS = 30


def remind_at(by: Actor, days: int | None = None) -> datetime:
    """As the office closes, so many working days from today."""
    after = USUAL_DAYS if days is None else days
    if not 1 <= after <= MOST_DAYS:
        raise InvalidInput(
            _("Velg fra 1 til %(most)d virkedager.") % {"most": MOST_DAYS}, field="remind_after"
        )
    return answer_deadline(timezone.now(), after, people.closing_days(by.practice))
