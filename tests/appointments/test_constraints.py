"""Each constraint broken on purpose, by name: what no code can get past."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from dialog import rows
from dialog.appointments.models import (
    Appointment,
    AppointmentType,
    BusyPeriod,
    CalendarImport,
    Schedule,
    ScheduleException,
    Slot,
    WeeklyHours,
)
from dialog.content.fields import Sealed
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast
from dialog.errors import broken_constraint
from dialog.statements import ask
from tests.appointments.people_and_times import booked, free, wished

NOW = timezone.now()


HOUR = timedelta(hours=1)


def breaks(cast: Cast, model: Any, row_id: Any, **change: Any) -> str:
    with (
        rows.seeing(practice=cast.lund.practice_id),
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
    ):
        model.objects.filter(id=row_id).update(**change)
    return broken_constraint(refused.value)


def copies(cast: Cast, model: Any, row: Any, **change: Any) -> str:
    fields = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.attname not in ("id", "uuid", "starts") or model is WeeklyHours
    }
    fields.pop("id", None)
    fields.pop("uuid", None)
    with (
        rows.seeing(practice=cast.lund.practice_id),
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
    ):
        model.objects.create(**{**fields, **change})
    return broken_constraint(refused.value)


def another_matter(cast: Cast) -> Any:
    return conversations.start(
        by=cast.per,
        kind=Kind.APPOINTMENT,
        patient_id=cast.per.patient_id,
        status=Status.RESTING,
    ).id


ORDER = """
SELECT made.relname FROM pg_index AS one JOIN pg_class AS made ON made.oid = one.indexrelid
WHERE one.indrelid = 'appointments_appointment'::regclass
    AND made.relname IN ('appointment_slot_taken', 'appointment_practitioner_busy')
ORDER BY made.oid
"""


class TestAppointment:
    def test_two_who_want_a_slot_meet_at_the_slot_and_not_at_the_overlap(self, cast: Cast) -> None:
        asked_in_order = [name for (name,) in ask(ORDER)]

        assert asked_in_order == ["appointment_slot_taken", "appointment_practitioner_busy"]

    def test_a_practitioner_is_not_in_two_places(self, cast: Cast) -> None:
        one = booked(cast.kari)

        name = copies(
            cast, Appointment, one, conversation_id=another_matter(cast), slot_id=None,
            period=DateTimeTZRange(one.period.upper - HOUR, one.period.upper),
        )  # fmt: skip

        assert name == "appointment_practitioner_busy"

    def test_a_slot_is_taken_once(self, cast: Cast) -> None:
        one = booked(cast.kari)

        name = copies(
            cast, Appointment, one, conversation_id=another_matter(cast),
            period=DateTimeTZRange(one.period.lower + HOUR * 20, one.period.upper + HOUR * 20),
        )  # fmt: skip

        assert name == "appointment_slot_taken"

    def test_a_matter_has_one_appointment(self, cast: Cast) -> None:
        one = wished(cast.kari)

        assert copies(cast, Appointment, one) == "appointment_one_for_each_conversation"

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"status": "maybe"}, "appointment_status_known"),
            ({"meeting": "by-letter"}, "appointment_meeting_known"),
            ({"made_side": "nobody"}, "appointment_side_known"),
            ({"period": None, "slot": None}, "appointment_has_period_unless_proposed"),
            ({"practitioner": None}, "appointment_has_period_unless_proposed"),
            ({"status": "proposed"}, "appointment_proposed_holds_no_time"),
            ({"period": DateTimeTZRange(NOW, None)}, "appointment_period_bounded"),
            ({"period": DateTimeTZRange(NOW, NOW)}, "appointment_period_bounded"),
            ({"period": DateTimeTZRange(NOW, NOW + HOUR * 25)}, "appointment_period_bounded"),
            ({"overbooked": True, "slot": None}, "appointment_overbooked_has_reason"),
            (
                {"overbooked": True, "overbooked_reason": Sealed(b"Haster")},
                "appointment_overbooked_has_reason",
            ),
            ({"wished_weekdays": [7]}, "appointment_wish_known"),
            ({"wished_parts": ["night"]}, "appointment_wish_known"),
            ({"offered_until": NOW}, "appointment_offered_until"),
            ({"status": "offered"}, "appointment_offered_until"),
            ({"status": "cancelled"}, "appointment_cancelled_by_and_at"),
            ({"cancelled_at": NOW}, "appointment_cancelled_by_and_at"),
            ({"status": "pending"}, "appointment_pending_is_unconfirmed"),
            ({"unconfirmed": True}, "appointment_pending_is_unconfirmed"),
            ({"late": True}, "appointment_late_is_cancelled_so"),
            ({"accepted_late_fee": 304}, "appointment_late_is_cancelled_so"),
            ({"status": "noshow"}, "appointment_marked_by_and_at"),
            ({"marked_at": NOW}, "appointment_marked_by_and_at"),
        ],
    )
    def test_a_row_that_makes_no_sense_is_impossible(
        self, cast: Cast, change: dict[str, Any], name: str
    ) -> None:
        one = booked(cast.kari)

        assert breaks(cast, Appointment, one.id, **change) == name


class TestTimebook:
    def schedule(self, cast: Cast) -> Schedule:
        with rows.seeing(practice=cast.lund.practice_id):
            return Schedule.objects.get(practitioner_id=cast.lund.practitioner_id)

    def test_published_times_do_not_overlap(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            slot = Slot.objects.get(id=free(cast.kari)[0].id)

        assert copies(cast, Slot, slot) == "slot_overlaps_slot"

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"period": DateTimeTZRange(NOW, None)}, "slot_period_bounded"),
            ({"withdrawn_at": NOW}, "slot_withdrawn_at_and_because"),
            ({"withdrawn_because": "by-hand"}, "slot_withdrawn_at_and_because"),
        ],
    )
    def test_a_published_time_is_bounded_and_withdrawn_for_a_reason(
        self, cast: Cast, change: dict[str, Any], name: str
    ) -> None:
        assert breaks(cast, Slot, free(cast.kari)[0].id, **change) == name

    def test_a_practitioner_has_one_timebook(self, cast: Cast) -> None:
        found = copies(cast, Schedule, self.schedule(cast))

        assert found == "schedule_one_for_each_practitioner"

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"horizon_days": 367}, "schedule_horizon_bounded"),
            ({"release_days": 1}, "schedule_release_days_and_clock"),
            ({"cancel_hours": 24}, "schedule_cancel_by_hours_or_days"),
        ],
    )
    def test_its_rules_make_sense(self, cast: Cast, change: dict[str, Any], name: str) -> None:
        assert breaks(cast, Schedule, self.schedule(cast).id, **change) == name

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"weekday": 5}, "weekly_hours_on_a_working_day"),
            ({"ends": "06:00"}, "weekly_hours_begin_before_they_end"),
            ({"release_days": 3, "release_clock": None}, "weekly_hours_release_days_and_clock"),
            ({"period": DateRange(empty=True)}, "weekly_hours_period_ordered"),
        ],
    )
    def test_its_hours_make_sense(self, cast: Cast, change: dict[str, Any], name: str) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            hours = self.schedule(cast).weekly_hours.earliest("id")

        assert breaks(cast, WeeklyHours, hours.id, **change) == name

    def test_its_hours_do_not_overlap(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            hours = self.schedule(cast).weekly_hours.earliest("id")

        assert copies(cast, WeeklyHours, hours) == "weekly_hours_overlap"

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"kind": "holiday"}, "schedule_exception_kind_known"),
            ({"kind": "extra"}, "schedule_exception_kind_known"),
            ({"starts": "10:00", "ends": "09:00"}, "schedule_exception_begins_before_it_ends"),
            ({"days": DateRange(NOW.date(), None)}, "schedule_exception_days_bounded"),
        ],
    )
    def test_its_exceptions_make_sense(self, cast: Cast, change: dict[str, Any], name: str) -> None:
        away = {"kind": "away", "days": DateRange(NOW.date(), NOW.date() + HOUR * 24)}
        with rows.seeing(practice=cast.lund.practice_id):
            one = ScheduleException.objects.create(
                practice_id=cast.lund.practice_id, schedule=self.schedule(cast), **away
            )

        assert breaks(cast, ScheduleException, one.id, **change) == name

    def test_what_is_busy_ends(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            schedule = self.schedule(cast)
            source = CalendarImport.objects.create(
                practice_id=cast.lund.practice_id, schedule=schedule, name="min.ics"
            )
            one = BusyPeriod.objects.create(
                practice_id=cast.lund.practice_id,
                schedule=schedule,
                source=source,
                period=DateTimeTZRange(NOW, NOW + HOUR),
            )

        name = breaks(cast, BusyPeriod, one.id, period=DateTimeTZRange(NOW, None))
        assert name == "busy_period_bounded"

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"profession": "vet"}, "appointment_type_profession_known"),
            ({"meetings": ["by-letter"]}, "appointment_type_meetings_known"),
            ({"meetings": []}, "appointment_type_meetings_known"),
            ({"minutes": 0}, "appointment_type_has_length"),
            ({"minutes": 241}, "appointment_type_has_length"),
        ],
    )
    def test_what_can_be_booked_makes_sense(
        self, cast: Cast, change: dict[str, Any], name: str
    ) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            kind = AppointmentType.objects.filter(practice_id=cast.lund.practice_id).earliest("id")

        assert breaks(cast, AppointmentType, kind.id, **change) == name
