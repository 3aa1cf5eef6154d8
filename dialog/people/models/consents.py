"""That a patient has said yes to being a digital user, and taken it back."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.people.policy import GivenAs, Language


class DigitalConsent(models.Model):
    """A yes to a version of the words, in a language; kept when it has ended, and never changed.

    ``replaced``: it has not been taken back, another yes stands in its place.
    """

    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    given_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    given_as = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)
    text_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    ended_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)
    replaced = models.BooleanField(db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_as__in=list(GivenAs)), name="digital_consent_given_as_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=list(Language)), name="digital_consent_language_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, replaced=False)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="digital_consent_ended_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(ended_at__isnull=True),
                name="digital_consent_given_once",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-given_at"], name="digital_consent_by_patient"),
        ]
