"""An agreed, or wished, meeting; the constraints decide who gets a time."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.actor import TAKE_PART
from dialog.appointments.models.timebooks import bounded, starts_of
from dialog.appointments.policy import (
    OCCUPYING,
    AppointmentStatus,
    DayPart,
    MeetingType,
)
from dialog.content import ContentField
from dialog.ranges import OnePoint

S = AppointmentStatus


class Appointment(models.Model):
    """A meeting between a patient and a practitioner, or the wish for one.

    ``version`` counts every change since it was made; the highest is the one that holds (R73).
    ``free_until`` is the last moment it can be cancelled for nothing, as the patient was promised.
    ``confirmed_elsewhere``: in a timebook where the record system decides; ``unconfirmed``: it has
    not said yes to this one, and never did if it came to nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", null=True
    )
    type = models.ForeignKey(
        "appointments.AppointmentType", on_delete=models.PROTECT, related_name="+", null=True
    )
    meeting = models.CharField(max_length=20, blank=True)
    slot = models.ForeignKey(
        "appointments.Slot", on_delete=models.PROTECT, related_name="appointments", null=True
    )
    period = DateTimeRangeField(null=True)
    starts = starts_of("period")
    status = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=1)
    made_side = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_elsewhere = models.BooleanField(default=False, db_default=False)
    unconfirmed = models.BooleanField(default=False, db_default=False)
    overbooked = models.BooleanField(default=False)
    overbooked_reason = ContentField()
    wished_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    wished_parts = ArrayField(models.CharField(max_length=10), default=list)
    wished_earliest = models.DateField(null=True)
    wished_latest = models.DateField(null=True)
    offered_until = models.DateTimeField(null=True)
    free_until = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    cancelled_side = models.CharField(max_length=10, blank=True)
    late = models.BooleanField(default=False)
    accepted_late_fee = models.PositiveIntegerField(null=True)
    marked_at = models.DateTimeField(null=True)
    marked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            # First, so that its index is: of those who want the same time the first is waited for
            # here, before anybody has made a row that the others would have to wait for in turn.
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(status__in=list(OCCUPYING)),
                name="appointment_slot_taken",
            ),
            models.UniqueConstraint(
                fields=["conversation"], name="appointment_one_for_each_conversation"
            ),
            # After those above, so that two who want a slot meet there: at this one they would wait
            # for each other, and it takes the database a second to see that.
            ExclusionConstraint(
                name="appointment_practitioner_busy",
                expressions=[
                    (OnePoint("practitioner"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=list(OCCUPYING), overbooked=False),
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(AppointmentStatus)), name="appointment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(meeting__in=["", *MeetingType]), name="appointment_meeting_known"
            ),
            models.CheckConstraint(
                condition=Q(made_side__in=list(TAKE_PART)), name="appointment_side_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[S.PROPOSED, S.CANCELLED])
                | Q(period__isnull=False, practitioner__isnull=False, type__isnull=False)
                & ~Q(meeting=""),
                name="appointment_has_period_unless_proposed",
            ),
            models.CheckConstraint(
                condition=~Q(status=S.PROPOSED) | Q(period__isnull=True, slot__isnull=True),
                name="appointment_proposed_holds_no_time",
            ),
            models.CheckConstraint(condition=bounded("period"), name="appointment_period_bounded"),
            models.CheckConstraint(
                condition=Q(overbooked=False) | Q(slot__isnull=True) & ~Q(overbooked_reason=""),
                name="appointment_overbooked_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    wished_weekdays__contained_by=list(range(7)),
                    wished_parts__contained_by=list(DayPart),
                ),
                name="appointment_wish_known",
            ),
            models.CheckConstraint(
                condition=Q(status=S.OFFERED, offered_until__isnull=False)
                | ~Q(status=S.OFFERED) & Q(offered_until__isnull=True),
                name="appointment_offered_until",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=S.CANCELLED,
                    cancelled_at__isnull=False,
                    cancelled_side__in=list(TAKE_PART),
                )
                | ~Q(status=S.CANCELLED)
                & Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_side=""),
                name="appointment_cancelled_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status=S.CANCELLED)
                | Q(status=S.PENDING, unconfirmed=True)
                | ~Q(status=S.PENDING) & Q(unconfirmed=False),
                name="appointment_pending_is_unconfirmed",
            ),
            models.CheckConstraint(
                condition=Q(late=False, accepted_late_fee__isnull=True)
                | Q(late=True, status=S.CANCELLED),
                name="appointment_late_is_cancelled_so",
            ),
            models.CheckConstraint(
                condition=Q(marked_at__isnull=False, status__in=[S.FULFILLED, S.NOSHOW])
                | ~Q(status__in=[S.FULFILLED, S.NOSHOW])
                & Q(marked_at__isnull=True, marked_by__isnull=True),
                name="appointment_marked_by_and_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practitioner", "starts"],
                condition=Q(status__in=list(OCCUPYING)),
                name="appointment_in_calendar",
            ),
            models.Index(fields=["patient", "starts"], name="appointment_by_patient"),
            models.Index(
                fields=["offered_until"],
                condition=Q(status=S.OFFERED),
                name="appointment_offers",
            ),
            models.Index(
                fields=["starts"], condition=Q(status=S.PENDING), name="appointment_pending"
            ),
        ]
