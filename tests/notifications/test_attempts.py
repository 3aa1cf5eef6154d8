"""What the gateway answers, what is tried again, and what is kept about each attempt."""

from datetime import timedelta

import pytest
from django.test import Client

from dialog import rows
from dialog.adapters.memory import MemorySms
from dialog.demo.cast import Cast
from dialog.errors import NotFound, PortError
from dialog.ledger import queries as ledger
from dialog.notifications import queries
from dialog.notifications.models import Attempt
from dialog.notifications.policy import AttemptState
from dialog.notifications.policy import Reason as WhyNot
from tests.notifications.told import KARI, Clock, Pay, a_minute_later, answered, attempts


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon."""


class TestTheGatewaysAnswer:
    def test_a_number_nobody_reaches_is_kept_as_failed(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        phones.unreachable = {KARI}
        conversation_id = answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        (told,) = attempts(cast.siri, conversation_id)
        assert (told.state, told.reason) == (AttemptState.FAILED, WhyNot.REFUSED)

    def test_a_gateway_that_is_away_is_asked_again(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        phones.away = PortError()
        conversation_id = answered(clock, cast, cast.kari)
        a_minute_later(clock, relay_pays)
        assert attempts(cast.siri, conversation_id)[0].state is AttemptState.QUEUED

        phones.away = None
        a_minute_later(clock, relay_pays)

        assert [one.to for one in phones.phones] == [KARI]

    def test_waiting_for_the_time_is_not_a_try_that_failed(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        clock.shift(timedelta(hours=10))
        answered(clock, cast, cast.kari)
        a_minute_later(clock, relay_pays)
        phones.away = PortError()
        clock.shift(timedelta(hours=9))

        for _ in range(8):
            relay_pays()
            clock.shift(timedelta(minutes=30))
        phones.away = None
        relay_pays()

        assert [one.to for one in phones.phones] == [KARI]

    def test_a_gateway_set_up_wrongly_waits_for_a_person(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        phones.away = PortError(permanent=True)
        answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        with rows.seeing(practice=cast.lund.practice):
            assert [one.kind for one in ledger.parked(cast.lund)] == ["NotificationQueued"]

    def test_what_waits_for_a_person_leads_to_the_matter_it_is_about(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, as_siri: Client
    ) -> None:
        phones.away = PortError(permanent=True)
        conversation_id = answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        page = as_siri.get("/kontor/ma-ses-pa").content.decode()
        assert "Da er noe satt opp feil" in page
        assert f"/kontor/sak/{conversation_id}" in page


class TestMattersOf:
    @pytest.mark.parametrize(("who", "sees"), [("siri", True), ("berg", False), ("per", False)])
    def test_an_attempt_is_about_a_matter_for_those_who_may_see_it(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, who: str, sees: bool
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari)
        a_minute_later(clock, relay_pays)
        with rows.seeing(practice=cast.siri.practice):
            (told,) = Attempt.objects.values_list("id", flat=True)

            found = queries.matters_of(getattr(cast, who), [told])

        assert found == ({told: conversation_id} if sees else {})


class TestAttemptsOf:
    @pytest.mark.parametrize("who", ["kari", "per", "berg", "bjarne"])
    def test_a_stranger_and_the_patient_do_not_find_them(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, who: str
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari)
        a_minute_later(clock, relay_pays)
        stranger = getattr(cast, who)

        with rows.seeing(practice=cast.siri.practice), pytest.raises(NotFound):
            queries.attempts_of(stranger, conversation_id)

    def test_the_ledger_says_who_was_told_but_not_what(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        with rows.seeing(patient=cast.kari.patient):
            lines = [line for line in ledger.access_log(cast.kari) if line.kind.startswith("Notif")]
        assert [line.kind for line in lines] == ["NotificationSettled", "NotificationQueued"]
        assert set(lines[0].details) == {"attempt_id", "state"}
