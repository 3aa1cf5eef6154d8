"""Prescriptions the practice knows of, and requests to renew them, line by line."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentField
from dialog.renewals.policy import OPEN, Group, ItemStatus, PickUp, Reason, Source


class Prescription(models.Model):
    """A prescription a patient has had here; what is left of it is what the practice last heard."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    name = ContentField()
    strength = ContentField()
    form = ContentField()
    dosage = ContentField()
    atc = ContentField()
    group = models.CharField(max_length=4)
    repeats_left = models.PositiveSmallIntegerField(null=True)
    valid_until = models.DateField(null=True)
    control_by = models.DateField(null=True)
    reserved = models.BooleanField(default=False)
    source = models.CharField(max_length=10)
    entered_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    entered_at = models.DateTimeField(default=timezone.now)
    stopped_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=list(Group)), name="prescription_group_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=list(Source)), name="prescription_source_known"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="prescription_stopped_by_and_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["patient", "practice"],
                condition=Q(stopped_at__isnull=True),
                name="prescription_by_patient",
            ),
        ]


class RenewalRules(models.Model):
    """What a practice has decided for itself; none means that nothing has been decided."""

    practice = models.OneToOneField(
        "people.Practice", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    consultation_first = ArrayField(models.CharField(max_length=7), default=list)
    by_parents = models.BooleanField(default=True)
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)


class Renewal(models.Model):
    """What holds for all lines of a request: how the patient wants what is renewed."""

    conversation = models.OneToOneField(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="+",
        primary_key=True,
    )
    pick_up = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pick_up__in=list(PickUp)), name="renewal_pick_up_known"
            ),
        ]


class RenewalItem(models.Model):
    """One line: a prescription, or an earlier medicine in the patient's own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.PositiveSmallIntegerField()
    prescription = models.ForeignKey(
        "renewals.Prescription",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    words = ContentField(null=True, default=None)  # type: ignore[misc]  # the one that may be null
    comment = ContentField()
    status = models.CharField(max_length=20, default=ItemStatus.REQUESTED)
    reason = models.CharField(max_length=20, blank=True)
    explanation = ContentField()
    prepared_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    prepared_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "prescription"], name="renewal_item_once"
            ),
            models.UniqueConstraint(fields=["conversation", "place"], name="renewal_item_in_order"),
            models.CheckConstraint(
                condition=Q(prescription__isnull=False) ^ Q(words__isnull=False),
                name="renewal_item_is_one_medicine",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(ItemStatus)), name="renewal_item_status_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=list(Reason)), name="renewal_item_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ItemStatus.DECLINED, ItemStatus.CONSULTATION_NEEDED])
                ^ Q(reason=Reason.NONE),
                name="renewal_item_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(prepared_at__isnull=True, prepared_by__isnull=True)
                | Q(prepared_at__isnull=False, prepared_by__isnull=False),
                name="renewal_item_prepared_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=sorted(OPEN), decided_at__isnull=True, decided_by__isnull=True
                )
                | (
                    ~Q(status__in=sorted(OPEN))
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="renewal_item_decided_by_and_at",
            ),
        ]
        indexes = [
            models.Index(fields=["prescription", "-decided_at"], name="renewal_item_last_decided"),
        ]


class ListLook(models.Model):
    """When somebody last saw a patient's list of prescriptions, and a mark of what was on it, so
    that a reload is no new look.
    """

    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    shown = models.CharField(max_length=64, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "account"], name="list_look_once"),
        ]
