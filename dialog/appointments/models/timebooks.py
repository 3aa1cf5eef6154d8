"""A practitioner's timebook: its rules, its hours, what is in the way, and the times published."""

import uuid
from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from dialog.appointments.policy import (
    LONGEST_HORIZON_DAYS,
    LONGEST_MINUTES,
    ExceptionKind,
    MeetingType,
    Withdrawn,
)
from dialog.content import ContentField
from dialog.people.policy import Profession
from dialog.ranges import ClockRange, OnePoint

LONGEST = timedelta(days=1)


def bounded(column: str) -> Q:
    """A period that begins, ends, and is neither empty nor longer than a day."""
    return Q(
        **{
            f"{column}__lower_inf": False,
            f"{column}__upper_inf": False,
            f"{column}__isempty": False,
            f"{column}__endswith__lte": F(f"{column}__startswith") + LONGEST,
        }
    )


def starts_of(column: str) -> models.GeneratedField:
    """When a period begins, as a column of its own: row security lets an index be used for it."""
    return models.GeneratedField(
        expression=Func(F(column), function="lower"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )


class AppointmentType(models.Model):
    """What can be booked: how long it takes, with whom, and how one may meet."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", null=True
    )
    profession = models.CharField(max_length=10, default=Profession.DOCTOR)
    name = models.CharField(max_length=80)
    meetings = ArrayField(models.CharField(max_length=20))
    minutes = models.PositiveSmallIntegerField()
    bookable = models.BooleanField(default=True)
    instructions = ContentField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(profession__in=list(Profession)),
                name="appointment_type_profession_known",
            ),
            models.CheckConstraint(
                condition=Q(meetings__contained_by=list(MeetingType), meetings__len__gt=0),
                name="appointment_type_meetings_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
                name="appointment_type_has_length",
            ),
        ]


class ConfirmingPractice(models.Model):
    """A practice whose record system must say yes before a time is anybody's."""

    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice"], name="confirming_practice_once"),
        ]


class Schedule(models.Model):
    """A practitioner's bookable time, and the rules it is booked by.

    ``confirmed_elsewhere``: the practice's record system says what is free, and must say yes before
    a time is anybody's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    lead_minutes = models.PositiveIntegerField(default=60)
    horizon_days = models.PositiveSmallIntegerField(default=56)
    release_days = models.PositiveSmallIntegerField(null=True)
    release_clock = models.TimeField(null=True)
    most_open = models.PositiveSmallIntegerField(null=True)
    cancel_hours = models.PositiveSmallIntegerField(null=True)
    cancel_working_days = models.PositiveSmallIntegerField(null=True, default=1)
    published_on = models.DateField(null=True)
    handed_over = models.BooleanField(default=False)
    confirmed_elsewhere = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner"], name="schedule_one_for_each_practitioner"
            ),
            models.CheckConstraint(
                condition=Q(horizon_days__gte=1, horizon_days__lte=LONGEST_HORIZON_DAYS),
                name="schedule_horizon_bounded",
            ),
            models.CheckConstraint(
                condition=Q(release_days__isnull=True, release_clock__isnull=True)
                | Q(release_days__isnull=False, release_clock__isnull=False),
                name="schedule_release_days_and_clock",
            ),
            models.CheckConstraint(
                condition=Q(cancel_hours__isnull=True) | Q(cancel_working_days__isnull=True),
                name="schedule_cancel_by_hours_or_days",
            ),
        ]


class WeeklyHours(models.Model):
    """Hours that come back every week, cut into times of one type."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        "appointments.Schedule", on_delete=models.PROTECT, related_name="weekly_hours"
    )
    type = models.ForeignKey(
        "appointments.AppointmentType", on_delete=models.PROTECT, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    pause_minutes = models.PositiveSmallIntegerField(default=0)
    release_days = models.PositiveSmallIntegerField(null=True)
    release_clock = models.TimeField(null=True)
    period = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=4), name="weekly_hours_on_a_working_day"
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")), name="weekly_hours_begin_before_they_end"
            ),
            models.CheckConstraint(
                condition=Q(release_days__isnull=True, release_clock__isnull=True)
                | Q(release_days__isnull=False, release_clock__isnull=False),
                name="weekly_hours_release_days_and_clock",
            ),
            models.CheckConstraint(
                condition=~Q(period=Value("empty", output_field=DateRangeField())),
                name="weekly_hours_period_ordered",
            ),
            ExclusionConstraint(
                name="weekly_hours_overlap",
                expressions=[
                    (OnePoint("schedule"), RangeOperators.OVERLAPS),
                    (OnePoint("weekday"), RangeOperators.OVERLAPS),
                    (ClockRange("starts", "ends"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class ScheduleException(models.Model):
    """Days, or hours of them, that differ from the week: away, or extra hours."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        "appointments.Schedule", on_delete=models.PROTECT, related_name="exceptions"
    )
    kind = models.CharField(max_length=10)
    days = DateRangeField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    type = models.ForeignKey(
        "appointments.AppointmentType", on_delete=models.PROTECT, related_name="+", null=True
    )
    pause_minutes = models.PositiveSmallIntegerField(default=0)
    note = ContentField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ExceptionKind.AWAY, type__isnull=True)
                | Q(kind=ExceptionKind.EXTRA, type__isnull=False, starts__isnull=False),
                name="schedule_exception_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True) | Q(starts__lt=F("ends")),
                name="schedule_exception_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(days__lower_inf=False, days__upper_inf=False, days__isempty=False),
                name="schedule_exception_days_bounded",
            ),
        ]


class CalendarImport(models.Model):
    """An .ics file that busy periods came from; what the appointments in it were is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        "appointments.Schedule", on_delete=models.PROTECT, related_name="imports"
    )
    name = ContentField()
    imported_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    imported_at = models.DateTimeField(default=timezone.now)


class BusyPeriod(models.Model):
    """When a practitioner's own calendar says they are busy, and nothing about with what."""

    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        "appointments.Schedule", on_delete=models.PROTECT, related_name="busy_periods"
    )
    source = models.ForeignKey(
        "appointments.CalendarImport", on_delete=models.PROTECT, related_name="busy_periods"
    )
    period = DateTimeRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__lower_inf=False, period__upper_inf=False, period__isempty=False
                ),
                name="busy_period_bounded",
            ),
        ]


class Slot(models.Model):
    """A published time that one patient may take."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        "appointments.Schedule", on_delete=models.PROTECT, related_name="slots", db_index=False
    )
    type = models.ForeignKey(
        "appointments.AppointmentType", on_delete=models.PROTECT, related_name="+"
    )
    period = DateTimeRangeField()
    starts = starts_of("period")
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="slot_overlaps_slot",
                expressions=[
                    (OnePoint("schedule"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=bounded("period"), name="slot_period_bounded"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_because__in=list(Withdrawn)),
                name="slot_withdrawn_at_and_because",
            ),
        ]
        indexes = [models.Index(fields=["schedule", "starts"], name="slot_in_order")]
