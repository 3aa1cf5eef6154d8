"""Patient lists, who looks after them, and who is on them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentField
from dialog.people.policy import (
    Answer,
)
from dialog.ranges import OnePoint


class PatientList(models.Model):
    """A list of patients: one doctor's, or a team's when no doctor is named (R190)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", null=True
    )
    name = models.CharField(max_length=150)
    active = models.BooleanField(default=True)
    # Its number in the GP register, where that says who is on it; empty: the office says.
    register_number = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner"], condition=Q(active=True), name="list_one_for_each_doctor"
            ),
            models.UniqueConstraint(
                fields=["practice", "register_number"],
                condition=Q(active=True) & ~Q(register_number=""),
                name="list_register_number_once",
            ),
        ]


class ListMember(models.Model):
    """A practitioner who looks after a list: its team, or a substitute for a while."""

    patient_list = models.ForeignKey(
        "people.PatientList", on_delete=models.PROTECT, related_name="members"
    )
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+"
    )
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="list_member_once_at_a_time",
                expressions=[
                    (OnePoint("patient_list"), RangeOperators.OVERLAPS),
                    (OnePoint("practitioner"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class GpAssignment(models.Model):
    """Whose list a patient is on, and when; a stay that ended the day it began is kept as empty."""

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    patient_list = models.ForeignKey(
        "people.PatientList", on_delete=models.PROTECT, related_name="+"
    )
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="gp_assignment_one_at_a_time",
                expressions=[
                    (OnePoint("patient"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "patient"], name="gp_assignment_by_practice"),
        ]


class GpChange(models.Model):
    """A practice asks to take on a patient of another's; nothing happens before the yes (R191)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    patient_list = models.ForeignKey(
        "people.PatientList", on_delete=models.PROTECT, related_name="+"
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    name = ContentField()
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, blank=True)
    answered_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["", *Answer]), name="gp_change_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="gp_change_answered_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["patient", "patient_list"],
                condition=Q(answer=""),
                name="gp_change_asked_once",
            ),
        ]
