"""When somebody meets patients: hours every week, days away, and hours on one day."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment
from dialog.demo.cast import Cast
from dialog.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    SlotsOverlap,
)
from dialog.people import queries as people
from dialog.people.policy import Profession
from tests.appointments.lunds_timebook import lund, ordinary, published, types_with
from tests.appointments.people_and_times import (
    booked,
    free,
    seen,
    workday,
)


class TestAddWeeklyHours:
    def add(self, cast: Cast, **change: Any) -> actions.Published:
        said = {
            "practitioner": lund(cast),
            "type_uuid": ordinary(cast),
            "weekdays": [workday().weekday()],
            "starts": time(16),
            "ends": time(17),
        }
        return actions.add_weekly_hours(by=change.pop("by", cast.lund), **{**said, **change})

    def test_the_times_are_there_at_once(self, cast: Cast) -> None:
        made = self.add(cast)

        assert made.added >= 2 * 3  # in as many weeks as are published, but on holidays
        assert published(cast, workday())[-3:] == ["16:00", "16:20", "16:40"]

    def test_hours_on_top_of_others_are_refused(self, cast: Cast) -> None:
        with pytest.raises(SlotsOverlap):
            self.add(cast, starts=time(9, 30), ends=time(10, 30))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"weekdays": []}, "weekdays"),
            ({"weekdays": [5]}, "weekdays"),
            ({"ends": time(16, 10)}, "ends"),
            ({"until": date(2020, 1, 1)}, "until"),
            ({"release_days": 0}, "release_clock"),
            ({"type_uuid": uuid4()}, "type_uuid"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            self.add(cast, **change)

        assert refused.value.field == field

    def test_a_doctor_has_no_lab_times(self, cast: Cast) -> None:
        everybody: Any = seen(cast.siri, lambda: people.clinicians_of_practice(cast.siri))
        lab = next(one.uuid for one in everybody if one.profession is Profession.LAB)

        with pytest.raises(InvalidInput):
            self.add(cast, type_uuid=types_with(cast, lab)[0].uuid)

    def test_a_stranger_adds_nothing(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                self.add(cast, by=who)


class TestRemoveWeeklyHours:
    def hours(self, cast: Cast) -> list[Any]:
        return list(seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast))).hours)

    def test_the_free_times_go_and_the_taken_ones_stay(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        made = booked(cast.kari, slot)
        gone = next(
            one for one in self.hours(cast)
            if one.weekday == workday().weekday() and one.starts == time(9)
        )  # fmt: skip

        actions.remove_weekly_hours(by=cast.lund, hours_uuid=gone.uuid)

        assert "09:20" not in published(cast, workday())
        with rows.seeing(practice=cast.lund.practice_id):
            kept = Appointment.objects.get(id=made.id)
        assert (kept.status, kept.period) == ("booked", made.period)

    def test_from_a_later_day_they_stay_until_then(self, cast: Cast) -> None:
        gone = next(one for one in self.hours(cast) if one.weekday == workday().weekday())

        actions.remove_weekly_hours(
            by=cast.lund, hours_uuid=gone.uuid, from_day=workday() + timedelta(days=1)
        )

        assert "09:20" in published(cast, workday())
        assert "09:20" not in published(cast, workday() + timedelta(days=7))

    def test_a_stranger_removes_nothing(self, cast: Cast) -> None:
        gone = self.hours(cast)[0]

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.remove_weekly_hours(by=who, hours_uuid=gone.uuid)


class TestAddAbsence:
    def test_nobody_is_met_those_days(self, cast: Cast) -> None:
        actions.add_absence(
            by=cast.lund, practitioner=lund(cast), first=workday(3), last=workday(4), note="Kurs"
        )

        assert (published(cast, workday(3)), published(cast, workday(4))) == ([], [])
        assert published(cast, workday(5))

    def test_or_only_those_hours(self, cast: Cast) -> None:
        actions.add_absence(
            by=cast.lund, practitioner=lund(cast), first=workday(3), starts=time(9), ends=time(10)
        )

        assert published(cast, workday(3))[0] == "10:00"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"last": date(2020, 1, 1)}, "last"),
            ({"starts": time(9)}, "ends"),
            ({"starts": time(9), "ends": time(8)}, "ends"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.add_absence(
                by=cast.lund, practitioner=lund(cast), **{"first": workday(), **change}
            )

        assert refused.value.field == field

    def test_a_stranger_is_not_away_for_the_doctor(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.add_absence(by=who, practitioner=lund(cast), first=workday())


class TestAddExtraHours:
    def saturday(self) -> date:
        return people.today() + timedelta(days=(5 - people.today().weekday()) % 7 + 7)

    def test_a_saturday_can_have_times(self, cast: Cast) -> None:
        actions.add_extra_hours(
            by=cast.lund,
            practitioner=lund(cast),
            day=self.saturday(),
            starts=time(10),
            ends=time(11),
            type_uuid=ordinary(cast),
        )

        assert published(cast, self.saturday()) == ["10:00", "10:20", "10:40"]

    def test_not_a_day_that_has_been(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.add_extra_hours(
                by=cast.lund,
                practitioner=lund(cast),
                day=people.today() - timedelta(days=1),
                starts=time(10),
                ends=time(11),
                type_uuid=ordinary(cast),
            )

        assert refused.value.field == "day"

    def test_a_stranger_adds_nothing(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.add_extra_hours(
                    by=who,
                    practitioner=lund(cast),
                    day=self.saturday(),
                    starts=time(10),
                    ends=time(11),
                    type_uuid=ordinary(cast),
                )


class TestRemoveException:
    def away(self, cast: Cast) -> Any:
        actions.add_absence(by=cast.lund, practitioner=lund(cast), first=workday())
        book = seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast)))
        return book.exceptions[0].uuid

    def test_the_day_is_as_the_others_again(self, cast: Cast) -> None:
        gone = self.away(cast)

        actions.remove_exception(by=cast.lund, exception_uuid=gone)

        assert published(cast, workday())

    def test_a_stranger_changes_nothing(self, cast: Cast) -> None:
        gone = self.away(cast)

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.remove_exception(by=who, exception_uuid=gone)
