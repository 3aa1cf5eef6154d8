import uuid

import django.utils.timezone
from django.db import migrations, models
from django.db.models import PROTECT, Q

import dialog.content

# Written by whoever looks, at an office the patient belongs to; read by that office, and by the
# patient themselves: not by those who act for them, who may not know of what is going on.
SECURE = """
ALTER TABLE people_explanation ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_explanation FORCE ROW LEVEL SECURITY;
CREATE POLICY setup ON people_explanation TO dialog_owner USING (dialog_scope() = 'setup');
CREATE POLICY seen ON people_explanation FOR SELECT USING (
    practice_id = dialog_practice()
    OR patient_id = dialog_patient() AND EXISTS (SELECT 1 FROM people_patient AS own
        WHERE own.id = patient_id AND own.account_id = dialog_account()));
CREATE POLICY said ON people_explanation FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND account_id = dialog_account()
    AND EXISTS (SELECT 1 FROM people_gpassignment AS here
        WHERE here.patient_id = people_explanation.patient_id
        AND here.practice_id = dialog_practice()));
REVOKE UPDATE, DELETE ON people_explanation FROM dialog_web, dialog_relay;
"""
BARE = """
DROP POLICY setup ON people_explanation;
DROP POLICY seen ON people_explanation;
DROP POLICY said ON people_explanation;
ALTER TABLE people_explanation DISABLE ROW LEVEL SECURITY;
"""


def whose(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(f"people.{model}", on_delete=PROTECT, related_name="+", **more)


class Migration(migrations.Migration):
    """Whoever opens a patient with whom nothing is going on says why first (R232)."""

    dependencies = [("people", "0015_lists_in_the_register")]
    operations = [
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=20)),
                ("words", dialog.content.ContentField(default="")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("account", whose("account")),
                ("patient", whose("patient", db_index=False)),
                ("practice", whose("practice")),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["patient", "account", "practice", "-given_at"],
                        name="explanation_latest",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            reason__in=["call", "preparing", "results", "mistake", "other"]
                        ),
                        name="explanation_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=~Q(reason="other") | ~Q(words=""),
                        name="explanation_other_in_words",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
