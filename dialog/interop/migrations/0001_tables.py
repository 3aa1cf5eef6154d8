import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    """National messages, and who is where on the bus."""

    initial = True
    replaces = [("interop", "0003_content_is_encrypted")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("direction", models.CharField(max_length=3)),
                ("state", models.CharField(max_length=12)),
                ("sender", models.PositiveIntegerField()),
                ("receiver", models.PositiveIntegerField()),
                ("function", models.CharField(max_length=80)),
                ("bus_id", models.CharField(max_length=80)),
                ("message_id", models.CharField(blank=True, max_length=80)),
                ("issued", models.CharField(blank=True, max_length=40)),
                ("wants_receipt", models.BooleanField(default=False)),
                ("digest", models.BinaryField(default=bytes)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("tolerated", models.JSONField(default=list)),
                ("entry_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="interop.transmission",
                    ),
                ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "stored")),
                        fields=["sender", "id"],
                        name="transmission_to_understand",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["due_at"],
                        name="transmission_receipt_due",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["parked", "rejected", "unanswered"])),
                        fields=["practice", "id"],
                        name="transmission_to_look_at",
                    ),
                    models.Index(fields=["conversation", "id"], name="transmission_by_matter"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "in")),
                        fields=("sender", "bus_id"),
                        name="transmission_stored_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("direction", "in"),
                            models.Q(("message_id", ""), _negated=True),
                            models.Q(("state__in", ["repeated", "refused"]), _negated=True),
                        ),
                        fields=("sender", "message_id"),
                        name="transmission_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "out")),
                        fields=("message_id",),
                        name="transmission_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("direction", "in"),
                                (
                                    "state__in",
                                    ["handled", "parked", "refused", "repeated", "stored"],
                                ),
                            ),
                            models.Q(
                                ("direction", "out"),
                                ("state__in", ["received", "rejected", "sent", "unanswered"]),
                            ),
                            _connector="OR",
                        ),
                        name="transmission_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wire",
            fields=[
                (
                    "transmission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="wire",
                        serialize=False,
                        to="interop.transmission",
                    ),
                ),
                ("body", dialog.content.ContentBytes()),
                ("content_type", models.CharField(max_length=120)),
                ("agreement", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("her_id", models.PositiveIntegerField(unique=True)),
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("practitioner__isnull", True)),
                        fields=("practice",),
                        name="address_one_for_each_practice",
                    ),
                    models.UniqueConstraint(
                        fields=("practitioner",), name="address_one_for_each_practitioner"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.CharField(max_length=80)),
                ("changed_at", models.DateTimeField()),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["conversation"], name="calendar_entry_by_matter")],
                "constraints": [
                    models.UniqueConstraint(fields=("practice", "uid"), name="calendar_entry_once")
                ],
            },
        ),
    ]
