import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

import dialog.content
import dialog.ranges


class Migration(migrations.Migration):
    """Timebooks, the times in them, and who has one."""

    initial = True
    replaces = [("appointments", "0006_pending_times_in_order")]
    dependencies = [("conversations", "0001_tables"), ("people", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="AppointmentType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("profession", models.CharField(default="doctor", max_length=10)),
                ("name", models.CharField(max_length=80)),
                (
                    "meetings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                ("bookable", models.BooleanField(default=True)),
                ("instructions", dialog.content.ContentField(default="")),
                ("active", models.BooleanField(default=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("profession__in", ["doctor", "nurse", "lab"])),
                        name="appointment_type_profession_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "meetings__contained_by",
                                [
                                    "in-person",
                                    "phone",
                                    "video",
                                    "blood-sample",
                                    "blood-pressure",
                                    "inr",
                                    "injection",
                                    "wound",
                                    "other-task",
                                ],
                            ),
                            ("meetings__len__gt", 0),
                        ),
                        name="appointment_type_meetings_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                        name="appointment_type_has_length",
                    ),
                ],
            },
        ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("practice",), name="confirming_practice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("lead_minutes", models.PositiveIntegerField(default=60)),
                ("horizon_days", models.PositiveSmallIntegerField(default=56)),
                ("release_days", models.PositiveSmallIntegerField(null=True)),
                ("release_clock", models.TimeField(null=True)),
                ("most_open", models.PositiveSmallIntegerField(null=True)),
                ("cancel_hours", models.PositiveSmallIntegerField(null=True)),
                ("cancel_working_days", models.PositiveSmallIntegerField(default=1, null=True)),
                ("published_on", models.DateField(null=True)),
                ("handed_over", models.BooleanField(default=False)),
                ("confirmed_elsewhere", models.BooleanField(db_default=False, default=False)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practitioner",), name="schedule_one_for_each_practitioner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("horizon_days__gte", 1), ("horizon_days__lte", 366)),
                        name="schedule_horizon_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("release_clock__isnull", True), ("release_days__isnull", True)
                            ),
                            models.Q(
                                ("release_clock__isnull", False), ("release_days__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="schedule_release_days_and_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancel_hours__isnull", True),
                            ("cancel_working_days__isnull", True),
                            _connector="OR",
                        ),
                        name="schedule_cancel_by_hours_or_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", dialog.content.ContentField(default="")),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "imported_by",
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
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="appointments.schedule",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BusyPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="busy_periods",
                        to="appointments.calendarimport",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="busy_periods",
                        to="appointments.schedule",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__lower_inf", False),
                            ("period__upper_inf", False),
                        ),
                        name="busy_period_bounded",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("starts", models.TimeField(null=True)),
                ("ends", models.TimeField(null=True)),
                ("pause_minutes", models.PositiveSmallIntegerField(default=0)),
                ("note", dialog.content.ContentField(default="")),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptions",
                        to="appointments.schedule",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appointments.appointmenttype",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "away"), ("type__isnull", True)),
                            models.Q(
                                ("kind", "extra"),
                                ("starts__isnull", False),
                                ("type__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="schedule_exception_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends__isnull", True), ("starts__isnull", True)),
                            ("starts__lt", models.F("ends")),
                            _connector="OR",
                        ),
                        name="schedule_exception_begins_before_it_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__isempty", False),
                            ("days__lower_inf", False),
                            ("days__upper_inf", False),
                        ),
                        name="schedule_exception_days_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "starts",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("period"), function="lower"),
                        output_field=models.DateTimeField(),
                    ),
                ),
                ("released_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=10)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="appointments.schedule",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appointments.appointmenttype",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["schedule", "starts"], name="slot_in_order")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[(dialog.ranges.OnePoint("schedule"), "&&"), ("period", "&&")],
                        name="slot_overlaps_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "period__endswith__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("period__startswith"),
                                    "+",
                                    models.Value(datetime.timedelta(days=1)),
                                ),
                            ),
                            ("period__isempty", False),
                            ("period__lower_inf", False),
                            ("period__upper_inf", False),
                        ),
                        name="slot_period_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_because", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_because__in", ["by-hand", "timebook", "elsewhere"]),
                            ),
                            _connector="OR",
                        ),
                        name="slot_withdrawn_at_and_because",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("meeting", models.CharField(blank=True, max_length=20)),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(null=True)),
                (
                    "starts",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("period"), function="lower"),
                        output_field=models.DateTimeField(),
                    ),
                ),
                ("status", models.CharField(max_length=10)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_side", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_elsewhere", models.BooleanField(db_default=False, default=False)),
                ("unconfirmed", models.BooleanField(db_default=False, default=False)),
                ("overbooked", models.BooleanField(default=False)),
                ("overbooked_reason", dialog.content.ContentField(default="")),
                (
                    "wished_weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "wished_parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("wished_earliest", models.DateField(null=True)),
                ("wished_latest", models.DateField(null=True)),
                ("offered_until", models.DateTimeField(null=True)),
                ("free_until", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_side", models.CharField(blank=True, max_length=10)),
                ("late", models.BooleanField(default=False)),
                ("accepted_late_fee", models.PositiveIntegerField(null=True)),
                ("marked_at", models.DateTimeField(null=True)),
                (
                    "cancelled_by",
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
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "marked_by",
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
                    "practitioner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appointments.appointmenttype",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="appointments.slot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["pending", "offered", "booked", "fulfilled"])
                        ),
                        fields=["practitioner", "starts"],
                        name="appointment_in_calendar",
                    ),
                    models.Index(fields=["patient", "starts"], name="appointment_by_patient"),
                    models.Index(
                        condition=models.Q(("status", "offered")),
                        fields=["offered_until"],
                        name="appointment_offers",
                    ),
                    models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["starts"],
                        name="appointment_pending",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["pending", "offered", "booked", "fulfilled"])
                        ),
                        fields=("slot",),
                        name="appointment_slot_taken",
                    ),
                    models.UniqueConstraint(
                        fields=("conversation",), name="appointment_one_for_each_conversation"
                    ),
                    # PostgreSQL asks the constraints in the order they were made. Two who want the
                    # same slot meet at the one for slots, where the later waits for the earlier; at
                    # this one they would wait for each other.
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("overbooked", False),
                            ("status__in", ["pending", "offered", "booked", "fulfilled"]),
                        ),
                        expressions=[
                            (dialog.ranges.OnePoint("practitioner"), "&&"),
                            ("period", "&&"),
                        ],
                        name="appointment_practitioner_busy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "proposed",
                                    "pending",
                                    "offered",
                                    "booked",
                                    "cancelled",
                                    "fulfilled",
                                    "noshow",
                                ],
                            )
                        ),
                        name="appointment_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "meeting__in",
                                [
                                    "",
                                    "in-person",
                                    "phone",
                                    "video",
                                    "blood-sample",
                                    "blood-pressure",
                                    "inr",
                                    "injection",
                                    "wound",
                                    "other-task",
                                ],
                            )
                        ),
                        name="appointment_meeting_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_side__in", ["patient", "practice", "platform"])),
                        name="appointment_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["proposed", "cancelled"]),
                            models.Q(
                                ("period__isnull", False),
                                ("practitioner__isnull", False),
                                ("type__isnull", False),
                                models.Q(("meeting", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_has_period_unless_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "proposed"), _negated=True),
                            models.Q(("period__isnull", True), ("slot__isnull", True)),
                            _connector="OR",
                        ),
                        name="appointment_proposed_holds_no_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "period__endswith__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("period__startswith"),
                                    "+",
                                    models.Value(datetime.timedelta(days=1)),
                                ),
                            ),
                            ("period__isempty", False),
                            ("period__lower_inf", False),
                            ("period__upper_inf", False),
                        ),
                        name="appointment_period_bounded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overbooked", False),
                            models.Q(
                                ("slot__isnull", True),
                                models.Q(("overbooked_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_overbooked_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wished_parts__contained_by", ["morning", "midday", "afternoon"]),
                            ("wished_weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]),
                        ),
                        name="appointment_wish_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_until__isnull", False), ("status", "offered")),
                            models.Q(
                                models.Q(("status", "offered"), _negated=True),
                                ("offered_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_offered_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_side__in", ["patient", "practice", "platform"]),
                                ("status", "cancelled"),
                            ),
                            models.Q(
                                models.Q(("status", "cancelled"), _negated=True),
                                ("cancelled_at__isnull", True),
                                ("cancelled_by__isnull", True),
                                ("cancelled_side", ""),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_cancelled_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "cancelled"),
                            models.Q(("status", "pending"), ("unconfirmed", True)),
                            models.Q(
                                models.Q(("status", "pending"), _negated=True),
                                ("unconfirmed", False),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_pending_is_unconfirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_late_fee__isnull", True), ("late", False)),
                            models.Q(("late", True), ("status", "cancelled")),
                            _connector="OR",
                        ),
                        name="appointment_late_is_cancelled_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("marked_at__isnull", False),
                                ("status__in", ["fulfilled", "noshow"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["fulfilled", "noshow"]), _negated=True),
                                ("marked_at__isnull", True),
                                ("marked_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_marked_by_and_at",
                    ),
                ],
            },
        ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practitioner",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practitioner", "asked_at"], name="times_asked_in_order")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("failed_at__isnull", True)
                        ),
                        fields=("practitioner", "days"),
                        name="times_asked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("failed_at__isnull", True),
                            _connector="OR",
                        ),
                        name="times_asked_answered_or_failed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__isempty", False),
                            ("days__lower_inf", False),
                            ("days__upper_inf", False),
                        ),
                        name="times_asked_days_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeeklyHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("pause_minutes", models.PositiveSmallIntegerField(default=0)),
                ("release_days", models.PositiveSmallIntegerField(null=True)),
                ("release_clock", models.TimeField(null=True)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.practice",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weekly_hours",
                        to="appointments.schedule",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appointments.appointmenttype",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 4)),
                        name="weekly_hours_on_a_working_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts__lt", models.F("ends"))),
                        name="weekly_hours_begin_before_they_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("release_clock__isnull", True), ("release_days__isnull", True)
                            ),
                            models.Q(
                                ("release_clock__isnull", False), ("release_days__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="weekly_hours_release_days_and_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "period",
                                models.Value(
                                    "empty",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                            ),
                            _negated=True,
                        ),
                        name="weekly_hours_period_ordered",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (dialog.ranges.OnePoint("schedule"), "&&"),
                            (dialog.ranges.OnePoint("weekday"), "&&"),
                            (dialog.ranges.ClockRange("starts", "ends"), "&&"),
                            ("period", "&&"),
                        ],
                        name="weekly_hours_overlap",
                    ),
                ],
            },
        ),
    ]
