"""Whoever waits for somebody who is away for a day tells them everything when they are back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations.events import MessageSent
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.errors import PortError
from dialog.ledger import relay, subscribers
from dialog.ledger.models import Delivery, DeliveryState

from .conftest import Ear

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def waiting(ear: Ear) -> Ear:
    """The only subscriber, and a patient one."""
    subscribers.LISTENING.clear()
    listening = Ear()
    subscribers.subscribe("waiting", listening, to=(MessageSent,), patient=True)
    return listening


def one_thread(cast: Cast) -> None:
    asked = conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei"
    )
    conversations.reply(by=cast.siri, conversation_id=asked.id, text="Hei, hei")


def pay(as_role: AsRole) -> None:
    with as_role("dialog_relay"):
        while relay.pay_what_is_due():
            pass


def states(as_role: AsRole) -> list[str]:
    with as_role("dialog_relay"), rows.seeing(scope="relay"):
        return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def test_after_a_day_away_all_arrive_in_order_within_a_minute(
    cast: Cast, waiting: Ear, as_role: AsRole
) -> None:
    one_thread(cast)
    waiting.faults = [PortError() for _ in range(3 * relay.MOST_TRIES)]
    now = timezone.now()
    for minute in range(3 * relay.MOST_TRIES):
        with time_machine.travel(now + timedelta(minutes=48 * minute), tick=False):
            pay(as_role)
    assert waiting.faults == []
    assert states(as_role) == [DeliveryState.OWED] * 2

    back = now + timedelta(minutes=48 * (3 * relay.MOST_TRIES - 1)) + relay.PATIENT_PAUSE
    with time_machine.travel(back, tick=False):
        pay(as_role)

    told = [fact.entry_id for fact in waiting.heard]
    assert len(told) == 2
    assert told == sorted(told)


def test_what_is_refused_for_good_is_parked_at_once(
    cast: Cast, waiting: Ear, as_role: AsRole
) -> None:
    one_thread(cast)
    waiting.faults = [PortError(permanent=True)]

    pay(as_role)

    assert states(as_role) == [DeliveryState.PARKED, DeliveryState.PAID]


def test_a_fault_of_our_own_is_parked_when_the_tries_are_used_up(
    cast: Cast, waiting: Ear, as_role: AsRole
) -> None:
    one_thread(cast)
    waiting.faults = [ValueError() for _ in range(relay.MOST_TRIES)]
    now = timezone.now()

    for hour in range(relay.MOST_TRIES):
        with time_machine.travel(now + timedelta(hours=2 * hour), tick=False):
            pay(as_role)

    assert states(as_role)[0] == DeliveryState.PARKED
