"""Checks what was handed out, with the folder and the keys alone: no database, no settings.

A line that is not what was sealed is named, and so is one that is gone, a file that was changed and
a batch that is not ours. Nothing in the folder is believed that a key has not signed: the list of
its files has a checksum, and that checksum is in a line of the ledger that was sealed afterwards
(the receipt).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from dialog.ledger.ports import SealKeys
from dialog.ledger.proofs import (
    genuine,
    line_from,
    proof_from,
    proves,
    seal_from,
)
from dialog.ledger.seals import Line, Seal, moment_of

LIST, LINES, SEALS = "SHA256SUMS", "lines.ndjson", "seals.ndjson"
RECEIPT, KEYS, ORDER = "receipt.json", "keys.pem", "order.json"
FORMAT, VERSION = "digital-dialog ledger export", 1
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


class Check:
    """One look through a folder; ``faults`` first, then the figures are right."""

    def __init__(self, root: Path, keys: SealKeys) -> None:
        self._root, self._keys = root, keys
        self._seals: dict[int, Seal] = {}
        self.lines = self.waiting = 0
        self.digest = ""

    def faults(self) -> Iterator[str]:
        """Everything that is wrong, in sentences."""
        yield from self._files()
        yield from self._batches()
        yield from self._lines()
        yield from self._receipt()

    def _files(self) -> Iterator[str]:
        listed = self._root / LIST
        if not listed.is_file():
            yield f"{LIST} is missing: which files there were cannot be known."
            return
        self.digest = _digest(listed)
        names = set()
        for row in listed.read_text(encoding="utf-8", errors="replace").splitlines():
            digest, _spaces, name = row.partition("  ")
            names.add(name)
            path = self._root / name
            if not path.is_file():
                yield f"{name}: missing. It was removed."
            elif _digest(path) != digest:
                yield f"{name}: not the file that was handed out. It was changed."
        there = {str(one.relative_to(self._root)) for one in self._root.rglob("*") if one.is_file()}
        for name in sorted(there - names - {LIST, RECEIPT}):
            yield f"{name}: not among what was handed out. It was put in."

    def _batches(self) -> Iterator[str]:
        for number, said in self._rows(SEALS):
            try:
                seal = seal_from(said)
                good = genuine(seal, self._keys)
            except UNREADABLE:
                yield f"Row {number} of {SEALS}: no seal that can be read. It was changed."
                continue
            if good and seal.number not in self._seals:
                self._seals[seal.number] = seal
            elif not good:
                yield f"Batch {seal.number}: not signed by a key of ours. Forged, or changed."

    def _lines(self) -> Iterator[str]:
        before = 0
        for number, said in self._rows(LINES):
            self.lines += 1
            try:
                line = line_from(said["sealed"])
                fault = self._line(line, said)
                in_order = line.id > before
                before = line.id
            except UNREADABLE:
                yield f"Row {number} of {LINES}: no line that can be read. It was changed."
                continue
            if fault:
                yield f"Entry {line.id} (row {number} of {LINES}): {fault}"
            if not in_order:
                yield f"Entry {line.id} (row {number} of {LINES}): out of order, or there twice."

    def _line(self, line: Line, said: Any) -> str:
        if not _same(line, said):
            return "what is to be read is not what was sealed. It was changed."
        if said["proof"] is None:
            self.waiting += 1
            return ""
        proof = proof_from(said["proof"])
        seal = self._seals.get(proof.batch)
        if seal is None:
            return f"nothing can be said, for there is no seal of ours of batch {proof.batch}."
        return "" if proves(proof, line, seal) else "not what was sealed. It was changed."

    def _receipt(self) -> Iterator[str]:
        if not (self._root / RECEIPT).is_file():
            yield (
                f"{RECEIPT} is missing: that nothing was taken out or changed in what is not "
                "sealed line by line cannot be known."
            )
            return
        try:
            said = json.loads((self._root / RECEIPT).read_text(encoding="utf-8"))
            seal, line = seal_from(said["seal"]), line_from(said["sealed"])
            proved = genuine(seal, self._keys) and proves(proof_from(said["proof"]), line, seal)
            details = json.loads(line.details)
        except UNREADABLE:
            yield f"{RECEIPT}: no receipt that can be read. It was changed."
            return
        if not proved or line.kind != "LogHandedOut":
            yield f"{RECEIPT}: not what was sealed. It was changed."
        elif details["digest"] != self.digest:
            yield f"{LIST}: not the list that was written down when it was handed out. Changed."
        elif details["lines"] != self.lines:
            yield f"{details['lines']} lines were handed out, and {self.lines} are here."

    def _rows(self, name: str) -> Iterator[tuple[int, Any]]:
        path = self._root / name
        if not path.is_file():
            return
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, row in enumerate(file, 1):
                try:
                    yield number, json.loads(row)
                except ValueError:
                    yield number, None


def _same(line: Line, said: Any) -> bool:
    """Whether what is easy to read says what was sealed."""
    return bool(
        said["entry"] == line.id
        and datetime.fromisoformat(said["at"]) == moment_of(line.at)
        and said["kind"] == line.kind
        and said["role"] == line.role
        and said["conversation"] == line.conversation_id
        and said["details"] == json.loads(line.details)
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
