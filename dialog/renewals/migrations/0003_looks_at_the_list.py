import django.db.models.deletion
from django.db import migrations, models

SECURE = """
ALTER TABLE renewals_listlook ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals_listlook FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON renewals_listlook USING (
    patient_id = dialog_patient() AND account_id = dialog_account());
"""
BARE = """
DROP POLICY mine ON renewals_listlook;
ALTER TABLE renewals_listlook DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Whoever sees a patient's prescriptions is on the log, once for each look."""

    dependencies = [
        ("renewals", "0002_row_security"),
        ("people", "0003_no_mandate_for_oneself"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("patient", "account"), name="list_look_once")
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
