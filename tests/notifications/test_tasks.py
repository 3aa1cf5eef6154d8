"""What is told of something the office has asked a patient to do by a day."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time, timedelta

import pytest

from dialog.adapters.memory import MemorySms
from dialog.conversations import actions, chores
from dialog.conversations.models import Conversation
from dialog.demo.cast import Cast
from dialog.notifications.policy import AttemptState, News, Reason
from dialog.people import queries as people
from dialog.working_days import local
from tests.conversations.tasked import WHAT, done, given
from tests.notifications.told import KARI, Clock, Pay, a_minute_later, moved_to, news

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def remind(as_role: AsRole) -> Pay:
    """Let the relay find what is due."""

    def do() -> None:
        with as_role("dialog_relay"):
            chores.remind_of_tasks()

    return do


@pytest.fixture
def asked(cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay) -> Conversation:
    """Kari has ten days, and has been told that there is a message."""
    made = given(cast, days=10)
    a_minute_later(clock, relay_pays)
    phones.kept.clear()
    return made


def test_before_the_day_the_patient_is_reminded_and_never_of_what(
    asked: Conversation, clock: Clock, phones: MemorySms, remind: Pay, relay_pays: Pay
) -> None:
    moved_to(clock, local(people.today() + timedelta(days=7), time(10)))

    remind()
    a_minute_later(clock, relay_pays)

    (told,) = phones.phones
    assert told.to == KARI and "fristen er snart ute" in told.text
    assert WHAT not in told.text and "skjema" not in told.text.lower()


def test_reading_it_is_not_doing_it(
    cast: Cast,
    asked: Conversation,
    clock: Clock,
    phones: MemorySms,
    remind: Pay,
    relay_pays: Pay,
) -> None:
    actions.read(by=cast.kari, conversation_id=asked.id)
    moved_to(clock, local(people.today() + timedelta(days=7), time(10)))

    remind()
    a_minute_later(clock, relay_pays)

    assert len(phones.phones) == 1


def test_what_was_done_meanwhile_is_not_told(
    cast: Cast,
    asked: Conversation,
    clock: Clock,
    phones: MemorySms,
    remind: Pay,
    relay_pays: Pay,
) -> None:
    moved_to(clock, local(people.today() + timedelta(days=7), time(10)))
    remind()

    done(cast, asked)
    a_minute_later(clock, relay_pays)

    assert phones.phones == []
    assert news(cast, asked.id)[-1] == (News.TASK, AttemptState.SUPPRESSED, Reason.NOT_SO)


def test_when_the_day_has_passed_it_is_told_in_the_morning(
    asked: Conversation, clock: Clock, phones: MemorySms, remind: Pay, relay_pays: Pay
) -> None:
    moved_to(clock, local(people.today() + timedelta(days=11), time(0, 5)))
    remind()
    relay_pays()
    assert phones.phones == []

    moved_to(clock, local(people.today(), time(7, 1)))
    a_minute_later(clock, relay_pays)

    assert ["er ute" in one.text for one in phones.phones] == [True]
