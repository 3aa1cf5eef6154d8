"""Looking: whoever sees a patient's list of prescriptions is on the log the patient reads."""

from datetime import timedelta

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.renewals import queries
from dialog.renewals.events import PrescriptionsRead
from dialog.rows import action
from dialog.statements import tell

SAME_LOOK = timedelta(minutes=5)
LOOK = """
INSERT INTO renewals_listlook AS look (patient_id, account_id, seen_at) VALUES (%s, %s, %s)
ON CONFLICT ON CONSTRAINT list_look_once DO UPDATE SET seen_at = excluded.seen_at
WHERE look.seen_at <= %s
"""


@action
def see_prescriptions(*, by: Actor) -> list[queries.Offer]:
    """Open the list of what can be renewed, one's own or that of whom one acts for."""
    if by.side is not Side.PATIENT:
        raise NotAllowed
    offers, now = queries.offers(by), timezone.now()
    if offers and tell(LOOK, by.patient, by.account, now, now - SAME_LOOK):
        record(by, PrescriptionsRead(patient_id=by.patient_id))
    return offers
