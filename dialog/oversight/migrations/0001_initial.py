import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content

PURPOSES = [
    "patient-asked",
    "colleague-asked",
    "suspicion",
    "deviation",
    "sample",
    "authority",
]
# Who follows up the log at a practice is somebody by name.
REVIEWS = """
CREATE FUNCTION dialog_reviews() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_membership AS work
        WHERE work.practice_id = dialog_practice() AND work.account_id = dialog_account()
        AND work.period @> (now() AT TIME ZONE 'Europe/Oslo')::date AND work.reviews_access)
$$;
"""
# Those who follow up the log see one another's searches, and everybody who has searched for what
# they have done. Nobody changes what was said, nor takes it away.
SECURE = """
ALTER TABLE oversight_logsearch ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_logsearch FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON oversight_logsearch FOR SELECT USING (
    practice_id = dialog_practice()
    AND (dialog_account() IS NULL OR colleague_id = dialog_account()
        OR (SELECT dialog_reviews())));
CREATE POLICY stated ON oversight_logsearch FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND account_id = dialog_account()
    AND (SELECT dialog_reviews()));
REVOKE UPDATE, DELETE ON oversight_logsearch FROM dialog_web, dialog_relay;
"""
BARE = """
DROP POLICY seen ON oversight_logsearch;
DROP POLICY stated ON oversight_logsearch;
ALTER TABLE oversight_logsearch DISABLE ROW LEVEL SECURITY;
"""


def one(of, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"people.{of}", **more
    )


class Migration(migrations.Migration):
    """Searches in the log, each with its purpose (R217, R220)."""

    initial = True
    dependencies = [
        ("people", "0012_who_follows_up_the_log"),
        ("content", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogSearch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=20)),
                ("words", dialog.content.ContentField()),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("looks_only", models.BooleanField(default=False)),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("account", one("account")),
                ("colleague", one("account", null=True)),
                ("patient", one("patient", null=True)),
                ("practice", one("practice", db_index=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practice", "-stated_at"], name="log_search_at_practice"),
                    models.Index(
                        fields=["colleague", "-stated_at"],
                        condition=models.Q(colleague__isnull=False),
                        name="log_search_about_colleague",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(purpose__in=PURPOSES), name="log_search_purpose_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(patient__isnull=True) ^ models.Q(colleague__isnull=True),
                        name="log_search_about_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(first_day__isnull=True)
                        | models.Q(last_day__isnull=True)
                        | models.Q(first_day__lte=models.F("last_day")),
                        name="log_search_days_ordered",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REVIEWS, "DROP FUNCTION dialog_reviews();"),
        migrations.RunSQL(SECURE, BARE),
    ]
