"""What record systems have been asked about free times; nothing of whom it was for."""

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class TimesAsked(models.Model):
    """That a practice's record system was asked what is free with somebody on these days.

    Whoever wants the same meanwhile waits for the same answer; the answer itself is slots.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    days = DateRangeField()
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "days"],
                condition=Q(answered_at__isnull=True, failed_at__isnull=True),
                name="times_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(failed_at__isnull=True),
                name="times_asked_answered_or_failed",
            ),
            models.CheckConstraint(
                condition=Q(days__lower_inf=False, days__upper_inf=False, days__isempty=False),
                name="times_asked_days_bounded",
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner", "asked_at"], name="times_asked_in_order"),
        ]
