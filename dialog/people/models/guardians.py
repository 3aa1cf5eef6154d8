"""The documented ground on which somebody acts for a patient who cannot consent."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentField
from dialog.people.policy import GuardianBasis


class Guardianship(models.Model):
    """A doctor has decided that somebody acts for a patient, why, and until which day; kept when it
    has ended. The right itself is a ``Proxy``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=20)
    explanation = ContentField()
    last = models.DateField()
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=list(GuardianBasis)), name="guardianship_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="guardianship_ended_by_and_at",
            ),
        ]
