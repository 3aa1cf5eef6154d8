"""Whose rows of appointments and timebooks a database role sees: what no code can get past."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from dialog import rows
from dialog.appointments.models import (
    Appointment,
    AppointmentType,
    Schedule,
    Slot,
    WeeklyHours,
)
from dialog.demo.cast import Cast
from tests.appointments.people_and_times import booked, free

NOW = timezone.now()


HOUR = timedelta(hours=1)


class TestRowSecurity:
    def test_a_patient_sees_own_appointments_and_no_others(self, cast: Cast) -> None:
        booked(cast.kari)

        with rows.seeing(patient=cast.per.patient_id):
            assert not Appointment.objects.exists()
        with rows.seeing(patient=cast.kari.patient_id):
            assert Appointment.objects.count() == 1

    def test_another_office_sees_neither_appointments_nor_timebooks(self, cast: Cast) -> None:
        booked(cast.kari)

        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            assert not Appointment.objects.exists()
            assert set(Slot.objects.values_list("practice_id", flat=True)) == {
                cast.berg.practice_id
            }
            assert Schedule.objects.count() == 1

    def test_nobody_sees_nothing(self, cast: Cast) -> None:
        booked(cast.kari)

        for model in (Appointment, Slot, Schedule, AppointmentType, WeeklyHours):
            assert not model.objects.exists()

    def test_a_patient_does_not_publish_or_withdraw(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            with pytest.raises(Exception, match="row-level security"), transaction.atomic():
                Slot.objects.filter(id=slot.id).update(withdrawn_at=NOW)
            with pytest.raises(Exception, match="row-level security"), transaction.atomic():
                Slot.objects.create(
                    id=uuid4(), practice_id=1, schedule_id=1, type_id=1,
                    period=DateTimeTZRange(NOW, NOW + HOUR),
                )  # fmt: skip

    def test_a_patient_hears_when_the_doctor_is_taken_but_a_stranger_does_not(
        self, cast: Cast
    ) -> None:
        one = booked(cast.kari)

        def busy(**who: int | None) -> int:
            with rows.seeing(**who), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT * FROM appointments_busy(ARRAY[%s]::bigint[], %s, %s)",
                    [cast.lund.practitioner_id, one.period.lower, one.period.upper],
                )
                return len(cursor.fetchall())

        assert busy(patient=cast.per.patient_id) == 1
        assert busy(patient=cast.bjarne.patient_id) == 0
        assert busy(practice=cast.berg.practice_id) == 0
        assert busy() == 0

    def test_the_owner_looks_at_no_appointments_of_its_own_accord(
        self, cast: Cast, as_role: Any
    ) -> None:
        booked(cast.kari)

        with as_role("dialog_owner"):
            assert not Appointment.objects.exists()
