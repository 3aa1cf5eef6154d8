"""What is told of appointments: booked, moved, cancelled, proposed, and the day before."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
import time_machine

from dialog import rows
from dialog.adapters.memory import MemorySms
from dialog.appointments import actions
from dialog.appointments.policy import MeetingType
from dialog.demo.cast import Cast
from dialog.notifications import chores, queries
from dialog.notifications.policy import AttemptState, News, Reason
from dialog.people import actions as people
from dialog.people.policy import NotificationKind
from dialog.ui import dates
from dialog.working_days import OSLO, local, oslo_day
from tests.appointments.people_and_times import booked, clinician, free, patient_uuid, wished

Pay = Callable[[], None]
Clock = time_machine.Traveller
AsRole = Callable[[str], AbstractContextManager[None]]
KARI = "+4799900000"


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


def news(cast: Cast, conversation_id: UUID) -> list[tuple[News, AttemptState, Reason]]:
    """What has been told, oldest first."""
    with rows.seeing(practice=cast.siri.practice, account=cast.siri.account):
        told = queries.attempts_of(cast.siri, conversation_id)
    return [(one.news, one.state, one.reason) for one in reversed(told)]


def later(clock: Clock, pay: Pay, **shift: float) -> None:
    pay()
    clock.shift(timedelta(**(shift or {"minutes": 1})))
    pay()


def at(moment: datetime) -> str:
    """A moment as the SMS says it."""
    return dates.moment(moment).replace(dates.NBSP, " ")


def moved_to(clock: Clock, moment: datetime) -> None:
    clock.move_to(moment, tick=False)


class TestBooked:
    def test_a_time_one_takes_is_confirmed_with_day_and_clock_alone(
        self, cast: Cast, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = booked(cast.kari, text="Vondt i kneet")

        relay_pays()

        (sms,) = phones.phones
        assert sms.to == KARI
        assert f"Du har en avtale med legekontoret {at(made.period.lower)}." in sms.text
        assert "kne" not in sms.text and "Lund" not in sms.text

    def test_a_time_the_office_gives_with_words_is_one_sms_and_the_time_is_in_it(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        slot = free(cast.kari)[0]
        actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            slot_id=slot.id,
            text="Vi vil gjerne se deg.",
        )

        later(clock, relay_pays)

        assert [at(slot.starts) in one.text for one in phones.phones] == [True]


class TestMovedAndCancelled:
    def test_a_moved_one_tells_the_new_time(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = booked(cast.kari)
        later(clock, relay_pays)
        slot = free(cast.kari)[3]

        actions.move(by=cast.siri, conversation_id=made.conversation_id, slot_id=slot.id)
        later(clock, relay_pays)

        assert "flyttet" in phones.phones[-1].text and at(slot.starts) in phones.phones[-1].text

    def test_the_patients_own_cancelling_is_no_news(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = booked(cast.kari)
        later(clock, relay_pays)

        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)
        later(clock, relay_pays)

        assert len(phones.phones) == 1

    def test_the_offices_cancelling_is(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = booked(cast.kari)
        later(clock, relay_pays)

        actions.cancel(by=cast.siri, conversation_id=made.conversation_id, text="Legen er syk.")
        later(clock, relay_pays)

        assert "avlyst" in phones.phones[-1].text and "syk" not in phones.phones[-1].text
        assert len(phones.phones) == 2

    @pytest.mark.parametrize("word", ["", "Lund kan svare om kneet."])
    def test_an_econsultation_instead_is_one_sms_that_the_time_is_cancelled(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, word: str
    ) -> None:
        made = booked(cast.kari)
        later(clock, relay_pays)

        actions.point_to_econsultation(
            by=cast.siri, conversation_id=made.conversation_id, text=word
        )
        later(clock, relay_pays)

        (_booked, sms) = phones.phones
        assert "avlyst" in sms.text and at(made.period.lower) in sms.text
        assert not any(one in sms.text for one in ("kne", "Lund", "konsultasjon"))

    def test_an_econsultation_instead_of_a_wish_is_an_answer(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = wished(cast.kari)
        later(clock, relay_pays)

        actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)
        later(clock, relay_pays)

        assert len(phones.phones) == 1
        assert (News.ANSWERED, AttemptState.SENT, Reason.NONE) in news(cast, made.conversation_id)

    def test_booked_in_the_night_and_given_back_before_morning_tells_nothing(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        clock.shift(timedelta(hours=10))
        made = booked(cast.kari)
        relay_pays()
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        later(clock, relay_pays, hours=11)

        assert phones.phones == []
        assert news(cast, made.conversation_id) == [
            (News.BOOKED, AttemptState.SUPPRESSED, Reason.NOT_SO)
        ]

    def test_a_cancelling_in_the_night_of_the_first_time_next_day_cannot_wait(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = self.given_early(cast)
        later(clock, relay_pays)
        moved_to(clock, local(oslo_day(made), time(22)) - timedelta(days=1))

        actions.cancel(by=cast.siri, conversation_id=self.conversation_id)
        relay_pays()

        assert "avlyst" in phones.phones[-1].text

    def test_nor_can_a_move_away_from_it(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = self.given_early(cast)
        later(clock, relay_pays)
        moved_to(clock, local(oslo_day(made), time(22)) - timedelta(days=1))

        actions.move(
            by=cast.siri,
            conversation_id=self.conversation_id,
            practitioner=clinician(cast.lund),
            starts=made + timedelta(days=7),
            minutes=20,
        )
        relay_pays()

        assert "flyttet" in phones.phones[-1].text

    def given_early(self, cast: Cast) -> datetime:
        """Eight o'clock next Tuesday, before anybody has read of it in the morning."""
        starts = local(oslo_day(datetime.now(OSLO)) + timedelta(days=6), time(8))
        given = actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            practitioner=clinician(cast.lund),
            starts=starts,
            minutes=20,
        )
        self.conversation_id = given.conversation_id
        return starts


class TestWishes:
    def test_a_proposal_asks_for_an_answer(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        wish = wished(cast.kari)
        slot = free(cast.kari)[0]

        actions.propose_time(by=cast.siri, conversation_id=wish.conversation_id, slot_id=slot.id)
        later(clock, relay_pays)

        assert [one.text for one in phones.phones] == [
            "Legekontoret foreslår en avtale med deg. Logg inn i Digital dialog for å svare."
        ]

    def test_a_wish_that_gets_no_time_is_an_answer(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        wish = wished(cast.kari)
        clock.shift(timedelta(seconds=1))

        actions.cancel(by=cast.siri, conversation_id=wish.conversation_id, text="Ring oss heller.")
        later(clock, relay_pays)

        assert ["svart deg" in one.text for one in phones.phones] == [True]


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


def test_another_way_of_meeting_is_told(
    cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
) -> None:
    made = booked(cast.kari)
    later(clock, relay_pays)

    actions.convert(by=cast.siri, conversation_id=made.conversation_id, meeting=MeetingType.PHONE)
    later(clock, relay_pays)

    assert "er endret" in phones.phones[-1].text


def test_a_childs_appointment_is_told_to_the_parent(
    cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
) -> None:
    booked(cast.kari_for_ola)

    later(clock, relay_pays)

    assert [one.to for one in phones.phones] == [KARI]
    assert "En du representerer har en avtale" in phones.phones[0].text
