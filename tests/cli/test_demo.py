"""Making the office of real size from the command line."""

from argparse import ArgumentParser
from dataclasses import replace
from datetime import date

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters import database_roles as roles
from dialog.cli import demo
from dialog.cli.surroundings import Refusal
from dialog.demo.population.office import NAME
from dialog.people import actions as people
from dialog.people.identity_number import parse, synthetic
from dialog.people.queries import everybody_at_the_door
from tests.database import connected_to

DOCTOR = synthetic(date(1971, 2, 3))


@pytest.fixture
def make(bare_database, monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    def run(*words):
        parser = ArgumentParser()
        demo.arguments(parser)
        return demo.run(parser.parse_args(words))

    with connected_to(bare_database, roles.OWNER):
        yield run


def test_the_office_is_made_once_with_people_to_sign_in_as(make, capsys):
    first = make("--patients", "8", "--practitioners", "1")
    told = capsys.readouterr().out
    second = make("--patients", "8", "--practitioners", "1")

    assert (first, second) == (0, 0)
    assert "is ready" in told
    assert "8 patients" in told
    assert "is here already. Nothing was changed." in capsys.readouterr().out
    with rows.seeing(scope="door"):
        assert NAME in {one.works_at for one in everybody_at_the_door()}


def test_made_up_people_are_not_put_among_real_ones(make, monkeypatch):
    with rows.seeing(scope="setup"):
        people.register_account(by=PLATFORM, identity_number=DOCTOR, name="Eva Strand")
    monkeypatch.setattr(demo, "parse", lambda number: replace(parse(number), synthetic=False))

    with pytest.raises(Refusal, match="real people"):
        make("--patients", "8", "--practitioners", "1")


def test_an_office_needs_a_patient_for_each_practitioner(make):
    with pytest.raises(Refusal):
        make("--patients", "1", "--practitioners", "2")
