"""A day the office is closed has no free times; what is booked stays until somebody moves it."""

from datetime import date, timedelta

import pytest

from dialog.appointments import actions
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed
from dialog.people.queries import today
from dialog.working_days import is_working_day, oslo_day
from tests.appointments.people_and_times import booked, free
from tests.people.on_lists import kinds


def days_with_times(cast: Cast) -> set[date]:
    return {oslo_day(one.starts) for one in free(cast.kari)}


@pytest.fixture
def day(cast: Cast) -> date:
    """Some days ahead, with free times."""
    return min(one for one in days_with_times(cast) if one > today() + timedelta(days=5))


class TestCloseDays:
    def test_nothing_is_free_on_them_and_all_else_is(self, cast: Cast, day: date) -> None:
        before = days_with_times(cast)

        closed = actions.close_days(by=cast.siri, first=day, last=day)

        assert days_with_times(cast) == before - {day}
        assert (closed.days, closed.booked) == (1, 0)
        assert kinds(practice=cast.siri.practice)[-1] == "SlotsPublished"

    def test_what_is_booked_stays_and_the_office_is_told_how_many(
        self, cast: Cast, day: date
    ) -> None:
        one = booked(cast.kari, next(s for s in free(cast.kari) if oslo_day(s.starts) == day))
        before = actions.close_days(by=cast.siri, first=day, last=day).booked

        again = actions.close_days(by=cast.siri, first=day, last=day + timedelta(days=1))

        assert (before, again.booked) == (1, 1)
        assert oslo_day(one.period.lower) == day

    def test_what_is_cancelled_on_them_is_not_free_again(self, cast: Cast, day: date) -> None:
        one = booked(cast.kari, next(s for s in free(cast.kari) if oslo_day(s.starts) == day))
        actions.close_days(by=cast.siri, first=day, last=day)

        actions.cancel(by=cast.kari, conversation_id=one.conversation_id)

        assert day not in days_with_times(cast)

    def test_another_offices_times_are_as_they_were(self, cast: Cast, day: date) -> None:
        before = free(cast.bjarne, doctor="Tor Berg")

        actions.close_days(by=cast.siri, first=day, last=day)

        assert free(cast.bjarne, doctor="Tor Berg") == before

    def test_only_who_manages_the_office_closes_it(self, cast: Cast, day: date) -> None:
        for who in (cast.nina, cast.kari):
            with pytest.raises(NotAllowed):
                actions.close_days(by=who, first=day, last=day)
        assert day in days_with_times(cast)

    def test_days_that_cannot_be_change_nothing(self, cast: Cast, day: date) -> None:
        with pytest.raises(InvalidInput):
            actions.close_days(by=cast.siri, first=day, last=day - timedelta(days=1))
        assert day in days_with_times(cast)


class TestOpenDay:
    def test_its_times_are_free_again(self, cast: Cast, day: date) -> None:
        before = [one.starts for one in free(cast.kari)]
        actions.close_days(by=cast.siri, first=day, last=day)

        actions.open_day(by=cast.siri, day=day)

        assert [one.starts for one in free(cast.kari)] == before
        assert is_working_day(day)

    def test_a_time_somebody_has_kept_is_free_only_when_they_give_it_back(
        self, cast: Cast, day: date
    ) -> None:
        before = [one.starts for one in free(cast.kari)]
        one = booked(cast.kari, next(s for s in free(cast.kari) if oslo_day(s.starts) == day))
        actions.close_days(by=cast.siri, first=day, last=day)

        actions.open_day(by=cast.siri, day=day)
        while_kept = [one.starts for one in free(cast.kari)]
        actions.cancel(by=cast.kari, conversation_id=one.conversation_id)

        assert set(before) - set(while_kept) == {one.period.lower}
        assert [one.starts for one in free(cast.kari)] == before

    def test_only_who_manages_the_office_opens_it(self, cast: Cast, day: date) -> None:
        actions.close_days(by=cast.siri, first=day, last=day)

        with pytest.raises(NotAllowed):
            actions.open_day(by=cast.nina, day=day)
        assert day not in days_with_times(cast)
