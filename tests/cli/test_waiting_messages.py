"""What the operator sees of messages that are not where they should be, and trying one again."""

import codecs
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.cli import record_system
from dialog.cli.surroundings import Refusal
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.errors import NotAllowed
from dialog.interop import actions, chores, handling
from dialog.interop.building import Content, answering, compose
from dialog.interop.codes import tables
from dialog.interop.names import Process
from dialog.interop.policy import MOST_TRIES
from dialog.interop.processes import Side, function
from dialog.interop.queries import what_waits
from dialog.interop.writing import write
from tests.interop.conftest import bus, connect, epj  # noqa: F401 - fixtures
from tests.interop.hearing import heard
from tests.interop.record_system import RecordSystem

Say = Callable[..., str]
WORDS = "Klokka åtte."


@pytest.fixture
def say(epj: RecordSystem, capsys: pytest.CaptureFixture[str]) -> Say:  # noqa: F811
    """Says it as the operator; what is printed."""

    def said(*words: str) -> str:
        parser = ArgumentParser()
        record_system.arguments(parser)
        with epj.as_role("dialog_owner"):
            assert record_system.run(parser.parse_args(words)) == 0
        return capsys.readouterr().out

    return said


def parked(
    cast: Cast,
    epj: RecordSystem,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """An answer that met a fault of ours until it was laid aside, and then the fault was mended;
    its id.
    """
    enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    real = handling.act_on
    monkeypatch.setattr(handling, "act_on", lambda _heard: 1 / 0)
    epj.answer(heard(epj).header, Process.ENQUIRY, "Svar", Content(text=WORDS))
    for number in range(1, MOST_TRIES + 1):
        later(epj, number * 11)
    monkeypatch.setattr(handling, "act_on", real)
    with epj.as_role("dialog_owner"), rows.seeing(scope="setup"):
        return next(str(one.uuid) for one in what_waits() if one.came)


def later(epj: RecordSystem, minutes: int) -> None:  # noqa: F811
    with (
        epj.as_role("dialog_relay"),
        time_machine.travel(timezone.now() + timedelta(minutes=minutes)),
    ):
        chores.handle_what_was_kept()


def test_nothing_waits(cast: Cast, say: Say) -> None:
    assert say("waiting") == "Every message is where it should be.\n"


def test_each_line_says_who_what_and_why_and_no_word_of_it(
    cast: Cast,
    epj: RecordSystem,  # noqa: F811
    say: Say,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = parked(cast, epj, monkeypatch)
    epj.deliver(b"bytes", "DIALOG_INNBYGGER_EKONTAKT")
    enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    epj.receives(heard(epj).header, "E35")

    lines = [line.split("\t")[1:] for line in say("waiting", "--refused").splitlines()]

    assert lines[0][:3] == ["from 8000011", "Storgata legesenter", "DIALOG_INNBYGGER_EKONTAKT"]
    assert lines[0][3:] == [
        "laid aside after 10 tries, ZeroDivisionError: a fault of ours (ZeroDivisionError)",
        message,
    ]
    assert [line[3] for line in lines[1:]] == [
        "refused, transport:unsupported-message: the message or its encryption is not supported",
        "not taken there, E35: the patient is not on a list of this office today",
    ]
    assert lines[2][0] == "to 8000011"
    assert len(say("waiting").splitlines()) == 2


def test_one_that_was_laid_aside_is_handled_again(
    cast: Cast,
    epj: RecordSystem,  # noqa: F811
    say: Say,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = parked(cast, epj, monkeypatch)

    assert say("again", message).startswith("It is handled within a minute")
    later(epj, 0)

    assert say("waiting") == "Every message is where it should be.\n"
    (receipt,) = epj.heard()
    assert receipt.taken


def test_one_that_was_handled_is_not(
    cast: Cast,
    epj: RecordSystem,  # noqa: F811
    say: Say,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = parked(cast, epj, monkeypatch)
    say("again", message)
    later(epj, 0)

    with pytest.raises(Refusal, match="No message with that id is laid aside or waits"):
        say("again", message)


def test_an_office_cannot(cast: Cast, epj: RecordSystem) -> None:  # noqa: F811
    with pytest.raises(NotAllowed):
        actions.try_again(by=cast.lund, transmission_id=cast.lund.account_uuid)


def test_what_a_record_system_gets_wrong_is_counted_once_for_each_message(
    cast: Cast,
    epj: RecordSystem,  # noqa: F811
    say: Say,
) -> None:
    assert say("tolerated") == "Every message was as it should be.\n"
    enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    asked = heard(epj).header
    what = function(tables(), Process.ENQUIRY, Side.PRACTICE, "Svar")
    for marks in (codecs.BOM_UTF8, codecs.BOM_UTF8, b""):
        heading = answering(asked, id=str(uuid4()), sent=timezone.now())
        message = compose(what, heading, Content(text=WORDS), tables())
        for _time in range(2):
            epj.send(marks + write(message), message.header.type.value)

    (line,) = say("tolerated").splitlines()

    office = ["8000011", "Storgata legesenter", "byte-order-mark", "2"]
    assert line.split("\t")[:4] == office
