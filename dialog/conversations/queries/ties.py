"""What ties a patient to the office, as far as one member sees it: days, and nothing of what it
is about.
"""

from datetime import date
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.conversations.queries.doors import seen_sql
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.people.policy import Basis
from dialog.statements import ask_one

STANDING = """
SELECT c.patient_id, c.closed_at IS NULL FROM conversations_conversation AS c WHERE c.id = %s AND
"""
# A time that is set opens its own page; all else about the patient only when its day is near.
TIES = """
SELECT bool_or(c.closed_at IS NULL AND NOT (c.kind = 'appointment' AND c.status = 'resting')),
    max(c.closed_at), bool_or(EXISTS (
    SELECT 1 FROM conversations_followup AS one
    WHERE one.conversation_id = c.id AND one.done_at IS NULL))
FROM conversations_conversation AS c WHERE c.patient_id = %s AND
"""


def standing(by: Actor, conversation_id: UUID) -> tuple[int, bool]:
    """Whose matter this is, and whether it is still going on."""
    seen, values = seen_sql(by)
    found = ask_one(f"{STANDING} ({seen})", conversation_id, *values)
    if found is None:
        raise NotFound
    return found[0], found[1]


def ties(by: Actor, patient_id: int) -> dict[Basis, list[date]]:
    """Open matters, promises to follow up, and the last matter that was closed."""
    seen, values = seen_sql(by)
    found = ask_one(f"{TIES} ({seen})", patient_id, *values)
    going_on, closed_at, promised = found or (False, None, False)
    today = [people.today()]
    return {
        Basis.OPEN_MATTER: today if going_on else [],
        Basis.FOLLOW_UP: today if promised else [],
        Basis.JUST_CLOSED: [timezone.localdate(closed_at)] if closed_at else [],
    }
