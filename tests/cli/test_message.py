"""``digital-dialog message``: what a vendor's engineer sees."""

import io
import json
from pathlib import Path

import pytest

from dialog.cli import main
from tests.interop.messages import changed, message


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    right, wrong = tmp_path / "rett.xml", tmp_path / "feil.xml"
    right.write_bytes(message())
    wrong.write_bytes(changed("1985-03-14", "14.03.1985"))
    return str(right), str(wrong)


def test_each_file_is_told_with_every_fault(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["message", "check", *files])

    said = capsys.readouterr().out.splitlines()
    assert code == 1
    assert "rett.xml: valid (DIALOG_INNBYGGER_EKONTAKT, Dialog_Innbygger_Ekontakt" in said[0]
    assert said[0].endswith(", Foresporsel, request)")
    assert "feil.xml: NOT VALID" in said[1]
    assert "DateOfBirth: It must be a date, as 2026-05-15." in said[2]
    assert len(said) == 3


def test_what_we_take_knowingly_is_not_valid_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.xml").write_bytes(changed("1985-03-14", "1985-3-14"))

    assert main(["message", "check", str(tmp_path / "m.xml")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert "NOT VALID" in said[0] and "We take it all the same" in said[2]
    assert "day-without-zeros" in said[2]


def test_programs_get_an_object_a_file(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["message", "check", "--json", *files])

    right, wrong = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (right["file"], right["valid"], right["errors"]) == (files[0], True, [])
    assert right["type"] == "DIALOG_INNBYGGER_EKONTAKT"
    assert not wrong["valid"] and wrong["tolerated"] == []
    assert wrong["errors"][0].keys() == {"line", "element", "rule"}


def test_what_is_right_is_no_error(files: tuple[str, str]) -> None:
    assert main(["message", "check", files[0]]) == 0


def test_it_reads_what_is_sent_to_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(message())))

    assert main(["message", "check", "-"]) == 0
    assert capsys.readouterr().out.startswith("-: valid")


def test_a_file_that_is_not_there_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["message", "check", "/er/ikke/her.xml"]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_folder_without_schemas_is_a_sentence(
    files: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DIALOG_SCHEMA_DIR", str(tmp_path))

    assert main(["message", "check", files[0]]) == 1
    assert "DIALOG_SCHEMA_DIR" in capsys.readouterr().err


class TestShow:
    def test_it_is_printed_as_a_person_reads_it(
        self, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["message", "show", files[0]]) == 0

        said = capsys.readouterr().out
        assert "Dialog med innbygger - eKontakt: Spørsmål fra pasienten" in said
        assert "Kan jeg få en attest?" in said

    def test_what_is_refused_is_told_with_its_code(
        self, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["message", "show", *files]) == 1

        said = capsys.readouterr().out
        assert "Kan jeg få en attest?" in said and "(T02)" in said
        assert "DateOfBirth: It must be a date, as 2026-05-15." in said

    def test_an_operators_words_are_used(
        self,
        files: tuple[str, str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        words = '[codes]\nDIALOG_INNBYGGER_EKONTAKT = { text = "Henvendelse" }\n'
        (tmp_path / "8279.toml").write_text(words)
        monkeypatch.setenv("DIALOG_CODES_DIR", str(tmp_path))

        assert main(["message", "show", files[0]]) == 0
        assert capsys.readouterr().out.startswith("Henvendelse: ")

    @pytest.mark.parametrize("text", ["[codes", "[codes]\nA = 1"])
    def test_codes_that_cannot_be_used_are_a_sentence(
        self,
        text: str,
        files: tuple[str, str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (tmp_path / "8279.toml").write_text(text)
        monkeypatch.setenv("DIALOG_CODES_DIR", str(tmp_path))

        assert main(["message", "show", files[0]]) == 1
        assert "8279.toml" in capsys.readouterr().err
