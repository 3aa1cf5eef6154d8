import uuid

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content


class Migration(migrations.Migration):
    """What is said between a patient and the office, and what hangs on it."""

    initial = True
    replaces = [("conversations", "0012_questions_about_the_log")]
    dependencies = [("people", "0001_tables")]

    operations = [
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
                ("urgent", models.BooleanField(default=False)),
                ("reserved", models.BooleanField(default=False)),
                ("remind_at", models.DateTimeField(null=True)),
                ("redirected_to", models.CharField(blank=True, max_length=20)),
                ("elsewhere", models.BooleanField(default=False)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("not_taken_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patient",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
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
                        include=("patient_list", "owner", "owner_role", "patient"),
                        name="conversation_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", False), ("erased_at__isnull", True)
                        ),
                        fields=["kind", "closed_at"],
                        name="conversation_to_erase",
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
                            (
                                "kind__in",
                                [
                                    "appointment",
                                    "renewal",
                                    "econsultation",
                                    "enquiry",
                                    "log-question",
                                ],
                            )
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
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", "econsultation"),
                            ("started_side", "patient"),
                            models.Q(("status", "closed"), _negated=True),
                        ),
                        fields=("continues",),
                        name="conversation_goes_on_once_where_it_costs",
                    ),
                ],
            },
        ),
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
                        condition=models.Q(
                            ("reason__in", ["agreed", "not-read", "not-done", "rights"])
                        ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="conversations.conversation",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_marks",
                        to="conversations.conversation",
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
            name="RightsRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("wish", models.CharField(max_length=10)),
                ("words", dialog.content.ContentField(default="")),
                ("side", models.CharField(max_length=10)),
                ("asked_by_name", models.CharField(max_length=150)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("reason", dialog.content.ContentField(default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=150)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
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
                    "follow_up",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rights_request",
                        to="conversations.followup",
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
                        fields=["conversation", "asked_at"], name="rights_request_in_order"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wish__in", ["correct", "erase"])),
                        name="rights_request_wish_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["patient", "practice"])),
                        name="rights_request_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ["", "corrected", "erased", "declined"])
                        ),
                        name="rights_request_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                            ),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rights_request_decided_by_and_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "")),
                        fields=("conversation",),
                        name="rights_request_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("text", dialog.content.ContentField(default="")),
                ("author_name", models.CharField(max_length=150)),
                ("author_role", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.rightsrequest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "made_at"], name="correction_in_order")
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.patientlist",
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
                                    "appointment-youth",
                                    "renewal",
                                    "renewal-youth",
                                    "econsultation",
                                    "econsultation-files",
                                    "econsultation-youth",
                                    "enquiry",
                                    "enquiry-files",
                                    "enquiry-youth",
                                    "office-reply",
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
                        db_index=False,
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
                                    "appointment-youth",
                                    "renewal",
                                    "renewal-youth",
                                    "econsultation",
                                    "econsultation-files",
                                    "econsultation-youth",
                                    "enquiry",
                                    "enquiry-files",
                                    "enquiry-youth",
                                    "office-reply",
                                ],
                            )
                        ),
                        name="service_switch_feature_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="erasure",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("why", models.CharField(max_length=20)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
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
                        fields=["conversation"],
                        name="erasure_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why__in", ["decided", "retention", "office-closed"])),
                        name="erasure_why_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="task",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("what", dialog.content.ContentField(default="")),
                ("due_on", models.DateField()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("remind_at", models.DateTimeField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["practice", "due_on"], name="task_by_practice"),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="task_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("called_off_at__isnull", True),
                            ("done_at__isnull", True),
                            ("missed_at__isnull", True),
                        ),
                        fields=["due_on"],
                        name="task_to_miss",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_done_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("called_off_at__isnull", True),
                            _connector="OR",
                        ),
                        name="task_done_or_called_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remind_at__isnull", True),
                            models.Q(
                                ("called_off_at__isnull", True),
                                ("done_at__isnull", True),
                                ("missed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="task_reminded_while_it_waits",
                    ),
                ],
            },
        ),
    ]
