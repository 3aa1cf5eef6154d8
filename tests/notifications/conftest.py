"""Somebody who carries SMS, and a relay that pays what is owed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
import time_machine

from dialog.adapters.memory import MemorySms
from dialog.ledger import relay
from dialog.working_days import OSLO


def next_wednesday_noon() -> datetime:
    """After the cast was made, and with a night before and after it."""
    noon = datetime.now(OSLO).replace(hour=12, minute=0, second=0, microsecond=0)
    return noon + timedelta(days=(2 - noon.weekday()) % 7 or 7)


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> MemorySms:
    """Every SMS that is sent while the test runs."""
    sender = MemorySms()
    monkeypatch.setattr("dialog.notifications.telling.sms", lambda: sender)
    return sender


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at noon on a Wednesday until it is moved."""
    with time_machine.travel(next_wednesday_noon(), tick=False) as moved:
        yield moved


@pytest.fixture
def relay_pays(as_role: Callable[[str], AbstractContextManager[None]]) -> Callable[[], None]:
    """Let the relay pay everything that is due now."""

    def pay() -> None:
        with as_role("dialog_relay"):
            while relay.pay_what_is_due():
                pass

    return pay
