"""What is decided about a timebook: its rules, and the kinds of times in it."""

from datetime import timedelta
from typing import Any

import pytest

from dialog import rows
from dialog.appointments import actions
from dialog.appointments.models import AppointmentType
from dialog.appointments.policy import BookingRules, MeetingType
from dialog.demo.cast import Cast
from dialog.demo.cast_timebooks import DAYS_AHEAD
from dialog.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
)
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.working_days import oslo_day
from tests.appointments.lunds_timebook import facts, lund, ordinary, published, types_with
from tests.appointments.people_and_times import (
    free,
    workday,
)

RULES = BookingRules(most_open=3, horizon_days=DAYS_AHEAD)


class TestSetRules:
    def test_they_hold_at_once(self, cast: Cast) -> None:
        actions.set_rules(
            by=cast.lund,
            practitioner=lund(cast),
            rules=BookingRules(lead_minutes=0, horizon_days=7),
        )

        days = {oslo_day(one.starts) for one in free(cast.kari, day=people.today())}
        assert max(days) <= people.today() + timedelta(days=7)

    def test_it_is_written_down(self, cast: Cast) -> None:
        actions.set_rules(by=cast.lund, practitioner=lund(cast), rules=RULES)

        assert facts(cast)[-1] == "TimebookChanged"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"horizon_days": 0}, "horizon_days"),
            ({"horizon_days": 367}, "horizon_days"),
            ({"release_days": 1}, "release_clock"),
            ({"cancel_hours": 24, "cancel_working_days": 1}, "cancel_hours"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.set_rules(by=cast.lund, practitioner=lund(cast), rules=BookingRules(**change))

        assert refused.value.field == field

    @pytest.mark.parametrize("who", ["siri", "nina"])
    def test_the_doctor_decides_alone(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.set_rules(by=getattr(cast, who), practitioner=lund(cast), rules=RULES)

    def test_a_stranger_finds_no_timebook(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.set_rules(by=cast.berg, practitioner=lund(cast), rules=RULES)


class TestSaveType:
    def test_a_doctor_names_a_new_kind_of_time(self, cast: Cast) -> None:
        made = actions.save_type(
            by=cast.lund, name="Lang time", meetings=[MeetingType.IN_PERSON], minutes=40
        )

        assert made.uuid in {one.uuid for one in types_with(cast, lund(cast))}

    def test_an_old_one_gets_a_new_length_for_times_to_come(self, cast: Cast) -> None:
        actions.save_type(
            by=cast.lund,
            type_uuid=ordinary(cast),
            name="Vanlig time",
            meetings=[MeetingType.IN_PERSON],
            minutes=30,
        )

        actions.publish_slots(by=cast.lund, practitioner=lund(cast))

        assert published(cast, workday())[:2] == ["09:00", "09:30"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": " "}, "name"),
            ({"meetings": []}, "meetings"),
            ({"minutes": 0}, "minutes"),
            ({"minutes": 241}, "minutes"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        said: dict[str, Any] = {"name": "Time", "meetings": [MeetingType.PHONE], "minutes": 10}

        with pytest.raises(InvalidInput) as refused:
            actions.save_type(by=cast.lund, **{**said, **change})

        assert refused.value.field == field

    def test_the_office_decides_over_the_lab_but_not_the_doctor(self, cast: Cast) -> None:
        said: dict[str, Any] = {"name": "Time", "meetings": [MeetingType.INR], "minutes": 10}

        assert actions.save_type(by=cast.siri, profession=Profession.LAB, **said)
        with pytest.raises(NotAllowed):
            actions.save_type(by=cast.siri, **said)

    def test_another_offices_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.save_type(
                by=cast.berg,
                type_uuid=ordinary(cast),
                name="Time",
                meetings=[MeetingType.PHONE],
                minutes=10,
            )


class TestRetireType:
    def test_its_free_times_go(self, cast: Cast) -> None:
        actions.retire_type(by=cast.lund, type_uuid=ordinary(cast))

        assert {one.type.name for one in free(cast.kari)} == {"Telefontime"}
        with rows.seeing(practice=cast.lund.practice_id):
            assert AppointmentType.objects.filter(active=False).count() == 1

    def test_a_stranger_retires_nothing(self, cast: Cast) -> None:
        kind = ordinary(cast)

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.retire_type(by=who, type_uuid=kind)
