"""What is told of appointments: booked, moved, cancelled and proposed."""

from datetime import datetime, time, timedelta

import pytest

from dialog.adapters.memory import MemorySms
from dialog.appointments import actions
from dialog.appointments.policy import MeetingType
from dialog.demo.cast import Cast
from dialog.notifications.policy import AttemptState, News, Reason
from dialog.working_days import OSLO, local, oslo_day
from tests.appointments.people_and_times import booked, clinician, free, patient_uuid, wished
from tests.notifications.told import KARI, Clock, Pay, at, later, moved_to, news


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon on a Wednesday."""


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
