"""Entry (a fact, forever), Seal (many facts, signed), Delivery (a debt, until paid), and the key
that makes a click one act.
"""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class DeliveryState(StrEnum):
    """Where a debt stands."""

    OWED = "owed"
    PAID = "paid"
    PARKED = "parked"
    DISMISSED = "dismissed"


class Entry(models.Model):
    """What happened, when, by whom, in what role, about whom. Outlives what it describes."""

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    patient_id = models.BigIntegerField(null=True)
    practice_id = models.BigIntegerField(null=True)
    conversation_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "-id"], name="entry_by_patient"),
            models.Index(fields=["practice_id", "-id"], name="entry_by_practice"),
            models.Index(fields=["practice_id", "account_id", "-id"], name="entry_by_worker"),
            models.Index(fields=["conversation_id", "id"], name="entry_by_conversation"),
        ]


class Seal(models.Model):
    """A batch of entries under one signature, chained to the batch before.

    ``ids`` says which: first, last, first, last. ``leaves`` has the hash of each, in that order, so
    that a line which was changed can be named.
    """

    number = models.BigIntegerField(primary_key=True)
    previous = models.BinaryField()
    root = models.BinaryField()
    lines = models.IntegerField()
    ids = ArrayField(models.BigIntegerField())
    last_id = models.BigIntegerField()
    floor = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    key = models.CharField(max_length=64)
    head = models.BinaryField()
    signature = models.BinaryField()
    leaves = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["last_id"], name="seal_by_last_id")]


class Delivery(models.Model):
    """One fact owed to one subscriber."""

    entry = models.ForeignKey(
        "ledger.Entry", on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    subscriber = models.CharField(max_length=30)
    practice_id = models.BigIntegerField(null=True)
    conversation_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, default=DeliveryState.OWED)
    due_at = models.DateTimeField(default=timezone.now)
    lease = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "subscriber"], name="delivery_once_per_subscriber"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(DeliveryState)), name="delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=DeliveryState.OWED),
                name="delivery_due",
            ),
            models.Index(
                fields=["subscriber", "conversation_id", "id"],
                condition=Q(state=DeliveryState.OWED),
                name="delivery_in_order",
            ),
            models.Index(
                fields=["practice_id", "id"],
                condition=Q(state=DeliveryState.PARKED),
                name="delivery_parked",
            ),
        ]


class Served(models.Model):
    """A practice whose facts are owed to a subscriber that not everybody has."""

    practice_id = models.BigIntegerField()
    subscriber = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice_id", "subscriber"], name="served_once"),
        ]


class RequestKey(models.Model):
    """One click of one person, what was sent with it, and where it led."""

    account_id = models.BigIntegerField()
    key = models.UUIDField()
    digest = models.BinaryField()
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "key"], name="request_key_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="request_key_by_age")]


class Heartbeat(models.Model):
    """When a background process was last alive."""

    process = models.CharField(max_length=30, unique=True)
    seen_at = models.DateTimeField()
