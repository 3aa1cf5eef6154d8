"""An office that begins with nothing: what is typed on the command line, and the doctor's list."""

import io
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date

import pytest

from dialog.adapters import database_roles as roles
from dialog.cli import office
from dialog.people.identity_number import synthetic
from tests.database import connected_to

DOCTOR = synthetic(date(1971, 2, 3))
SECRETARY = synthetic(date(1988, 6, 1))


def patients(many: int) -> list[str]:
    """Identity numbers of people nobody has met before."""
    return [synthetic(date(1950 + n, 1, 1)) for n in range(many)]


def csv(numbers: Iterable[str]) -> bytes:
    """Their list, as an office's own program writes it."""
    lines = [f"{one};Pasient{n};Havn;41234567;" for n, one in enumerate(numbers)]
    return "\n".join(["fødselsnummer;fornavn;etternavn;mobil;e-post", *lines]).encode("latin-1")


def start_office(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the machine makes the office on the command line."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{DOCTOR}\n"))
    parser = ArgumentParser()
    office.arguments(parser)
    said = ["--name", "Havna legekontor", "--phone", "22334455", "--doctor", "Eva Strand"]
    with connected_to(database, roles.OWNER):
        office.run(parser.parse_args(["create", *said]))


@pytest.fixture
def started(bare_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office has been made, in a database with nobody else in it."""
    start_office(bare_database, monkeypatch)
