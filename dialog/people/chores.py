"""What is done without anybody asking: ask the registers again."""

import logging

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.errors import PortError
from dialog.ledger.rounds import Round
from dialog.people.actions import ask_personnel, note_professional
from dialog.people.models import Membership, Professional
from dialog.people.personnel_register import personnel_connected
from dialog.people.policy import NEEDED
from dialog.people.queries import today

log = logging.getLogger(__name__)
AT_A_TIME = 50
PERSONNEL = Round(most=AT_A_TIME)


def ask_about_personnel() -> None:
    """Ask the health-personnel register about those who work here, where its answer has aged."""
    if not personnel_connected():
        return
    aged = timezone.now() - settings.PERSONNEL_TO_ASK
    with rows.seeing(scope="door"):
        fresh = Professional.objects.filter(heard_at__gt=aged).values("account_id")
        due = Membership.objects.filter(
            ~Q(account_id__in=fresh), role__in=list(NEEDED), period__contains=today()
        )
        found = PERSONNEL.part(due, "account_id")
    for (account_id,) in found:
        try:
            note_professional(by=PLATFORM, account_id=account_id, heard=ask_personnel(account_id))
        except PortError:
            # Nothing changes but the age of what is known; the rest are asked in a minute.
            log.warning("the health-personnel register does not answer")
            return
