import uuid

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlobPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("blob", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("part", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("blob", "number"), name="blob_part_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("status", models.CharField(max_length=20)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("topic", models.CharField(blank=True, max_length=40)),
                ("started_side", models.CharField(max_length=10)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                ("owner_role", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("practice_seen_at", models.DateTimeField(null=True)),
                ("patient_opened_at", models.DateTimeField(null=True)),
                ("reply_allowed", models.BooleanField(default=True)),
                ("important", models.BooleanField(default=False)),
                ("reserved", models.BooleanField(default=False)),
                ("remind_at", models.DateTimeField(null=True)),
                ("redirected_to", models.CharField(blank=True, max_length=20)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "continues",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "owner",
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
                        db_index=False,
                    ),
                ),
                (
                    "patient_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patientlist",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                        db_index=False,
                    ),
                ),
                (
                    "started_by",
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
                        fields=["practice", "status", "due_at", "started_at", "id"],
                        name="conversation_inbox",
                    ),
                    models.Index(
                        condition=models.Q(("status", "with-practice")),
                        fields=["practice", "kind"],
                        include=["patient_list", "owner", "patient"],
                        name="conversation_waiting",
                    ),
                    models.Index(fields=["patient", "-changed_at"], name="conversation_by_patient"),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="conversation_to_remind",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["appointment", "renewal", "econsultation", "enquiry"])
                        ),
                        name="conversation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["with-practice", "with-patient", "resting", "closed"])
                        ),
                        name="conversation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["", "answered", "declined", "redirected", "withdrawn", "expired"],
                            )
                        ),
                        name="conversation_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_side__in", ["patient", "practice", "platform"])
                        ),
                        name="conversation_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "owner_role__in",
                                ["patient", "proxy", "practitioner", "nurse", "staff", "platform"],
                            )
                        ),
                        name="conversation_owner_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("status", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="conversation_closed_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redirected_to", ""), ("outcome", "redirected"), _connector="OR"
                        ),
                        name="conversation_redirected_is_closed_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "with-practice"), _negated=True),
                            ("due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="conversation_with_practice_has_due_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="conversation_opened_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=20)),
                ("what", dialog.content.ContentField(default="")),
                ("owner_role", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_how", dialog.content.ContentField(default="")),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "owner",
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["practice", "due_at"],
                        name="follow_up_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["agreed", "not-read"])),
                        name="follow_up_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "owner_role__in",
                                ["patient", "proxy", "practitioner", "nurse", "staff", "platform"],
                            )
                        ),
                        name="follow_up_owner_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="follow_up_done_by_and_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("side", models.CharField(max_length=10)),
                ("author_role", models.CharField(max_length=20)),
                ("author_name", models.CharField(max_length=150)),
                ("text", dialog.content.ContentField(default="")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_because", models.CharField(blank=True, max_length=20)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="conversations.conversation",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "sent_at"], name="message_in_order")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["patient", "practice", "platform"])),
                        name="message_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hidden_at__isnull", True), ("hidden_because", "")),
                            models.Q(
                                ("hidden_at__isnull", False),
                                ("hidden_because__in", ["recalled", "misfiled"]),
                            ),
                            _connector="OR",
                        ),
                        name="message_hidden_at_and_because",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", dialog.content.ContentField(default="")),
                ("media_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField()),
                ("blob", models.UUIDField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("message__isnull", True)),
                        fields=["author", "created_at"],
                        name="attachment_kept",
                    ),
                    models.Index(fields=["blob"], name="attachment_by_blob"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("author_name", models.CharField(max_length=150)),
                ("text", dialog.content.ContentField(default="")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="conversations.conversation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_marks",
                        to="conversations.conversation",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "account"), name="read_mark_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicePause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("feature", models.CharField(max_length=20)),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("reason", dialog.content.ContentField(default="")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "patient_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patientlist",
                        db_index=False,
                    ),
                ),
                (
                    "planned_by",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["patient_list", "feature"], name="service_pause_by_list")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "feature__in",
                                [
                                    "appointment",
                                    "direct-booking",
                                    "renewal",
                                    "econsultation",
                                    "enquiry",
                                ],
                            )
                        ),
                        name="service_pause_feature_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "period",
                                models.Value(
                                    "empty",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                            ),
                            _negated=True,
                        ),
                        name="service_pause_period_ordered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("feature", models.CharField(max_length=20)),
                ("on", models.BooleanField(default=True)),
                ("notice", dialog.content.ContentField(default="")),
                ("answer_days", models.PositiveSmallIntegerField(null=True)),
                ("switched_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "patient_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patientlist",
                        db_index=False,
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
                    "switched_by",
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
                    models.UniqueConstraint(
                        fields=("patient_list", "feature"), name="service_switch_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "feature__in",
                                [
                                    "appointment",
                                    "direct-booking",
                                    "renewal",
                                    "econsultation",
                                    "enquiry",
                                ],
                            )
                        ),
                        name="service_switch_feature_known",
                    ),
                ],
            },
        ),
    ]
