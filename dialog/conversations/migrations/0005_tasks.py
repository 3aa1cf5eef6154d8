import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content

SECURE = """
ALTER TABLE conversations_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_task FORCE ROW LEVEL SECURITY;
CREATE POLICY in_mine ON conversations_task USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversations_task.conversation_id
));
CREATE POLICY relay ON conversations_task FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
"""
BARE = """
DROP POLICY in_mine ON conversations_task;
DROP POLICY relay ON conversations_task;
ALTER TABLE conversations_task DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """The office asks for something by a day, and hears when the day has passed."""

    dependencies = [
        ("conversations", "0004_parts_of_services"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="followup", name="follow_up_reason_known"),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(reason__in=["agreed", "not-read", "not-done"]),
                name="follow_up_reason_known",
            ),
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="task",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("what", dialog.content.ContentField(default="")),
                ("due_on", models.DateField()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("remind_at", models.DateTimeField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practice", "due_on"], name="task_by_practice"),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="task_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("called_off_at__isnull", True),
                            ("done_at__isnull", True),
                            ("missed_at__isnull", True),
                        ),
                        fields=["due_on"],
                        name="task_to_miss",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(done_at__isnull=True, done_by__isnull=True)
                        | models.Q(done_at__isnull=False, done_by__isnull=False),
                        name="task_done_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(done_at__isnull=True)
                        | models.Q(called_off_at__isnull=True),
                        name="task_done_or_called_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(remind_at__isnull=True)
                        | models.Q(
                            called_off_at__isnull=True,
                            done_at__isnull=True,
                            missed_at__isnull=True,
                        ),
                        name="task_reminded_while_it_waits",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
