import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    """E-consultations, with what the doctor leaves the patient with."""

    initial = True
    replaces = [("econsultations", "0001_initial")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="EConsultation",
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
                ("status", models.CharField(default="requested", max_length=20)),
                ("by_patient", models.BooleanField()),
                ("accepted_price", models.PositiveIntegerField(null=True)),
                ("price_code", models.CharField(blank=True, max_length=20)),
                ("price_shown_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("reply_charged", models.BooleanField(default=False)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("charge", models.PositiveIntegerField(null=True)),
                ("charge_code", models.CharField(blank=True, max_length=20)),
                ("journaled_at", models.DateTimeField(null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "journaled_by",
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
                        condition=models.Q(
                            ("ended_at__isnull", False),
                            ("journaled_at__isnull", True),
                            models.Q(("status", "withdrawn"), _negated=True),
                        ),
                        fields=["conversation"],
                        name="econsultation_to_journal",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "requested",
                                    "begun",
                                    "completed",
                                    "referred",
                                    "declined",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="econsultation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_price__isnull", True), ("by_patient", False)),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                ("accepted_price__isnull", False),
                                ("by_patient", True),
                                ("price_shown_at__isnull", False),
                                models.Q(("price_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="econsultation_charge_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begun_at__isnull", True), ("begun_by__isnull", True)),
                            models.Q(("begun_at__isnull", False), ("begun_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="econsultation_begun_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("status__in", ["requested", "begun"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["requested", "begun"]), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="econsultation_ended_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "completed"), _negated=True),
                            ("begun_at__isnull", False),
                            _connector="OR",
                        ),
                        name="econsultation_completed_by_one_responsible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("charge__isnull", True), ("status__in", ["requested", "begun"])
                            ),
                            models.Q(("charge__isnull", False), ("status", "completed")),
                            models.Q(
                                models.Q(
                                    ("status__in", ["requested", "begun", "completed"]),
                                    _negated=True,
                                ),
                                ("charge", 0),
                            ),
                            _connector="OR",
                        ),
                        name="econsultation_charged_when_completed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("charge__isnull", True),
                            ("charge", 0),
                            ("charge__lte", models.F("accepted_price")),
                            _connector="OR",
                        ),
                        name="econsultation_charge_within_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("journaled_at__isnull", True), ("journaled_by__isnull", True)
                            ),
                            models.Q(
                                ("journaled_at__isnull", False), ("journaled_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="econsultation_journaled_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("kind", models.CharField(max_length=30)),
                ("title", dialog.content.ContentField(default="")),
                ("text", dialog.content.ContentField(default="")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "practitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["practice", "kind"], name="template_by_practice")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "answer",
                                    "ask",
                                    "decline",
                                    "refer",
                                    "what_we_think",
                                    "what_you_do",
                                    "when_and_where_to_contact",
                                    "who_follows_up_by_when",
                                ],
                            )
                        ),
                        name="template_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CareCard",
            fields=[
                (
                    "econsultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="econsultations.econsultation",
                    ),
                ),
                ("what_we_think", dialog.content.ContentField(default="")),
                ("what_you_do", dialog.content.ContentField(default="")),
                ("when_and_where_to_contact", dialog.content.ContentField(default="")),
                ("who_follows_up_by_when", dialog.content.ContentField(default="")),
                ("follow_up_on", models.DateField(null=True)),
                (
                    "follow_up_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("follow_up_on__isnull", True), ("follow_up_owner__isnull", True)
                            ),
                            models.Q(
                                ("follow_up_on__isnull", False), ("follow_up_owner__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="care_card_follow_up_on_and_owner",
                    )
                ],
            },
        ),
    ]
