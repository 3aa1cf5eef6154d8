"""What a sender has waiting is handled in its order, and a fault in one is no fault in the next."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from dialog.demo.cast import Cast
from dialog.interop import chores, handling, settling
from dialog.interop.building import Content
from dialog.interop.conditions import TryLater
from dialog.interop.models import Transmission
from dialog.interop.names import APPREC, Process
from dialog.interop.policy import MOST_TRIES, State
from dialog.rows import seeing
from tests.interop.hearing import KARI, states
from tests.interop.record_system import RecordSystem


def write(epj: RecordSystem, text: str) -> None:
    epj.begin(Process.ENQUIRY, "Foresporsel", Content(text=text), KARI, datetime.now(UTC))


def fails_with(error: Exception) -> Callable[..., object]:
    def fail(*_said: object, **_named: object) -> object:
        raise error

    return fail


def later(epj: RecordSystem, minutes: int = 1) -> None:
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False),
        epj.as_role("dialog_relay"),
    ):
        chores.handle_what_was_kept()


def heard(epj: RecordSystem) -> list[str]:
    with epj.as_role("dialog_relay"), seeing(scope="relay"):
        came = Transmission.objects.exclude(function=APPREC).order_by("id")
        return list(came.values_list("state", flat=True))


def test_a_fault_of_ours_is_passed_by(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as first:
        first.setattr(handling, "act_on", fails_with(ZeroDivisionError()))
        write(epj, "Den første")

    write(epj, "Den andre")

    assert heard(epj) == [State.STORED, State.HANDLED]
    assert states(epj).count(State.SENT) == 1


def test_what_waits_for_somebody_holds_up_those_after_it(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as first:
        first.setattr(handling, "understood", fails_with(TryLater("The registry is away.")))
        write(epj, "Den første")

    write(epj, "Den andre")
    write(epj, "Den tredje")
    assert heard(epj) == [State.STORED, State.STORED, State.STORED]

    later(epj)
    assert heard(epj) == [State.HANDLED, State.HANDLED, State.HANDLED]


def test_nothing_is_left_of_what_failed_half_way(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as after_the_action:
        after_the_action.setattr(settling.receipts, "write_for", fails_with(KeyError("late")))
        write(epj, "Den første")
    with epj.as_role("dialog_relay"), seeing(scope="relay"):
        one = Transmission.objects.get()
        assert (one.state, one.tries, one.code) == (State.STORED, 1, "KeyError")
        assert (one.conversation_id, one.message_id) == (None, "")

    later(epj)

    assert heard(epj) == [State.HANDLED]


def test_at_last_a_person_must_look(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handling, "act_on", fails_with(ZeroDivisionError()))
    write(epj, "Den første")

    for tries in range(1, MOST_TRIES):
        later(epj, minutes=20 * tries)

    assert heard(epj) == [State.PARKED]
