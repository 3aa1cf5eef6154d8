"""What is told the day before an appointment."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta

import pytest

from dialog.adapters.memory import MemorySms
from dialog.appointments import actions
from dialog.demo.cast import Cast
from dialog.notifications import chores
from dialog.notifications.policy import AttemptState, News, Reason
from dialog.people import actions as people
from dialog.people.policy import NotificationKind
from dialog.working_days import OSLO, local, oslo_day
from tests.appointments.people_and_times import booked, clinician, free, patient_uuid
from tests.notifications.told import Clock, Pay, at, later, moved_to, news

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon on a Wednesday."""


@pytest.fixture
def remind(as_role: AsRole, relay_pays: Pay) -> Pay:
    """Let the relay do its chore, and pay."""

    def do() -> None:
        with as_role("dialog_relay"):
            chores.remind_of_tomorrow()
        relay_pays()

    return do


class TestReminder:
    @pytest.fixture
    def starts(self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay) -> datetime:
        """A time in some days; the confirmation has come."""
        made = booked(cast.kari)
        self.conversation_id = made.conversation_id
        later(clock, relay_pays)
        phones.kept.clear()
        begins: datetime = made.period.lower
        return begins

    def test_the_day_before_once_however_often_the_chore_is_done(
        self, starts: datetime, clock: Clock, phones: MemorySms, remind: Pay
    ) -> None:
        moved_to(clock, local(oslo_day(starts) - timedelta(days=1), time(10)))

        for _ in range(3):
            remind()
            clock.shift(timedelta(minutes=1))

        assert [at(starts) in one.text and "Husk" in one.text for one in phones.phones] == [True]

    @pytest.mark.parametrize(
        ("days", "clock_says"), [(2, time(12)), (1, time(9, 59)), (0, time(7))]
    )
    def test_not_earlier_and_not_on_the_day(
        self,
        starts: datetime,
        clock: Clock,
        phones: MemorySms,
        remind: Pay,
        days: int,
        clock_says: time,
    ) -> None:
        moved_to(clock, local(oslo_day(starts) - timedelta(days=days), clock_says))

        remind()

        assert phones.phones == []

    def test_one_that_was_cancelled_is_not_reminded_of(
        self, cast: Cast, starts: datetime, clock: Clock, phones: MemorySms, remind: Pay
    ) -> None:
        actions.cancel(by=cast.kari, conversation_id=self.conversation_id)
        moved_to(clock, local(oslo_day(starts) - timedelta(days=1), time(12)))

        remind()

        assert phones.phones == []

    def test_one_that_was_moved_is_reminded_of_its_new_day_only(
        self, cast: Cast, starts: datetime, clock: Clock, phones: MemorySms, remind: Pay
    ) -> None:
        later_slot = next(one for one in free(cast.kari) if oslo_day(one.starts) > oslo_day(starts))
        actions.move(by=cast.kari, conversation_id=self.conversation_id, slot_id=later_slot.id)
        remind()
        phones.kept.clear()

        for day in (oslo_day(starts), oslo_day(later_slot.starts)):
            moved_to(clock, local(day - timedelta(days=1), time(12)))
            remind()

        assert ["Husk" in one.text for one in phones.phones] == [True]
        assert at(later_slot.starts) in phones.phones[0].text

    def test_what_was_booked_just_now_for_tomorrow_needs_none(
        self, cast: Cast, clock: Clock, phones: MemorySms, remind: Pay
    ) -> None:
        tomorrow = oslo_day(datetime.now(OSLO)) + timedelta(days=1)
        actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            practitioner=clinician(cast.lund),
            starts=local(tomorrow, time(12)),
            minutes=20,
        )
        remind()
        clock.shift(timedelta(minutes=1))

        remind()

        assert ["Husk" in one.text for one in phones.phones] == [False]

    def test_who_does_not_want_reminders_gets_none_but_the_rest(
        self, cast: Cast, starts: datetime, clock: Clock, phones: MemorySms, remind: Pay
    ) -> None:
        people.choose_notification(by=cast.kari, kind=NotificationKind.REMINDER, wanted=False)
        moved_to(clock, local(oslo_day(starts) - timedelta(days=1), time(12)))

        remind()

        assert phones.phones == []
        assert news(cast, self.conversation_id)[-1] == (
            News.REMINDER,
            AttemptState.SUPPRESSED,
            Reason.CHOICE,
        )
