"""What is told of a time the record system must say yes to: nothing before it has answered."""

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters.memory import MemorySms
from dialog.appointments import actions
from dialog.demo.cast import Cast
from dialog.notifications.policy import AttemptState, News, Reason
from tests.appointments.elsewhere import reserved
from tests.appointments.people_and_times import free
from tests.notifications.told import Clock, Pay, at, later, moved_to, news

NO_REASON = Reason.NONE
SENT = AttemptState.SENT


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon on a Wednesday."""


class TestPending:
    def test_nobody_is_told_that_it_is_booked_before_it_is(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = reserved(cast)

        later(clock, relay_pays)

        assert (phones.phones, news(cast, made.conversation_id)) == ([], [])

    def test_the_yes_is_told_with_the_time_as_it_is(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = reserved(cast)
        period = free(cast.kari)[3]

        actions.confirm(
            by=cast.siri,
            conversation_id=made.conversation_id,
            period=type(made.period)(period.starts, period.ends),
        )
        later(clock, relay_pays)

        (sms,) = phones.phones
        assert f"Du har en avtale med legekontoret {at(period.starts)}." in sms.text

    def test_the_no_is_told_without_a_time(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = reserved(cast)

        actions.refuse(by=cast.siri, conversation_id=made.conversation_id, text="Legen er på kurs.")
        later(clock, relay_pays)

        (sms,) = phones.phones
        assert sms.text == (
            "Legekontoret kunne ikke gi deg tiden du valgte. "
            "Logg inn i Digital dialog for å velge en annen."
        )

    def test_that_nobody_answered_is_told(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = reserved(cast)
        moved_to(clock, made.period.lower)

        with rows.seeing(practice=cast.lund.practice_id):
            actions.expire_unanswered(by=PLATFORM, conversation_id=made.conversation_id)
        later(clock, relay_pays)

        assert "har ikke svart" in phones.phones[-1].text
        assert news(cast, made.conversation_id) == [(News.UNANSWERED, SENT, NO_REASON)]

    def test_the_patients_own_change_of_heart_is_no_news(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        made = reserved(cast)

        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)
        later(clock, relay_pays)

        assert phones.phones == []
