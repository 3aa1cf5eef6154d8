"""Looking: whoever sees a patient's list of prescriptions is on the log the patient reads."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from dialog.actor import Actor, Side
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.renewals import queries
from dialog.renewals.events import PrescriptionsRead
from dialog.rows import action
from dialog.statements import tell

SAME_LOOK = timedelta(minutes=5)
LOOK = """
INSERT INTO renewals_listlook AS look (patient_id, account_id, seen_at, shown)
VALUES (%s, %s, %s, %s) ON CONFLICT ON CONSTRAINT list_look_once
DO UPDATE SET seen_at = excluded.seen_at, shown = excluded.shown
WHERE look.shown <> excluded.shown OR look.seen_at <= %s
"""


@action
def see_prescriptions(*, by: Actor) -> list[queries.Offer]:
    """Open the list of what can be renewed, one's own or that of whom one acts for."""
    if by.side is not Side.PATIENT:
        raise NotAllowed
    offers, now = queries.offers(by), timezone.now()
    look = (by.patient, by.account, now, _mark(offers), now - SAME_LOOK)
    if offers and tell(LOOK, *look):
        record(by, PrescriptionsRead(patient_id=by.patient_id))
    return offers


def _mark(offers: Sequence[queries.Offer]) -> str:
    """The same for the same list; keyed, so that it tells nothing of what is on it."""
    return salted_hmac("renewals.look", repr(offers), algorithm="sha256").hexdigest()
