"""What went wrong, what was thought of it and done about it, and whom it affects.

What was written is not written over: each assessment and each addition is a row of its own, and the
first words stay (a trigger, in every role).
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.breaches.policy import Kind, Risk, Said, Status, Told
from dialog.content import ContentField, Owner


def _account(*, null: bool = False) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=null
    )


class Breach(models.Model):
    """One entry of a practice's register.

    ``discovered_at`` is as it was first written, ``aware_at`` what the clock goes by now;
    ``source`` is the matter it was found in. ``remind_at`` is empty when the clock does not run.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=20, default=Status.OPEN)
    what = ContentField()
    happened_at = models.DateTimeField(null=True)
    discovered_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    source = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", null=True
    )
    risk = models.CharField(max_length=20, blank=True)
    registered_by = _account(null=True)
    registered_by_name = models.CharField(max_length=150)
    registered_at = models.DateTimeField(default=timezone.now)
    notified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="breach_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=list(Status)), name="breach_status_known"
            ),
            models.CheckConstraint(condition=Q(risk__in=["", *Risk]), name="breach_risk_known"),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN, risk="") | (~Q(status=Status.OPEN) & ~Q(risk="")),
                name="breach_open_until_assessed",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at__isnull=True)),
                name="breach_closed_at",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NOTIFIED) | Q(notified_at__isnull=False),
                name="breach_notified_at",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(registered_by__isnull=True),
                name="breach_drafted_once",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "-aware_at"], name="breach_in_order"),
            models.Index(
                fields=["practice"], condition=~Q(status=Status.CLOSED), name="breach_not_closed"
            ),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="breach_to_remind",
            ),
        ]

    def content_owner(self) -> Owner:
        """The practice: the register stands when the matter is erased."""
        return Owner.of_practice(self.practice_id)


class Assessment(models.Model):
    """What was thought of the risk at one time, in the words of article 33 (3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    breach = models.ForeignKey(
        "breaches.Breach", on_delete=models.PROTECT, related_name="assessments", db_index=False
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=20)
    aware_at = models.DateTimeField()
    people_about = models.PositiveIntegerField(null=True)
    information = ContentField()
    consequences = ContentField()
    measures = ContentField()
    reason = ContentField()
    contact = ContentField()
    made_by = _account()
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(risk__in=list(Risk)), name="assessment_risk_known"),
        ]
        indexes = [models.Index(fields=["breach", "made_at"], name="assessment_in_order")]


class Addition(models.Model):
    """Something that was done or said; ``at`` is when it was, ``reason`` why it was so late."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    breach = models.ForeignKey(
        "breaches.Breach", on_delete=models.PROTECT, related_name="additions", db_index=False
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=20)
    text = ContentField()
    reason = ContentField()
    at = models.DateTimeField()
    made_by = _account()
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(said__in=list(Said)), name="addition_said_known"),
        ]
        indexes = [models.Index(fields=["breach", "made_at"], name="addition_in_order")]


class Affected(models.Model):
    """A patient whose information it is, and how they were told; ``letter`` is what they got."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    breach = models.ForeignKey("breaches.Breach", on_delete=models.PROTECT, related_name="affected")
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_by = _account(null=True)
    added_by_name = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=timezone.now)
    taken_out_at = models.DateTimeField(null=True)
    taken_out_by = _account(null=True)
    told_how = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = _account(null=True)
    told_by_name = models.CharField(max_length=150, blank=True)
    letter = ContentField()
    told_in = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_how__in=["", *Told]), name="affected_told_how_known"
            ),
            models.CheckConstraint(
                condition=Q(told_how="", told_at__isnull=True, told_by__isnull=True)
                | (~Q(told_how="") & Q(told_at__isnull=False, told_by__isnull=False)),
                name="affected_told_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, taken_out_by__isnull=True)
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="affected_taken_out_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(told_how="") | Q(taken_out_at__isnull=True),
                name="affected_told_is_not_taken_out",
            ),
            models.UniqueConstraint(
                fields=["breach", "patient"],
                condition=Q(taken_out_at__isnull=True),
                name="affected_once",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="affected_by_patient")]
