"""Which services a list offers, and when they pause."""

import uuid

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone

from dialog.content import ContentField
from dialog.conversations.policy import Feature


class ServiceSwitch(models.Model):
    """Whether a list offers a service now, and what the doctor says about it."""

    patient_list = models.ForeignKey(
        "people.PatientList", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    feature = models.CharField(max_length=20)
    on = models.BooleanField(default=True)
    notice = ContentField()
    answer_days = models.PositiveSmallIntegerField(null=True)
    switched_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    switched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient_list", "feature"], name="service_switch_once"),
            models.CheckConstraint(
                condition=Q(feature__in=list(Feature)), name="service_switch_feature_known"
            ),
        ]


class ServicePause(models.Model):
    """A planned stretch of time in which a service is off, with a reason that patients read."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    patient_list = models.ForeignKey(
        "people.PatientList", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    feature = models.CharField(max_length=20)
    period = DateTimeRangeField()
    reason = ContentField()
    planned_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(feature__in=list(Feature)), name="service_pause_feature_known"
            ),
            models.CheckConstraint(
                condition=~Q(period=Value("empty", output_field=DateTimeRangeField())),
                name="service_pause_period_ordered",
            ),
        ]
        indexes = [models.Index(fields=["patient_list", "feature"], name="service_pause_by_list")]
