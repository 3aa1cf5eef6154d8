"""What was asked to be corrected or erased, what was decided, and what was done."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.actor import Side
from dialog.content import ContentField, Owner
from dialog.conversations.rights import Decision, Why, Wish


class RightsRequest(models.Model):
    """Somebody asks that something in a conversation is corrected or erased, and a doctor decides.

    ``words`` go when the conversation is erased; the reason stays, for it can be complained of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    follow_up = models.OneToOneField(
        "conversations.FollowUp", on_delete=models.PROTECT, related_name="rights_request"
    )
    wish = models.CharField(max_length=10)
    words = ContentField()
    side = models.CharField(max_length=10)
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True)
    reason = ContentField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wish__in=list(Wish)), name="rights_request_wish_known"
            ),
            models.CheckConstraint(
                condition=Q(side__in=[Side.PATIENT, Side.PRACTICE]),
                name="rights_request_side_known",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision]), name="rights_request_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="rights_request_decided_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(decision=""),
                name="rights_request_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "asked_at"], name="rights_request_in_order")
        ]

    def content_owner(self) -> Owner:
        """The practice: why it was decided so is known when the conversation is erased too."""
        return Owner.of_practice(self.practice_id)


class Correction(models.Model):
    """What stands beside words that were wrong; the words themselves stay as they were."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    message = models.ForeignKey(
        "conversations.Message", on_delete=models.PROTECT, related_name="+", null=True
    )
    request = models.ForeignKey(
        "conversations.RightsRequest", on_delete=models.PROTECT, related_name="+"
    )
    text = ContentField()
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    author_role = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["conversation", "made_at"], name="correction_in_order")]


class Erasure(models.Model):
    """It has been decided that a conversation's content goes; the relay carries it out.

    The web server cannot destroy a key, and the relay only one of a conversation that has this row.
    """

    conversation = models.OneToOneField(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="erasure",
        primary_key=True,
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=list(Why)), name="erasure_why_known"),
        ]
        indexes = [
            models.Index(
                fields=["conversation"],
                condition=Q(done_at__isnull=True),
                name="erasure_waiting",
            ),
        ]
