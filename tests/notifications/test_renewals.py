"""What is told of renewals."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dialog.actor import Role
from dialog.adapters.memory import MemorySms
from dialog.demo.cast import Cast
from dialog.notifications.policy import Reason as WhyNot
from dialog.people import actions as people
from dialog.people.policy import NotificationKind
from dialog.renewals import actions as renewals
from dialog.renewals.policy import ItemVerb, Reason
from tests.notifications.told import PER, Clock, Pay, a_minute_later, attempts
from tests.renewals.prescribed import ask, lines, prescribe


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon."""


class TestRenewals:
    def test_one_sms_when_the_last_line_is_decided_and_not_before(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation_id = ask(cast.per, earlier="Albyl-E", another="Metoprolol")
        first, second = (one.id for one in lines(cast.lund, conversation_id))
        clock.shift(timedelta(seconds=1))
        decide(cast, conversation_id, first, ItemVerb.RENEW)
        a_minute_later(clock, relay_pays)
        assert phones.phones == []

        decide(cast, conversation_id, second, ItemVerb.DECLINE, Reason.STOPPED)
        a_minute_later(clock, relay_pays)

        assert [one.to for one in phones.phones] == [PER]
        assert "svart deg" in phones.phones[0].text

    def test_what_a_young_person_has_reserved_is_not_told_to_parents(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        ola = replace(cast.kari_for_ola, role=Role.PATIENT, account_id=None, name="Ola")
        conversation_id = ask(ola, prescribe(cast, ola, "Salve", reserved=True))
        (item,) = lines(cast.lund, conversation_id)
        clock.shift(timedelta(seconds=1))

        decide(cast, conversation_id, item.id, ItemVerb.RENEW)
        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        told = attempts(cast.siri, conversation_id)
        assert {(one.reason, one.to_another) for one in told} == {(WhyNot.NO_PHONE, False)}

    def test_who_wants_messages_but_not_this_is_told_nothing(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        people.choose_notification(by=cast.per, kind=NotificationKind.RENEWAL, wanted=False)
        conversation_id = ask(cast.per, earlier="Albyl-E")
        (item,) = lines(cast.lund, conversation_id)
        clock.shift(timedelta(seconds=1))

        decide(cast, conversation_id, item.id, ItemVerb.RENEW)
        a_minute_later(clock, relay_pays)

        assert phones.phones == []


def decide(
    cast: Cast,
    conversation_id: UUID,
    item_id: UUID,
    verb: ItemVerb,
    reason: Reason = Reason.NONE,
) -> None:
    renewals.decide(
        by=cast.lund,
        conversation_id=conversation_id,
        decisions=[renewals.Decision(item_id=item_id, verb=verb, reason=reason)],
    )
