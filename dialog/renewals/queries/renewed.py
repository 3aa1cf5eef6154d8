"""When a prescription was last renewed here."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from dialog.renewals.models import RenewalItem
from dialog.renewals.policy import ItemStatus
from dialog.renewals.ports import Medicine


def renewed_on(known: Iterable[Medicine]) -> dict[UUID, date]:
    """The last day each was renewed, for those that were."""
    last = (
        RenewalItem.objects.filter(
            prescription__uuid__in=[one.ref for one in known], status=ItemStatus.RENEWED
        )
        .values_list("prescription__uuid")
        .annotate(last=Max("decided_at"))
    )
    return {ref: timezone.localdate(at) for ref, at in last}
