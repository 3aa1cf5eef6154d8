import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

REASONS = ["by-hand", "timebook", "elsewhere"]
TABLE = "appointments_confirmingpractice"
SECURE = (
    f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;"
    f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;"
    f"CREATE POLICY setup ON {TABLE} TO dialog_owner USING (dialog_scope() = 'setup');"
    f"CREATE POLICY mine ON {TABLE} USING (practice_id = dialog_practice());"
)
BARE = f"DROP POLICY mine ON {TABLE}; DROP POLICY setup ON {TABLE};"


class Migration(migrations.Migration):
    """At some practices the record system must say yes before a time is anybody's; at those that
    were there nothing changes.
    """

    dependencies = [
        ("appointments", "0004_a_timebook_can_be_handed_over"),
        ("people", "0004_a_mandate_is_the_patients_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmingPractice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
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
        ),
        migrations.AddConstraint(
            "confirmingpractice",
            models.UniqueConstraint(fields=("practice",), name="confirming_practice_once"),
        ),
        migrations.RunSQL(SECURE, BARE),
        migrations.AddField(
            "schedule",
            "confirmed_elsewhere",
            models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            "appointment",
            "confirmed_elsewhere",
            models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            "appointment",
            "unconfirmed",
            models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(status="cancelled")
                | models.Q(status="pending", unconfirmed=True)
                | ~models.Q(status="pending") & models.Q(unconfirmed=False),
                name="appointment_pending_is_unconfirmed",
            ),
        ),
        migrations.RemoveConstraint("slot", "slot_withdrawn_at_and_because"),
        migrations.AddConstraint(
            "slot",
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False, withdrawn_because__in=REASONS),
                name="slot_withdrawn_at_and_because",
            ),
        ),
    ]
