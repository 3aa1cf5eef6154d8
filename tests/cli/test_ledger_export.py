"""Lines of the ledger, handed out to an authority: what is in them, and that it is a fact."""

import csv
import json
import stat
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dialog.cli import handed_out
from dialog.cli import ledger as command
from dialog.cli.surroundings import Refusal
from dialog.demo.cast import number
from tests.cli.handed import WHY, Run, lines, sha, verified
from tests.ledger.sealed import Ledger


class TestAboutAPatient:
    def test_it_has_every_line_about_them_to_read_and_with_its_proof(self, handed: Path) -> None:

        found = lines(handed)

        looked = next(one for one in found if one["kind"] == "ConversationRead")
        assert (looked["who"], looked["what"]) == ("Siri Dahl", "Leste samtalen")
        assert looked["patient"].startswith("Kari Nordmann, født ")
        assert all(one["proof"] for one in found)
        with (handed / "logg.csv").open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file, delimiter=";"))
        assert [one["Linje i loggen"] for one in table] == [str(one["entry"]) for one in found]
        paper = PdfReader(BytesIO((handed / "logg-1.pdf").read_bytes())).pages[0]
        said = " ".join(paper.extract_text().split())
        assert "Til: Datatilsynet" in said and "Saksnummer: 26/01234-5" in said
        order = json.loads((handed / "order.json").read_text())
        assert (order["purpose"], order["about"]["patient"]["name"]) == ("misuse", "Kari Nordmann")

    def test_only_its_owner_reads_it_and_no_number_is_in_it(self, handed: Path) -> None:
        assert stat.S_IMODE(handed.stat().st_mode) == 0o700
        for path in handed.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
            assert number("kari").encode() not in path.read_bytes()
            assert "kari" not in path.name.lower()

    def test_that_it_was_handed_out_is_in_the_ledger(
        self, about_kari: Path, office: Ledger
    ) -> None:
        (row,) = office.ask(
            "SELECT details FROM ledger_entry WHERE kind = 'LogHandedOut' AND patient_id > 0"
        )
        details: Any = row[0]

        assert details["ordered_by"] == "datatilsynet" and details["ordered_for"] == "misuse"
        assert details["case_number"] == "26/01234-5"
        assert details["lines"] == len(lines(about_kari))
        assert details["digest"] == sha((about_kari / "SHA256SUMS").read_bytes())

    def test_from_a_day_to_a_day(self, run: Run, tmp_path: Path) -> None:
        asked = tmp_path / "number"
        asked.write_text(number("kari"))
        folder = tmp_path / "out"

        before = ("--from", "2020-01-01", "--to", "2020-02-01")
        run("export", "--patient", str(asked), *before, *WHY, "--folder", str(folder))

        assert lines(folder) == []

    def test_without_a_relay_the_receipt_is_fetched_later(
        self,
        run: Run,
        office: Ledger,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        asked, folder = tmp_path / "number", tmp_path / "out"
        asked.write_text(number("kari"))
        patience = handed_out.receipt.__kwdefaults__
        monkeypatch.setitem(patience, "patience", -1.0)

        code, said = run("export", "--patient", str(asked), *WHY, "--folder", str(folder))
        assert code == 1 and "does the relay run?" in said
        assert "receipt.json is missing" in verified(folder, capsys)[1][0]
        office.seal()

        assert run("receipt", str(folder))[0] == 0
        assert verified(folder, capsys)[0] == 0


class TestOfAnEmployee:
    def handed(self, run: Run, folder: Path, *more: str) -> list[dict[str, Any]]:
        days = ("--from", "2020-01-01", "--to", "2099-01-01")
        whose = ("--office", "Storgata legesenter", "--employee", "Siri Dahl")
        run("export", *whose, *days, *WHY, *more, "--folder", str(folder))
        return lines(folder)

    def test_it_has_what_they_did_there_and_nothing_of_others(
        self, run: Run, tmp_path: Path
    ) -> None:
        found = self.handed(run, tmp_path / "out")

        assert {one["who"] for one in found} == {"Siri Dahl"}
        assert {"ConversationRead", "MessageSent"} <= {one["kind"] for one in found}

    def test_what_they_did_as_a_patient_is_not_in_it(
        self, run: Run, office: Ledger, tmp_path: Path
    ) -> None:
        office.tamper(
            "INSERT INTO ledger_entry (at, kind, role, account_id, practice_id, details) SELECT "
            "now(), 'MessageSent', 'patient', account_id, practice_id, '{}' FROM ledger_entry "
            "WHERE kind = 'MessageSent' AND role = 'staff' LIMIT 1"
        )

        assert {one["role"] for one in self.handed(run, tmp_path / "out")} == {"staff"}

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--employee", "Siri Dahl", "--office", "Storgata legesenter"), "--from and --to"),
            (("--employee", "Siri Dahl"), "--office is missing"),
            (("--employee", "Siri Dahl", "--office", "Ingensteds"), "no office"),
            (("--employee", "Ingen", "--office", "Storgata legesenter"), "Nobody called"),
            (("--patient", "-", "--office", "Storgata legesenter"), "goes with --employee"),
            (("--patient", "/nowhere/at/all"), "cannot be read"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_written(
        self, run: Run, tmp_path: Path, words: tuple[str, ...], said: str
    ) -> None:
        days = () if "from" in said else ("--from", "2020-01-01", "--to", "2099-01-01")

        with pytest.raises(Refusal, match=said):
            run("export", *words, *days, *WHY, "--folder", str(tmp_path / "out"))

        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("case", ["", "Kari Nordmann", "01897012345", "x" * 31])
def test_a_case_has_a_number_and_no_name(case: str) -> None:
    parser = ArgumentParser()
    command.arguments(parser)

    with pytest.raises(SystemExit):
        parser.parse_args(["export", "--patient", "-", *WHY[:-1], case, "--folder", "out"])
