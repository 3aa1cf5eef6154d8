import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    """Prescriptions, and what has been asked for of them."""

    initial = True
    replaces = [("renewals", "0003_looks_at_the_list")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Prescription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("name", dialog.content.ContentField(default="")),
                ("strength", dialog.content.ContentField(default="")),
                ("form", dialog.content.ContentField(default="")),
                ("dosage", dialog.content.ContentField(default="")),
                ("atc", dialog.content.ContentField(default="")),
                ("group", models.CharField(max_length=4)),
                ("repeats_left", models.PositiveSmallIntegerField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("control_by", models.DateField(null=True)),
                ("reserved", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=10)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
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
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stopped_at__isnull", True)),
                        fields=["patient", "practice"],
                        name="prescription_by_patient",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["a", "b", "c", "f", "none"])),
                        name="prescription_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["entered", "imported", "register"])),
                        name="prescription_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="prescription_stopped_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Renewal",
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
                ("pick_up", models.CharField(max_length=10)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pick_up__in", ["pharmacy", "multidose", "office"])),
                        name="renewal_pick_up_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RenewalItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("words", dialog.content.ContentField(default=None, null=True)),
                ("comment", dialog.content.ContentField(default="")),
                ("status", models.CharField(default="requested", max_length=20)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("explanation", dialog.content.ContentField(default="")),
                ("prepared_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "prescription",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="renewals.prescription",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["prescription", "-decided_at"], name="renewal_item_last_decided"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "prescription"), name="renewal_item_once"
                    ),
                    models.UniqueConstraint(
                        fields=("conversation", "place"), name="renewal_item_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prescription__isnull", False),
                            ("words__isnull", False),
                            _connector="XOR",
                        ),
                        name="renewal_item_is_one_medicine",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "requested",
                                    "prepared",
                                    "renewed",
                                    "declined",
                                    "consultation-needed",
                                ],
                            )
                        ),
                        name="renewal_item_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "still-valid",
                                    "stopped",
                                    "changed",
                                    "another-doctor",
                                    "not-prescribed",
                                    "not-here",
                                    "control-due",
                                    "tests-due",
                                    "habit-forming",
                                    "long-ago",
                                    "other",
                                ],
                            )
                        ),
                        name="renewal_item_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["declined", "consultation-needed"]),
                            ("reason", ""),
                            _connector="XOR",
                        ),
                        name="renewal_item_refused_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prepared_at__isnull", True), ("prepared_by__isnull", True)),
                            models.Q(
                                ("prepared_at__isnull", False), ("prepared_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="renewal_item_prepared_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("status__in", ["prepared", "requested"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["prepared", "requested"]), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="renewal_item_decided_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RenewalRules",
            fields=[
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.practice",
                    ),
                ),
                (
                    "consultation_first",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=7), default=list, size=None
                    ),
                ),
                ("by_parents", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
            ],
        ),
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
                ("shown", models.CharField(db_default="", max_length=64)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("patient", "account"), name="list_look_once")
                ],
            },
        ),
    ]
