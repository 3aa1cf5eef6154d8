import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was told what, or why not."""

    initial = True
    replaces = [("notifications", "0006_not_without_a_yes")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField()),
                ("news", models.CharField(max_length=20)),
                ("starts_at", models.DateTimeField(null=True)),
                ("state", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["conversation", "made_at"], name="attempt_by_conversation"
                    ),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", False)),
                        fields=["settled_at"],
                        name="attempt_to_forget",
                    ),
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["conversation", "recipient"],
                        name="attempt_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("entry_id", "recipient"), name="attempt_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "news__in",
                                [
                                    "booked",
                                    "moved",
                                    "cancelled",
                                    "changed",
                                    "refused",
                                    "unanswered",
                                    "offered",
                                    "run-out",
                                    "reminder",
                                    "message",
                                    "answered",
                                    "unread",
                                    "renewal",
                                    "task",
                                    "task-late",
                                ],
                            )
                        ),
                        name="attempt_news_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sent", "delivered", "failed", "suppressed"])
                        ),
                        name="attempt_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "choice",
                                    "no-consent",
                                    "reserved",
                                    "old-contact",
                                    "not-registered",
                                    "no-phone",
                                    "same-phone",
                                    "merged",
                                    "already-read",
                                    "not-so",
                                    "refused",
                                    "too-late",
                                    "not-delivered",
                                ],
                            )
                        ),
                        name="attempt_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["failed", "suppressed"]),
                            ("reason", ""),
                            _connector="XOR",
                        ),
                        name="attempt_not_told_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "queued"), ("settled_at__isnull", False), _connector="XOR"
                        ),
                        name="attempt_queued_or_settled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("seen_to_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "starts_at"), name="reminder_once"
                    )
                ],
            },
        ),
    ]
