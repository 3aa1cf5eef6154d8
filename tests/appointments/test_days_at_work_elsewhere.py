"""Where the record system says what is free, it says so of days on which somebody works here."""

from datetime import date, time, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from dialog.actor import PLATFORM
from dialog.appointments import actions
from dialog.appointments.offered import OfferedTime
from dialog.appointments.policy import MeetingType
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput
from dialog.people.policy import Profession
from dialog.people.queries import today
from dialog.working_days import day_bounds
from tests.appointments.elsewhere import a_time
from tests.appointments.ninas_days import change, days
from tests.appointments.people_and_times import clinician

A_DAY = timedelta(days=1)


class TestWhereTheRecordSystemSays:
    def offer(self, cast: Cast, times: list[OfferedTime]) -> actions.Published:
        first = day_bounds(today())[0]
        return actions.offer_times(
            by=cast.siri,
            practitioner=clinician(cast.siri, Profession.NURSE),
            times=times,
            first=first,
            until=first + timedelta(days=28),
        )

    def test_what_it_says_of_days_off_is_not_published_before_the_days_are_longer(
        self, cast: Cast, last: date
    ) -> None:
        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)
        wounds = frozenset({MeetingType.WOUND})
        times = [a_time(time(9), day=last + n * A_DAY, meetings=wounds) for n in (0, 1)]

        came = self.offer(cast, times).added
        change(cast, last)
        in_the_timebook = days(cast)
        again = self.offer(cast, times)
        change(cast, None)

        assert (came, in_the_timebook) == (2, {last})
        assert (again.added, again.withdrawn) == (0, 0)
        assert self.offer(cast, times).added == 1
        assert days(cast) == {last, last + A_DAY}

    def test_it_says_yes_to_what_was_taken_before_and_to_no_other_time_after(
        self, cast: Cast, last: date
    ) -> None:
        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)
        after_it = a_time(time(9), day=last + A_DAY, meetings=frozenset({MeetingType.WOUND}))
        self.offer(cast, [after_it])
        taken = actions.book_slot(by=cast.kari, slot_id=after_it.id).conversation_id
        later = DateTimeTZRange(after_it.ends, after_it.ends + timedelta(minutes=20))
        change(cast, last)

        with pytest.raises(InvalidInput) as refusal:
            actions.confirm(by=cast.siri, conversation_id=taken, period=later)
        confirmed = actions.confirm(by=cast.siri, conversation_id=taken)

        assert refusal.value.field == "period"
        assert (confirmed.status, confirmed.period.lower) == ("booked", after_it.starts)
