import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    """The register of deviations."""

    initial = True
    replaces = [("breaches", "0002_row_security")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("status", models.CharField(default="open", max_length=20)),
                ("what", dialog.content.ContentField(default="")),
                ("happened_at", models.DateTimeField(null=True)),
                ("discovered_at", models.DateTimeField()),
                ("aware_at", models.DateTimeField()),
                ("risk", models.CharField(blank=True, max_length=20)),
                ("registered_by_name", models.CharField(max_length=150)),
                ("registered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("notified_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("remind_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practice", "-aware_at"], name="breach_in_order"),
                    models.Index(
                        condition=models.Q(("status", "closed"), _negated=True),
                        fields=["practice"],
                        name="breach_not_closed",
                    ),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="breach_to_remind",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "wrong-patient",
                                    "wrong-doctor",
                                    "seen",
                                    "lost",
                                    "unavailable",
                                    "other",
                                ],
                            )
                        ),
                        name="breach_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "assessed", "notified", "closed"])
                        ),
                        name="breach_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["", "unlikely", "risk", "high"])),
                        name="breach_risk_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("risk", ""), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                models.Q(("risk", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="breach_open_until_assessed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("status", "closed")),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="breach_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "notified"), _negated=True),
                            ("notified_at__isnull", False),
                            _connector="OR",
                        ),
                        name="breach_notified_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("registered_by__isnull", True)),
                        fields=("source",),
                        name="breach_drafted_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("risk", models.CharField(max_length=20)),
                ("aware_at", models.DateTimeField()),
                ("people_about", models.PositiveIntegerField(null=True)),
                ("information", dialog.content.ContentField(default="")),
                ("consequences", dialog.content.ContentField(default="")),
                ("measures", dialog.content.ContentField(default="")),
                ("reason", dialog.content.ContentField(default="")),
                ("contact", dialog.content.ContentField(default="")),
                ("made_by_name", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
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
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="breaches.breach",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["breach", "made_at"], name="assessment_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["unlikely", "risk", "high"])),
                        name="assessment_risk_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Affected",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("added_by_name", models.CharField(max_length=150)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_out_at", models.DateTimeField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=20)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_by_name", models.CharField(blank=True, max_length=150)),
                ("letter", dialog.content.ContentField(default="")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "taken_out_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "told_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affected",
                        to="breaches.breach",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["patient"], name="affected_by_patient")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "told_how__in",
                                ["", "portal", "letter", "phone", "in-person", "exempt"],
                            )
                        ),
                        name="affected_told_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("told_at__isnull", True),
                                ("told_by__isnull", True),
                                ("told_how", ""),
                            ),
                            models.Q(
                                models.Q(("told_how", ""), _negated=True),
                                ("told_at__isnull", False),
                                ("told_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="affected_told_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_out_at__isnull", True), ("taken_out_by__isnull", True)
                            ),
                            models.Q(
                                ("taken_out_at__isnull", False), ("taken_out_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="affected_taken_out_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_how", ""), ("taken_out_at__isnull", True), _connector="OR"
                        ),
                        name="affected_told_is_not_taken_out",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_out_at__isnull", True)),
                        fields=("breach", "patient"),
                        name="affected_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("said", models.CharField(max_length=20)),
                ("text", dialog.content.ContentField(default="")),
                ("reason", dialog.content.ContentField(default="")),
                ("at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
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
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="breaches.breach",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["breach", "made_at"], name="addition_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said__in", ["note", "measure", "notified", "closed", "reopened"])
                        ),
                        name="addition_said_known",
                    )
                ],
            },
        ),
    ]
