"""What the office has asked a patient to do by a day."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentField


class Task(models.Model):
    """Something the patient is to do, in the conversation that asks for it.

    ``missed_at`` is when the office was told that the day had passed; ``remind_at`` the next
    reminder to the patient.
    """

    conversation = models.OneToOneField(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="task",
        primary_key=True,
    )
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    what = ContentField()
    due_on = models.DateField()
    given_at = models.DateTimeField(default=timezone.now)
    remind_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(called_off_at__isnull=True),
                name="task_done_or_called_off",
            ),
            models.CheckConstraint(
                condition=Q(remind_at__isnull=True)
                | Q(done_at__isnull=True, called_off_at__isnull=True, missed_at__isnull=True),
                name="task_reminded_while_it_waits",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "due_on"], name="task_by_practice"),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="task_to_remind"
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(
                    done_at__isnull=True, called_off_at__isnull=True, missed_at__isnull=True
                ),
                name="task_to_miss",
            ),
        ]
