"""Saying why one looks."""

from uuid import UUID

from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.models import Explanation
from dialog.people.policy import LookReason
from dialog.rows import action
from dialog.statements import keep

LONGEST_REASON = 300


@action
def explain_look(*, by: Actor, patient_uuid: UUID, reason: LookReason, words: str = "") -> None:
    """Say why one opens a patient with whom nothing is going on; the patient reads it (R232)."""
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    patient = queries.patient_for(by, patient_uuid)
    said = words.strip() if reason is LookReason.OTHER else ""
    if reason is LookReason.OTHER and not said:
        raise InvalidInput(_("Skriv kort hvorfor."), field="words")
    if len(said) > LONGEST_REASON:
        raise InvalidInput(_("Skriv kortere, høyst 300 tegn."), field="words")
    made = keep(
        Explanation(
            practice_id=by.practice,
            account_id=by.account,
            patient_id=patient.id,
            reason=reason,
            words=said,
        )
    )
    record(
        by,
        events.LookExplained(
            patient_id=patient.id,
            practice_id=by.practice_id,
            reason=reason,
            explanation_id=made.id,
        ),
    )
