import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """What has happened, what that owes, and what was sealed."""

    initial = True
    replaces = [("ledger", "0005_seals")]
    dependencies = [("ledger", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("process", models.CharField(max_length=30, unique=True)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kind", models.CharField(max_length=60)),
                ("account_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("patient_id", models.BigIntegerField(null=True)),
                ("practice_id", models.BigIntegerField(null=True)),
                ("conversation_id", models.UUIDField(null=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["patient_id", "-id"], name="entry_by_patient"),
                    models.Index(fields=["practice_id", "-id"], name="entry_by_practice"),
                    models.Index(
                        fields=["practice_id", "account_id", "-id"], name="entry_by_worker"
                    ),
                    models.Index(fields=["conversation_id", "id"], name="entry_by_conversation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_id", models.BigIntegerField()),
                ("key", models.UUIDField()),
                ("digest", models.BinaryField()),
                ("location", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="request_key_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("account_id", "key"), name="request_key_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BinaryField()),
                ("root", models.BinaryField()),
                ("lines", models.IntegerField()),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("last_id", models.BigIntegerField()),
                ("floor", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("key", models.CharField(max_length=64)),
                ("head", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("leaves", models.BinaryField()),
            ],
            options={
                "indexes": [models.Index(fields=["last_id"], name="seal_by_last_id")],
            },
        ),
        migrations.CreateModel(
            name="Served",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice_id", models.BigIntegerField()),
                ("subscriber", models.CharField(max_length=30)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice_id", "subscriber"), name="served_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subscriber", models.CharField(max_length=30)),
                ("practice_id", models.BigIntegerField(null=True)),
                ("conversation_id", models.UUIDField(null=True)),
                ("state", models.CharField(default="owed", max_length=10)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease", models.UUIDField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=60)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="ledger.entry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "owed")),
                        fields=["due_at", "id"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "owed")),
                        fields=["subscriber", "conversation_id", "id"],
                        name="delivery_in_order",
                    ),
                    models.Index(
                        condition=models.Q(("state", "parked")),
                        fields=["practice_id", "id"],
                        name="delivery_parked",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "subscriber"), name="delivery_once_per_subscriber"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["owed", "paid", "parked", "dismissed"])),
                        name="delivery_state_known",
                    ),
                ],
            },
        ),
    ]
