"""A practitioner's day and week, as the office sees them."""

from datetime import date, time

import pytest

from dialog.appointments import actions, queries
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from dialog.people.policy import Profession
from tests.appointments.people_and_times import (
    booked,
    clinician,
    free,
    seen,
    workday,
)


class TestCalendar:
    def test_a_day_has_what_is_taken_free_and_in_the_way_in_order(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari)[1])
        actions.add_absence(
            by=cast.lund,
            practitioner=clinician(cast.lund),
            first=workday(),
            starts=time(13),
            ends=time(14),
        )

        found = seen(
            cast.siri, lambda: queries.day_view(cast.siri, clinician(cast.lund), workday())
        )

        kinds = [str(one.kind) for one in found.entries]
        assert kinds[:3] == ["free", "appointment", "free"]
        assert kinds.count("away") == 1
        assert found.entries[1].conversation_id == made.conversation_id
        assert (found.taken, found.free) == (1, 9)

    def test_an_unplanned_weekend_is_left_out_of_the_week(self, cast: Cast) -> None:
        found = seen(
            cast.siri, lambda: queries.week_view(cast.siri, clinician(cast.lund), workday())
        )

        assert [one.day.weekday() for one in found] == [0, 1, 2, 3, 4]

    def test_a_holiday_is_closed(self, cast: Cast) -> None:
        found = seen(
            cast.siri,
            lambda: queries.day_view(cast.siri, clinician(cast.lund), date(2027, 5, 17)),
        )

        assert found.closed

    def test_a_stranger_finds_no_calendar(self, cast: Cast) -> None:
        for who in (cast.berg, cast.kari):
            with pytest.raises(NotFound):
                seen(who, lambda who=who: queries.day_view(who, clinician(cast.lund), workday()))

    def test_the_lab_has_one_too(self, cast: Cast) -> None:
        lab = clinician(cast.siri, Profession.LAB)

        assert seen(cast.siri, lambda: queries.day_view(cast.siri, lab, workday())).free
