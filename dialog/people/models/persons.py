"""People: who signs in, whom it is about, and who acts for whom."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now
from django.utils import timezone

from dialog.actor import Area
from dialog.content import ContentField
from dialog.people.policy import (
    Language,
    NotificationKind,
    ProxyKind,
    Stop,
)
from dialog.ranges import OnePoint


class Account(models.Model):
    """A person who signs in, known by a keyed hash of the national identity number.

    ``locked_at`` is when the person shut their own access: nobody comes in as them until they have
    proved anew who they are.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    identity_hash = models.BinaryField(unique=True)
    identity_number = ContentField()
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=5, default=Language.NB)
    created_at = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=list(Language)), name="account_language_known"
            ),
        ]


class Patient(models.Model):
    """Whom it is about. ``sort_key`` orders names the Norwegian way in a database without
    collations.

    ``contact_confirmed_at`` is when somebody last stood by the phone and e-mail given here.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    account = models.OneToOneField(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    identity_hash = models.BinaryField(unique=True)
    identity_number = ContentField()
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=220)
    born = models.DateField()
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    contact_confirmed_at = models.DateTimeField(default=timezone.now, db_default=Now())
    language = models.CharField(max_length=5, default=Language.NB)
    language_chosen_at = models.DateTimeField(null=True)
    ceiling_card_until = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=list(Language)), name="patient_language_known"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="patient_by_name"),
            models.Index(fields=["born"], name="patient_by_birth"),
        ]

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given_name} {self.family_name}"


AREAS = ArrayField(models.CharField(max_length=20))


class Proxy(models.Model):
    """Somebody acts for a patient, within a period and in some areas.

    ``stopped`` is what the population register has against it, and ``confirmed_at`` when it was
    asked; ``from_register``: nobody has registered it here, the register knew.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    period = DateRangeField()
    from_register = models.BooleanField(db_default=False)
    stopped = models.CharField(max_length=20, blank=True, db_default="")
    confirmed_at = models.DateTimeField(null=True)
    areas = ArrayField(
        models.CharField(max_length=20),
        db_default=Value([str(area) for area in Area], output_field=AREAS),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ProxyKind)), name="proxy_kind_known"),
            models.CheckConstraint(
                condition=Q(areas__contained_by=[str(area) for area in Area], areas__len__gt=0),
                name="proxy_areas_known",
            ),
            models.CheckConstraint(condition=Q(stopped__in=list(Stop)), name="proxy_stop_known"),
            models.CheckConstraint(
                condition=~Q(period=Value("empty", output_field=DateRangeField())),
                name="proxy_period_ordered",
            ),
            ExclusionConstraint(
                name="proxy_once_at_a_time",
                expressions=[
                    (OnePoint("patient"), RangeOperators.OVERLAPS),
                    (OnePoint("account"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class OwnAccess(models.Model):
    """A parent lets a child of thirteen to fifteen use the service by itself, until it is taken
    back; kept afterwards.
    """

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="own_access_withdrawn_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(withdrawn_at__isnull=True),
                name="own_access_given_once",
            ),
        ]


class NotificationChoice(models.Model):
    """A kind of SMS the patient has said yes or no to; no row means yes."""

    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)
    wanted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind"], name="notification_choice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(NotificationKind)), name="notification_choice_kind_known"
            ),
        ]
