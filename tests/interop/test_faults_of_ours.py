"""What goes wrong here and not there: the message is kept, tried again, and at last laid aside."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.errors import PortError
from dialog.interop import chores, handling, receipts
from dialog.interop.building import Content
from dialog.interop.conditions import TryLater
from dialog.interop.models import Transmission
from dialog.interop.names import Process
from dialog.interop.policy import MOST_TRIES, Direction, State
from tests.interop.hearing import heard, thread
from tests.interop.record_system import RecordSystem

Patch = pytest.MonkeyPatch


def failing(error: Exception) -> Callable[..., UUID]:
    def fails(*_args: object, **_said: object) -> UUID:
        raise error

    return fails


def asked(cast: Cast, epj: RecordSystem) -> UUID:
    """A question of Kari's, answered once by the record system."""
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    epj.answer(heard(epj).header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
    return one.id


def incoming(epj: RecordSystem) -> list[Transmission]:
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        return list(Transmission.objects.filter(direction=Direction.IN).order_by("id"))


def later(epj: RecordSystem, minutes: int = 11, times: int = 1) -> None:
    """The chores, so many times with so many minutes between."""
    with epj.as_role("dialog_relay"):
        for number in range(1, times + 1):
            with time_machine.travel(timezone.now() + number * timedelta(minutes=minutes)):
                chores.handle_what_was_kept()


def test_a_receipt_that_cannot_be_written_leaves_the_message_to_be_done(
    cast: Cast, epj: RecordSystem, monkeypatch: Patch
) -> None:
    real = receipts.write_for
    monkeypatch.setattr(receipts, "write_for", failing(KeyError("V")))
    one = asked(cast, epj)
    assert [(message.state, message.code) for message in incoming(epj)] == [
        (State.STORED, "KeyError")
    ]
    assert len(thread(cast, one).messages) == 1

    monkeypatch.setattr(receipts, "write_for", real)
    later(epj)

    assert [message.state for message in incoming(epj)] == [State.HANDLED]
    assert len(thread(cast, one).messages) == 2


def test_a_service_of_ours_that_is_away_is_no_reason_to_refuse(
    cast: Cast, epj: RecordSystem, monkeypatch: Patch
) -> None:
    real = handling.act_on
    monkeypatch.setattr(handling, "act_on", failing(PortError()))
    one = asked(cast, epj)
    later(epj, times=MOST_TRIES + 2)
    assert [(message.state, message.code) for message in incoming(epj)] == [
        (State.STORED, TryLater.__name__)
    ]

    monkeypatch.setattr(handling, "act_on", real)
    later(epj, minutes=600)

    assert len(thread(cast, one).messages) == 2


def test_many_that_meet_a_fault_do_not_hold_up_the_next(
    cast: Cast, epj: RecordSystem, monkeypatch: Patch
) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    there = heard(epj).header
    real = handling.act_on
    monkeypatch.setattr(handling, "act_on", failing(ValueError()))
    for number in range(25):
        epj.answer(there, Process.ENQUIRY, "Svar", Content(text=f"Nummer {number}"))
    monkeypatch.setattr(handling, "act_on", real)

    epj.answer(there, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))

    assert [message.text for message in thread(cast, one.id).messages] == ["Når?", "Klokka åtte."]
