"""Looks that were unlike the usual, what is usual, and how far the log has been followed up."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from dialog.actor import Role, Side
from dialog.content import ContentField
from dialog.oversight.policy import Sign, Verdict

AT_WORK = [str(role) for role in Role if role.side is Side.PRACTICE]


class UnusualLook(models.Model):
    """What somebody looked at on a day, with what was unlike the usual about it, and what was found
    by asking. Without a patient it is about how many it was that day.

    The looks themselves are in the ledger, and only there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", null=True
    )
    day = models.DateField()
    signs = ArrayField(models.CharField(max_length=20))
    looks = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    question = ContentField()
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    asked_at = models.DateTimeField(null=True)
    answer = ContentField()
    answered_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, blank=True)
    reason = ContentField()
    judged_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    signs__contained_by=[str(one) for one in Sign],
                    signs__len__gt=0,
                ),
                name="unusual_look_signs_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *Verdict]), name="unusual_look_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
                name="unusual_look_judged_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("account")),
                name="unusual_look_not_judged_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, asked_at__isnull=True)
                | Q(asked_by__isnull=False, asked_at__isnull=False),
                name="unusual_look_asked_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(asked_at__isnull=False),
                name="unusual_look_answered_when_asked",
            ),
            # What comes after it was judged is another one.
            models.UniqueConstraint(
                fields=["practice", "account", "patient", "day"],
                condition=Q(verdict=""),
                nulls_distinct=False,
                name="unusual_look_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "first_at"],
                condition=Q(verdict=""),
                name="unusual_look_waiting",
            ),
            models.Index(
                fields=["practice", "account", "-first_at"], name="unusual_look_by_worker"
            ),
            models.Index(
                fields=["judged_at"], condition=~Q(verdict=""), name="unusual_look_judged_by_age"
            ),
        ]


class WorkDay(models.Model):
    """Whom somebody opened on a day with nothing going on: what "many" is measured against, and
    gone when that is over. The relay's alone.
    """

    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    role = models.CharField(max_length=20)
    patients = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "account", "day"], name="work_day_once"),
            models.CheckConstraint(condition=Q(role__in=AT_WORK), name="work_day_role_known"),
        ]
        indexes = [models.Index(fields=["day"], name="work_day_by_age")]


class Followed(models.Model):
    """How far the log has been followed up: the last seal whose entries have been gone through."""

    seal = models.BigIntegerField(default=0)
