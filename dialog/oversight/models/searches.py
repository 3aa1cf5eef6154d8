"""Searches in the log, each with its purpose."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dialog.content import ContentField
from dialog.oversight.policy import Purpose


class LogSearch(models.Model):
    """Somebody searched the log for what is about a patient, or what a colleague has done.

    It is written before anything is shown, and never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", null=True
    )
    colleague = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    purpose = models.CharField(max_length=20)
    words = ContentField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    looks_only = models.BooleanField(default=False)
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=list(Purpose)), name="log_search_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(patient__isnull=True) ^ Q(colleague__isnull=True),
                name="log_search_about_one",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(first_day__lte=F("last_day")),
                name="log_search_days_ordered",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "-stated_at"], name="log_search_at_practice"),
            models.Index(
                fields=["colleague", "-stated_at"],
                condition=Q(colleague__isnull=False),
                name="log_search_about_colleague",
            ),
        ]
