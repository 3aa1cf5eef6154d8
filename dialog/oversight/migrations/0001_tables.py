import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    """Searches in the log, looks unlike the usual, and what patients ask about looks."""

    initial = True
    replaces = [("oversight", "0004_gone_with_the_office")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Followed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seal", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="LogQuestion",
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
                ("entry_id", models.BigIntegerField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "looked",
                    models.ForeignKey(
                        null=True,
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry_id", "asked_by"), name="log_question_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogSearch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=20)),
                ("words", dialog.content.ContentField(default="")),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("looks_only", models.BooleanField(default=False)),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "colleague",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
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
                "indexes": [
                    models.Index(fields=["practice", "-stated_at"], name="log_search_at_practice"),
                    models.Index(
                        condition=models.Q(("colleague__isnull", False)),
                        fields=["colleague", "-stated_at"],
                        name="log_search_about_colleague",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                [
                                    "patient-asked",
                                    "colleague-asked",
                                    "suspicion",
                                    "deviation",
                                    "sample",
                                    "authority",
                                ],
                            )
                        ),
                        name="log_search_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("patient__isnull", True), ("colleague__isnull", True), _connector="XOR"
                        ),
                        name="log_search_about_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day__isnull", True),
                            ("last_day__isnull", True),
                            ("first_day__lte", models.F("last_day")),
                            _connector="OR",
                        ),
                        name="log_search_days_ordered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnusualLook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("looks", models.PositiveIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("question", dialog.content.ContentField(default="")),
                ("asked_at", models.DateTimeField(null=True)),
                ("answer", dialog.content.ContentField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("verdict", models.CharField(blank=True, max_length=10)),
                ("reason", dialog.content.ContentField(default="")),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "judged_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("verdict", "")),
                        fields=["practice", "first_at"],
                        name="unusual_look_waiting",
                    ),
                    models.Index(
                        fields=["practice", "account", "-first_at"], name="unusual_look_by_worker"
                    ),
                    models.Index(
                        condition=models.Q(("verdict", ""), _negated=True),
                        fields=["judged_at"],
                        name="unusual_look_judged_by_age",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "signs__contained_by",
                                [
                                    "self",
                                    "child",
                                    "parent",
                                    "acts-for",
                                    "colleague",
                                    "same-name",
                                    "night",
                                    "closed",
                                    "other-reason",
                                    "many",
                                ],
                            ),
                            ("signs__len__gt", 0),
                        ),
                        name="unusual_look_signs_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["", "in-order", "breach"])),
                        name="unusual_look_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_at__isnull", True),
                                ("judged_by__isnull", True),
                                ("verdict", ""),
                            ),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="unusual_look_judged_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judged_by__isnull", True),
                            models.Q(("judged_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                        name="unusual_look_not_judged_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at__isnull", True), ("asked_by__isnull", True)),
                            models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="unusual_look_asked_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("asked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="unusual_look_answered_when_asked",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "")),
                        fields=("practice", "account", "patient", "day"),
                        name="unusual_look_open_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("role", models.CharField(max_length=20)),
                (
                    "patients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
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
                "indexes": [models.Index(fields=["day"], name="work_day_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "account", "day"), name="work_day_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["practitioner", "nurse", "staff"])),
                        name="work_day_role_known",
                    ),
                ],
            },
        ),
    ]
