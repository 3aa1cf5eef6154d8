"""An office whose ledger is handed out."""

import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dialog.adapters import database_roles as roles
from dialog.cli import handed_out
from dialog.cli import ledger as command
from dialog.conversations import actions
from dialog.demo.cast import Cast, number
from tests.cli.handed import WHY, Run
from tests.database import SERVER, connected_to
from tests.ledger.sealed import Ledger
from tests.people.on_lists import enquiry

MADE: list[Path] = []


@pytest.fixture
def office(own_database: str, people_of_the_cast: Cast, tmp_path: Path) -> Iterator[Ledger]:
    """Dr Lund's and Dr Berg's, where Siri has read what Kari wrote; sealed."""
    with psycopg.connect(SERVER.url(database=own_database), autocommit=True) as admin:
        ledger = Ledger(own_database, tmp_path, admin, most=4096)
        cast = people_of_the_cast
        one = enquiry(cast.kari)
        actions.read(by=cast.siri, conversation_id=one.id)
        actions.reply(by=cast.siri, conversation_id=one.id, text="Klokka åtte.")
        ledger.seal()
        yield ledger


@pytest.fixture
def run(office: Ledger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``digital-dialog ledger`` as its owner, beside a relay that seals."""
    monkeypatch.setattr(handed_out, "keys_of", lambda: office.keys)
    monkeypatch.setattr(handed_out.time, "sleep", lambda _seconds: office.seal())

    def ran(*words: str) -> tuple[int, str]:
        parser = ArgumentParser()
        command.arguments(parser)
        with connected_to(office.database, roles.OWNER):
            code = command.run(parser.parse_args(list(words)))
        return code, capsys.readouterr().out

    return ran


@pytest.fixture
def about_kari(run: Run, tmp_path: Path) -> Path:
    """What was handed out about Kari."""
    asked = tmp_path / "number"
    asked.write_text(f"{number('kari')}\n")
    code, said = run("export", "--patient", str(asked), *WHY, "--folder", str(tmp_path / "out"))
    assert code == 0, said
    return tmp_path / "out"


@pytest.fixture
def handed(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A copy of what was once handed out about Kari, and of the keys: to do anything with."""
    if not MADE:
        about_kari = request.getfixturevalue("about_kari")
        MADE.append(tmp_path_factory.mktemp("handed"))
        shutil.copytree(about_kari, MADE[0] / "out")
        shutil.copy(about_kari.parent / "key.pem", MADE[0])
    return Path(shutil.copytree(MADE[0], tmp_path / "handed")) / "out"
