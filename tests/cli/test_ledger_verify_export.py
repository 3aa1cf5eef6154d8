"""What was handed out of a ledger, verified by whoever has no database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialog.adapters import seal_keys
from dialog.cli import ledger_verify_export
from dialog.cli.surroundings import Refusal
from dialog.demo.cast import number
from tests.cli.handed import WHY, Run, asked_of, lines, rewrite, verified
from tests.ledger.sealed import Ledger


class TestVerifyExport:
    def test_all_is_well_without_the_database_and_with_keys_had_another_way(
        self, handed: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        keys = tmp_path / "had.pem"
        keys.write_text(seal_keys.public_half(handed.parent / "key.pem"))

        code, said = verified(handed, capsys, "--keys", str(keys))

        assert code == 0, said
        assert said[0] == f"{len(lines(handed))} lines."
        assert said[-1] == "Everything is as it was sealed."

    @pytest.mark.parametrize(
        "change",
        [
            lambda one: one["sealed"].__setitem__(2, "MessageSent"),
            lambda one: one["sealed"].__setitem__(8, '{"side": "patient"}'),
            lambda one: one.__setitem__("kind", "MessageSent"),
            lambda one: one.__setitem__("at", "2020-01-01T00:00:00+00:00"),
            lambda one: one["proof"].__setitem__("place", 0),
            lambda one: one["proof"]["beside"].pop(),
            lambda one: one["proof"]["beside"].append("00" * 32),
        ],
    )
    def test_a_line_that_was_changed_is_named(
        self,
        handed: Path,
        capsys: pytest.CaptureFixture[str],
        change: Callable[[dict[str, Any]], object],
    ) -> None:
        place = [one["kind"] for one in lines(handed)].index("ConversationRead")
        entry = lines(handed)[place]["entry"]
        rewrite(handed, lambda found: change(found[place]))

        code, said = verified(handed, capsys)

        assert code == 1
        assert said[0].startswith(f"Entry {entry} (row {place + 1} of lines.ndjson): ")
        assert said[0].endswith("It was changed.")
        assert said[1].startswith("SHA256SUMS: not the list that was written down")

    def test_a_line_that_was_taken_out_is_missed(
        self, handed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rewrite(handed, lambda found: found.pop(1))

        code, said = verified(handed, capsys)

        assert code == 1
        assert said[0].startswith("SHA256SUMS: not the list that was written down")

    def test_a_line_of_another_batch_or_from_nowhere_does_not_pass(
        self, handed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rewrite(handed, lambda found: found.append({**found[0], "entry": 7_000_000}))
        assert "what is to be read is not what was sealed" in verified(handed, capsys)[1][0]

        rewrite(handed, lambda found: found[-1].update(found[0]))
        assert "out of order, or there twice" in verified(handed, capsys)[1][0]

    @pytest.mark.parametrize("name", ["logg.csv", "seals.ndjson", "keys.pem", "receipt.json"])
    def test_a_file_that_was_changed_or_removed_is_named(
        self, handed: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        path = handed / name
        path.write_bytes(path.read_bytes().replace(b"a", b"b", 1) + b"\n")
        keys = () if name != "keys.pem" else ("--keys", str(handed.parent / "key.pem"))
        code, said = verified(handed, capsys, *keys)
        assert code == 1 and any(one.startswith(name) for one in said)

        if name != "keys.pem":
            path.unlink()
            code, said = verified(handed, capsys)
            assert code == 1 and any(one.startswith(name) for one in said)

    def test_a_folder_made_with_other_keys_is_not_believed(
        self, handed: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        seal_keys.make(tmp_path / "other.pem")

        code, said = verified(handed, capsys, "--keys", str(tmp_path / "other.pem"))

        assert code == 1
        assert "not signed by a key of ours" in said[0]

    def test_what_was_changed_in_the_database_before_is_named_too(
        self, run: Run, office: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ((entry,),) = office.ask(
            "SELECT max(id) FROM ledger_entry WHERE kind = 'ConversationRead' AND role = 'staff'"
        )
        office.tamper("UPDATE ledger_entry SET role = 'nurse' WHERE id = %s", entry)
        asked, folder = tmp_path / "number", tmp_path / "out"
        asked.write_text(number("kari"))
        run("export", "--patient", str(asked), *WHY, "--folder", str(folder))

        code, said = verified(folder, capsys)

        assert code == 1
        assert said[0].startswith(f"Entry {entry} (") and "not what was sealed" in said[0]

    @pytest.mark.parametrize("junk", [b"{}\n", b"[1]\n", b"nonsense\n", b"\xff\xfe\n"])
    def test_nonsense_is_a_sentence(
        self, handed: Path, capsys: pytest.CaptureFixture[str], junk: bytes
    ) -> None:
        for name in ("lines.ndjson", "seals.ndjson", "receipt.json"):
            (handed / name).write_bytes(junk)

        code, said = verified(handed, capsys)

        assert code == 1
        assert "Row 1 of lines.ndjson: no line that can be read. It was changed." in said

    def test_a_folder_without_keys_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Refusal, match="cannot be read"):
            ledger_verify_export.run(asked_of(str(tmp_path)))
