"""What is handed out of a ledger, as several tests order it and look into it."""

import hashlib
import json
import re
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialog.cli import ledger_verify_export

Run = Callable[..., tuple[int, str]]
WHY = ("--ordered-by", "datatilsynet", "--purpose", "misuse", "--case", "26/01234-5")


def asked_of(*words: str) -> Any:
    parser = ArgumentParser()
    ledger_verify_export.arguments(parser)
    return parser.parse_args(words)


def verified(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    code = ledger_verify_export.run(asked_of(str(root), *words))
    return code, capsys.readouterr().out.splitlines()


def lines(root: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (root / "lines.ndjson").read_text().splitlines()]


def rewrite(root: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the lines, and the list of checksums with them: as whoever has the folder can."""
    found = lines(root)
    change(found)
    data = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found).encode()
    (root / "lines.ndjson").write_bytes(data)
    digest = sha(data)
    sums = (root / "SHA256SUMS").read_text()
    new = re.sub(r"\w{64}  lines\.ndjson", f"{digest}  lines.ndjson", sums)
    (root / "SHA256SUMS").write_text(new)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
