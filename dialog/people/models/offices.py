"""Practices, who works there and as what."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.people.policy import (
    MEMBER_ROLES,
    OF_ROLES,
    OFFICE_ROLES,
    Channel,
    Profession,
)
from dialog.ranges import OnePoint


class Practice(models.Model):
    """Where GPs work: what a patient needs to know to reach them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=150)
    organisation_number = models.CharField(max_length=9, blank=True)
    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=200, blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    website = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20, default=Channel.WORKSPACE)
    show_staff_names = models.BooleanField(default=True)
    set_up_at = models.DateTimeField(null=True)
    # From this day on it takes nothing new, and its patients are on no list here.
    closes_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=list(Channel)), name="practice_channel_known"
            ),
        ]


class ClosingDay(models.Model):
    """A day the practice is closed beyond weekends and public holidays."""

    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "day"], name="closing_day_once"),
        ]


class Practitioner(models.Model):
    """Somebody with a timebook: a doctor, a nurse, the lab."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    name = models.CharField(max_length=150)
    profession = models.CharField(max_length=10, default=Profession.DOCTOR)
    hpr_number = models.CharField(max_length=9, blank=True)
    specialist = models.BooleanField(default=False)
    bookable = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(profession__in=list(Profession)), name="practitioner_profession_known"
            ),
            models.UniqueConstraint(
                fields=["practice", "account"], name="practitioner_once_at_a_practice"
            ),
        ]


class Membership(models.Model):
    """Somebody works at a practice, in a role, from and until a day; some follow up the log."""

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    period = DateRangeField()
    reviews_access = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(MEMBER_ROLES)), name="membership_role_known"
            ),
            ExclusionConstraint(
                name="membership_one_role_at_a_time",
                expressions=[
                    (OnePoint("account"), RangeOperators.OVERLAPS),
                    (OnePoint("practice"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Delegation(models.Model):
    """A duty the office has handed to a role."""

    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=20)
    duty = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "role", "duty"], name="delegation_once"),
            models.CheckConstraint(
                condition=Q(duty__in=list(OF_ROLES)), name="delegation_duty_known"
            ),
            models.CheckConstraint(
                condition=Q(role__in=list(OFFICE_ROLES)), name="delegation_role_known"
            ),
        ]
