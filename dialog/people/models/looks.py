"""Why somebody at an office opened a patient with whom nothing was going on."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentField
from dialog.people.policy import LookReason


class Explanation(models.Model):
    """What one member said about one patient; never changed, and read by the patient.

    ``words`` are the member's own, where none of the reasons fit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=20)
    words = ContentField()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=list(LookReason)), name="explanation_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason=LookReason.OTHER) | ~Q(words=""),
                name="explanation_other_in_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["patient", "account", "practice", "-given_at"], name="explanation_latest"
            ),
        ]
