"""Letting an office work in its own record system, from the command line."""

from argparse import ArgumentParser
from collections.abc import Callable

import pytest

from dialog import rows
from dialog.cli import record_system
from dialog.cli.surroundings import Refusal
from dialog.demo.cast import Cast
from dialog.interop import queries
from dialog.people import queries as people
from dialog.people.policy import Channel
from tests.elsewhere import AsRole

Say = Callable[..., int]
CONNECT = ["connect", "--office", "Storgata legesenter", "--her-id", "8000010"]


@pytest.fixture
def say(cast: Cast, as_role: AsRole) -> Say:
    """Says it as the operator."""

    def said(*words: str) -> int:
        parser = ArgumentParser()
        record_system.arguments(parser)
        with as_role("dialog_owner"):
            return record_system.run(parser.parse_args(words))

    return said


def channel(cast: Cast) -> str:
    with rows.seeing(practice=cast.lund.practice_id):
        return people.office_by_id(cast.lund.practice).channel


def test_an_office_and_its_doctor_are_reached_there(
    cast: Cast, say: Say, as_role: AsRole, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(*CONNECT, "--practitioner", "Ingrid Lund=8000011") == 0
    assert channel(cast) == Channel.MESSAGES

    say("list")

    assert capsys.readouterr().out.splitlines()[-2:] == [
        "8000011\tStorgata legesenter\tIngrid Lund",
        "8000010\tStorgata legesenter\tthe office",
    ]


def test_it_works_here_again(cast: Cast, say: Say, as_role: AsRole) -> None:
    say(*CONNECT)

    assert say("disconnect", "--office", "storgata legesenter") == 0

    assert channel(cast) == Channel.WORKSPACE
    with as_role("dialog_relay"), rows.seeing(scope="relay"):
        assert queries.reached_at(8000010) is not None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["connect", "--office", "Havna", "--her-id", "1"], "We know: Fjordgløtt legekontor"),
        ([*CONNECT, "--practitioner", "Ingrid Lund"], "write the name, =, and the number"),
        ([*CONNECT, "--practitioner", "Tor Berg=5"], "no practitioner called 'Tor Berg'"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_changed(
    cast: Cast, say: Say, words: list[str], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        say(*words)

    assert channel(cast) == Channel.WORKSPACE


def test_a_number_that_is_somebody_elses(cast: Cast, say: Say) -> None:
    say(*CONNECT)

    with pytest.raises(Refusal, match="8000010 is somebody else's"):
        say("connect", "--office", "Fjordgløtt legekontor", "--her-id", "8000010")
