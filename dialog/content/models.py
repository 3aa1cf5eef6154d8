"""The keys, wrapped; what wraps the outermost of them is not in the database."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone


class WrappingKey(models.Model):
    """What a practice's data keys are wrapped by, or the platform's own (``owner``: whose).

    One is current; those that have been retired stay until every data key has been wrapped anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.CharField(max_length=60)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(retired_at__isnull=True),
                name="wrapping_key_current_once",
            ),
        ]


class DataKey(models.Model):
    """What the content of one owner is encrypted with: a conversation's, a file's, a practice's or
    the platform's. Without the row nothing that it encrypted can be read again by anybody; empty,
    it says that this was meant.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.CharField(max_length=60, unique=True)
    wrapped_by = models.ForeignKey(
        "content.WrappingKey", on_delete=models.PROTECT, related_name="+"
    )
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
