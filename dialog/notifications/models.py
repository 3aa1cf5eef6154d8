"""Attempts to tell somebody something by SMS: their state, never their text."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.notifications.policy import AttemptState, News, Reason


class Attempt(models.Model):
    """One piece of news for one person. ``patient`` is whom it is about, ``recipient`` who is told.

    ``entry_id`` is the fact in the ledger it tells of; facts outlive attempts, so it is no key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    entry_id = models.BigIntegerField()
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    news = models.CharField(max_length=20)
    starts_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "recipient"], name="attempt_once"),
            models.CheckConstraint(condition=Q(news__in=list(News)), name="attempt_news_known"),
            models.CheckConstraint(
                condition=Q(state__in=list(AttemptState)), name="attempt_state_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=list(Reason)), name="attempt_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AttemptState.FAILED, AttemptState.SUPPRESSED])
                ^ Q(reason=Reason.NONE),
                name="attempt_not_told_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=AttemptState.QUEUED) ^ Q(settled_at__isnull=False),
                name="attempt_queued_or_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "made_at"], name="attempt_by_conversation"),
            models.Index(
                fields=["settled_at"],
                condition=Q(settled_at__isnull=False),
                name="attempt_to_forget",
            ),
            models.Index(
                fields=["conversation", "recipient"],
                condition=Q(state=AttemptState.QUEUED),
                name="attempt_waiting",
            ),
        ]


class Reminder(models.Model):
    """An appointment's time that has been seen to the day before; a moved one has another time."""

    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField()
    seen_to_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "starts_at"], name="reminder_once"),
        ]
