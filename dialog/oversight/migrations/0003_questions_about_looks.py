import django.db.models.deletion
from django.db import migrations, models

# The second wall for R219: nobody at an office but those who follow up the log sees that a patient
# has asked about a look. What hangs on a conversation is found through it. The platform's own work
# has no account.
WALL = """
CREATE POLICY log_questions ON conversations_conversation AS RESTRICTIVE USING (
    kind <> 'log-question' OR (SELECT dialog_account() IS NULL)
    OR patient_id = (SELECT dialog_patient())
    OR (SELECT dialog_reviews()));
"""
SECURE = """
ALTER TABLE oversight_logquestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_logquestion FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_conversation ON oversight_logquestion USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversation_id
    AND c.practice_id = oversight_logquestion.practice_id));
REVOKE UPDATE, DELETE ON oversight_logquestion FROM dialog_web, dialog_relay;
"""
BARE = """
DROP POLICY with_its_conversation ON oversight_logquestion;
ALTER TABLE oversight_logquestion DISABLE ROW LEVEL SECURITY;
"""


def one(of, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"people.{of}", **more
    )


class Migration(migrations.Migration):
    """A patient asks about a look, and those who follow up the log answer (R219)."""

    dependencies = [
        ("oversight", "0002_unusual_looks"),
        ("conversations", "0012_questions_about_the_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogQuestion",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
                ("asked_by", one("account")),
                ("looked", one("account", null=True)),
                ("practice", one("practice")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["entry_id", "asked_by"], name="log_question_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
        migrations.RunSQL(WALL, "DROP POLICY log_questions ON conversations_conversation;"),
    ]
