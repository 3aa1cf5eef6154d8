"""Making the key that seals, and giving a demonstration its own."""

import os
from argparse import ArgumentParser
from pathlib import Path

import pytest

from dialog import ports
from dialog.cli import readiness, seal_key
from dialog.cli.surroundings import Refusal


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("SEAL_KEY_FILE", str(tmp_path / "key.pem"))
    return tmp_path / "key.pem"


def do(what: str) -> int:
    parser = ArgumentParser()
    seal_key.arguments(parser)
    return seal_key.run(parser.parse_args([what]))


class TestSealKey:
    def test_it_is_made_once(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert do("make") == 0
        before = path.read_bytes()

        with pytest.raises(Refusal, match="Nothing was changed"):
            do("make")
        assert path.read_bytes() == before
        assert "Keep a copy of it elsewhere" in capsys.readouterr().out

    def test_it_is_renewed(self, path: Path) -> None:
        do("make")
        before = path.read_bytes()

        do("renew")

        assert path.read_bytes() != before

    def test_its_public_half_is_printed(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        do("make")
        capsys.readouterr()

        do("public")

        said = capsys.readouterr().out
        assert "PUBLIC KEY" in said
        assert "PRIVATE" not in said

    @pytest.mark.parametrize("what", ["renew", "public"])
    def test_what_is_not_there_is_a_sentence(self, path: Path, what: str) -> None:
        with pytest.raises(Refusal, match="cannot be used: No such file"):
            do(what)

    def test_a_file_with_no_key_is_a_sentence(self, path: Path) -> None:
        path.write_text("nothing")

        with pytest.raises(Refusal, match="no key in it"):
            do("renew")

    def test_it_has_to_be_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SEAL_KEY_FILE", raising=False)

        with pytest.raises(Refusal, match="Set SEAL_KEY_FILE"):
            do("make")


class TestReadyToSeal:
    @pytest.fixture(autouse=True)
    def asked_anew(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object) -> None:
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        settings.SEAL_KEY_FILE = str(tmp_path / "seal-key.pem")  # type: ignore[attr-defined]
        settings.SEAL_HEADS_FILE = str(tmp_path / "seal-heads")  # type: ignore[attr-defined]
        monkeypatch.setenv("SEAL_KEY_FILE", "")
        monkeypatch.setenv("SEAL_HEADS_FILE", "")
        monkeypatch.setattr("dialog.ledger.ports.port", ports.port.__wrapped__)

    def test_a_demonstration_gets_its_key_once(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DIALOG_DEMONSTRATION", "1")
        readiness.ready_to_seal()
        assert os.environ["SEAL_HEADS_FILE"] == str(tmp_path / "seal-heads")
        before = (tmp_path / "seal-key.pem").read_bytes()

        readiness.ready_to_seal()

        assert (tmp_path / "seal-key.pem").read_bytes() == before

    def test_elsewhere_none_is_made_and_it_is_said_what_to_do(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DIALOG_DEMONSTRATION", "0")

        with pytest.raises(Refusal, match="digital-dialog seal-key make"):
            readiness.ready_to_seal()
        assert not (tmp_path / "seal-key.pem").exists()
        assert os.environ["SEAL_KEY_FILE"] == ""

    def test_a_place_of_ones_own_is_left_to_whoever_chose_it(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DIALOG_DEMONSTRATION", "1")
        monkeypatch.setenv("SEAL_KEY_FILE", str(tmp_path / "own.pem"))

        with pytest.raises(Refusal, match="cannot be read"):
            readiness.ready_to_seal()
        assert not (tmp_path / "own.pem").exists()
