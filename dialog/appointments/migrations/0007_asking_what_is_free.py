import uuid

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TABLE = "appointments_timesasked"
SEEN = "practice_id = ANY ((SELECT dialog_offices())::bigint[])"
MINE = "practice_id = dialog_practice()"
POLICIES = {
    "setup": "TO dialog_owner USING (dialog_scope() = 'setup')",
    "seen": f"FOR SELECT USING ({SEEN})",
    "asks": f"FOR INSERT WITH CHECK ({SEEN} AND answered_at IS NULL)",
    "gives_up": f"FOR UPDATE USING ({SEEN}) WITH CHECK ({SEEN} AND answered_at IS NULL)",
    "office_answers": f"FOR UPDATE USING ({MINE}) WITH CHECK ({MINE})",
    "relay": "FOR SELECT TO dialog_relay USING (dialog_scope() = 'relay')",
    "relay_forgets": "FOR DELETE TO dialog_relay USING (dialog_scope() = 'relay')",
}
SECURE = (
    f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;"
    f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;"
    + "".join(f"CREATE POLICY {name} ON {TABLE} {rule};" for name, rule in POLICIES.items())
)
BARE = "".join(f"DROP POLICY {name} ON {TABLE};" for name in POLICIES)


class Migration(migrations.Migration):
    """What record systems were asked. A patient may ask, see that it is asked and give it up; only
    the practice says that it is answered.
    """

    dependencies = [
        ("appointments", "0006_pending_times_in_order"),
        ("people", "0004_a_mandate_is_the_patients_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="TimesAsked",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practitioner", "asked_at"], name="times_asked_in_order")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(answered_at__isnull=True, failed_at__isnull=True),
                        fields=("practitioner", "days"),
                        name="times_asked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(answered_at__isnull=True)
                        | models.Q(failed_at__isnull=True),
                        name="times_asked_answered_or_failed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            days__lower_inf=False, days__upper_inf=False, days__isempty=False
                        ),
                        name="times_asked_days_bounded",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
