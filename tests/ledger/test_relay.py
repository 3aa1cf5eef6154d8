"""The relay: every debt once, in order within a conversation, whatever the other end does."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.errors import NotFound, PortError
from dialog.ledger import actions as ledger
from dialog.ledger import queries, relay
from dialog.ledger.models import Delivery, DeliveryState

from .conftest import Ear

AsRole = Callable[[str], AbstractContextManager[None]]


def asked(cast: Cast, text: str = "Når åpner dere?") -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient_id or 0, text=text
    )


def pay_all(as_role: AsRole, *, rounds: int = 50) -> None:
    with as_role("dialog_relay"):
        for _ in range(rounds):
            if not relay.pay_what_is_due():
                break


def debts(as_role: AsRole) -> list[Delivery]:
    with as_role("dialog_relay"), rows.seeing(scope="relay"):
        return list(Delivery.objects.order_by("id"))


class TestPay:
    def test_a_debt_is_paid_once(self, cast: Cast, ear: Ear, as_role: AsRole) -> None:
        conversation = asked(cast)

        pay_all(as_role)
        pay_all(as_role)

        assert [fact.conversation_id for fact in ear.heard] == [conversation.id]
        assert ear.settled == [fact.entry_id for fact in ear.heard]
        assert [one.state for one in debts(as_role)] == [DeliveryState.PAID]

    def test_a_subscriber_with_nothing_to_say_is_paid_in_silence(
        self, cast: Cast, ear: Ear, as_role: AsRole
    ) -> None:
        ear.deaf = True
        asked(cast)

        pay_all(as_role)

        assert ear.heard == []
        assert ear.settled == []
        assert [one.state for one in debts(as_role)] == [DeliveryState.PAID]

    def test_a_failed_one_is_owed_again_after_a_growing_pause(
        self, cast: Cast, ear: Ear, as_role: AsRole, away: PortError
    ) -> None:
        ear.faults = [away, away]
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            asked(cast)
            pay_all(as_role)
        with time_machine.travel(now + timedelta(seconds=1), tick=False):
            pay_all(as_role)
            assert len(ear.faults) == 1
        with time_machine.travel(now + timedelta(seconds=3), tick=False):
            pay_all(as_role)
            assert ear.faults == []
        with time_machine.travel(now + timedelta(seconds=20), tick=False):
            pay_all(as_role)

        assert len(ear.heard) == 1

    def test_the_next_in_the_same_conversation_waits_for_it(
        self, cast: Cast, ear: Ear, as_role: AsRole, away: PortError
    ) -> None:
        ear.faults = [away]
        first = asked(cast)
        actions.reply(by=cast.siri, conversation_id=first.id, text="Klokka åtte.")
        asked(cast, "Har dere parkering?")

        pay_all(as_role)

        assert first.id not in {fact.conversation_id for fact in ear.heard}
        assert len(ear.heard) == 1

    def test_a_permanent_refusal_is_parked_and_holds_up_nobody(
        self, cast: Cast, ear: Ear, as_role: AsRole
    ) -> None:
        ear.faults = [PortError(permanent=True)]
        first = asked(cast)
        actions.reply(by=cast.siri, conversation_id=first.id, text="Klokka åtte.")

        pay_all(as_role)

        assert [one.state for one in debts(as_role)] == [DeliveryState.PARKED, DeliveryState.PAID]
        assert debts(as_role)[0].problem == "refused"

    def test_it_is_parked_when_the_tries_are_used_up(
        self, cast: Cast, ear: Ear, as_role: AsRole, away: PortError
    ) -> None:
        ear.faults = [away] * relay.MOST_TRIES
        asked(cast)
        now = timezone.now()

        for hour in range(relay.MOST_TRIES):
            with time_machine.travel(now + timedelta(hours=2 * hour), tick=False):
                pay_all(as_role)

        (debt,) = debts(as_role)
        assert (debt.state, debt.tries, debt.problem) == (
            DeliveryState.PARKED,
            relay.MOST_TRIES,
            "unavailable",
        )

    def test_an_unforeseen_fault_is_kept_as_a_code_and_never_as_text(
        self, cast: Cast, ear: Ear, as_role: AsRole
    ) -> None:
        ear.faults = [ValueError("Kari Nordmann")]
        asked(cast)

        pay_all(as_role)

        assert [one.problem for one in debts(as_role)] == ["ValueError"]

    def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_settles_nothing(
        self, cast: Cast, ear: Ear, as_role: AsRole
    ) -> None:
        asked(cast)
        slow = uuid4()
        with as_role("dialog_relay"):
            (held,) = relay.claim(slow)
            assert relay.claim(uuid4()) == []
        with (
            time_machine.travel(timezone.now() + relay.LEASE + timedelta(seconds=1)),
            as_role("dialog_relay"),
        ):
            quick = uuid4()
            (again,) = relay.claim(quick)
            with rows.seeing(scope="relay"):
                debt = Delivery.objects.get(id=held)
            debt.state = DeliveryState.PAID
            relay._settle(debt, slow)

        assert again == held
        assert [one.state for one in debts(as_role)] == [DeliveryState.OWED]

    @pytest.mark.parametrize("seed", range(5))
    def test_under_random_failure_all_arrive_in_order_and_none_twice(
        self, cast: Cast, ear: Ear, as_role: AsRole, seed: int
    ) -> None:
        chance = random.Random(seed)
        threads = [asked(cast) for _ in range(3)]
        for _ in range(4):
            for thread in chance.sample(threads, k=3):
                actions.reply(by=cast.siri, conversation_id=thread.id, text="Svar")
        ear.faults = [PortError() for _ in range(8)]
        now = timezone.now()

        for minute in range(40):
            with time_machine.travel(now + timedelta(minutes=10 * minute), tick=False):
                pay_all(as_role, rounds=5)

        for thread in threads:
            told = [fact.entry_id for fact in ear.heard if fact.conversation_id == thread.id]
            assert told == sorted(told)
        assert len(ear.heard) == len({fact.entry_id for fact in ear.heard}) == 15


class TestChores:
    def test_one_that_fails_does_not_keep_the_others_from_being_done(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        done: list[str] = []

        def fails() -> None:
            raise ValueError("Kari Nordmann")

        loop = relay.Relay((fails, lambda: done.append("the next")))
        with as_role("dialog_relay"):
            loop.turn()

        assert done == ["the next"]


class TestNeedsAttention:
    def park(self, cast: Cast, ear: Ear, as_role: AsRole) -> int:
        ear.faults = [PortError(permanent=True)]
        asked(cast)
        pay_all(as_role)
        return int(debts(as_role)[0].id)

    def test_a_parked_delivery_is_seen_and_can_be_released(
        self, cast: Cast, ear: Ear, as_role: AsRole
    ) -> None:
        parked = self.park(cast, ear, as_role)
        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            assert [one.id for one in queries.parked(cast.siri)] == [parked]

        ledger.release_delivery(by=cast.siri, delivery_id=parked)
        pay_all(as_role)

        assert len(ear.heard) == 1

    def test_or_dismissed(self, cast: Cast, ear: Ear, as_role: AsRole) -> None:
        parked = self.park(cast, ear, as_role)

        ledger.dismiss_delivery(by=cast.siri, delivery_id=parked)
        pay_all(as_role)

        assert ear.heard == []

    def test_another_practice_does_not_find_it(self, cast: Cast, ear: Ear, as_role: AsRole) -> None:
        parked = self.park(cast, ear, as_role)

        with pytest.raises(NotFound):
            ledger.release_delivery(by=cast.berg, delivery_id=parked)
        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            assert queries.parked(cast.berg) == []
