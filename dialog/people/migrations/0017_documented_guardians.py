import uuid

import django.utils.timezone
from django.db import migrations, models
from django.db.models import PROTECT, Q

import dialog.content

# The office that decided, the patient, and whoever acts. Others who act for the patient read
# nothing of why the patient cannot consent.
SECURE = """
ALTER TABLE people_guardianship ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_guardianship FORCE ROW LEVEL SECURITY;
CREATE POLICY setup ON people_guardianship TO dialog_owner USING (dialog_scope() = 'setup');
CREATE POLICY seen ON people_guardianship FOR SELECT USING (
    practice_id = dialog_practice() OR account_id = dialog_account()
    OR (patient_id = dialog_patient() AND EXISTS (
        SELECT 1 FROM people_patient AS own
        WHERE own.id = patient_id AND own.account_id = dialog_account())));
CREATE POLICY decided ON people_guardianship FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND decided_by_id = dialog_account() AND ended_at IS NULL);
CREATE POLICY ended ON people_guardianship FOR UPDATE
    USING (practice_id = dialog_practice() AND ended_at IS NULL)
    WITH CHECK (practice_id = dialog_practice() AND ended_by_id = dialog_account());
REVOKE UPDATE, DELETE ON people_guardianship FROM dialog_web, dialog_relay;
GRANT UPDATE (ended_by_id, ended_at) ON people_guardianship TO dialog_web;
"""
BARE = """
DROP POLICY ended ON people_guardianship;
DROP POLICY decided ON people_guardianship;
DROP POLICY seen ON people_guardianship;
DROP POLICY setup ON people_guardianship;
ALTER TABLE people_guardianship DISABLE ROW LEVEL SECURITY;
"""
BASES = ["guardian", "future-power", "next-of-kin"]


def key(to: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(to, on_delete=PROTECT, related_name="+", **more)


class Migration(migrations.Migration):
    """On which documented ground somebody acts for a patient who cannot consent (R24)."""

    dependencies = [("people", "0016_looks_are_explained")]
    operations = [
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("basis", models.CharField(max_length=20)),
                ("explanation", dialog.content.ContentField(default="")),
                ("last", models.DateField()),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("account", key("people.account")),
                ("decided_by", key("people.account")),
                ("ended_by", key("people.account", null=True)),
                ("patient", key("people.patient")),
                ("practice", key("people.practice")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(basis__in=BASES), name="guardianship_basis_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                        | Q(ended_by__isnull=False, ended_at__isnull=False),
                        name="guardianship_ended_by_and_at",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
