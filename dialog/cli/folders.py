"""Folders that are handed to somebody: each file written once, and a list of checksums that
``sha256sum -c`` reads.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from dialog.cli.surroundings import Refusal

LIST, UNFINISHED = "SHA256SUMS", "SHA256SUMS.unfinished"


class Folder:
    """A folder that is written once, and the checksum of every file in it."""

    def __init__(self, root: Path) -> None:
        if root.exists() and any(root.iterdir()):
            raise Refusal(f"{root} is not empty: name a folder that is, or is not there yet.")
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root, self._sums = root, hashlib.sha256()
        self._list = (root / UNFINISHED).open("x", encoding="utf-8")
        (root / UNFINISHED).chmod(0o600)

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """One file, piece by piece."""
        path, digest = self.root / name, hashlib.sha256()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("xb") as file:
            path.chmod(0o600)
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        line = f"{digest.hexdigest()}  {name}\n"
        self._sums.update(line.encode())
        self._list.write(line)

    def close(self) -> str:
        """The checksum of the list itself, when everything is there."""
        self._list.close()
        (self.root / UNFINISHED).rename(self.root / LIST)
        return self._sums.hexdigest()


def faults(listed: Path) -> list[str]:
    """The files that are not as the list says, or not there."""
    wrong = []
    for line in listed.read_text(encoding="utf-8").splitlines():
        digest, _spaces, name = line.partition("  ")
        path = listed.parent / name
        if not path.is_file() or digest_of(path) != digest:
            wrong.append(name)
    return wrong


def digest_of(path: Path) -> str:
    """The checksum of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
