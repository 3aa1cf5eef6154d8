"""Many files as one ZIP that is sent while it is made: no more of it is here than a piece."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOR_ITS_OWNER = 0o600 << 16


class Member(NamedTuple):
    """A file in it, piece by piece; it is made when those before it have been sent."""

    name: str
    pieces: Iterable[bytes]


class _Written(RawIOBase):
    """Takes what is written, and lets go of it when it is asked for; nobody can go back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self._pieces.append(bytes(piece))  # type: ignore[call-overload]  # whatever has bytes
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def zipped(members: Iterable[Member], *, at: datetime) -> Iterator[bytes]:
    """The ZIP of these files, all as old as ``at`` (in the reader's own time)."""
    written = _Written()
    moment = at.year, at.month, at.day, at.hour, at.minute, at.second
    with ZipFile(written, "w") as archive:
        for name, pieces in members:
            about = ZipInfo(name, moment)
            about.compress_type, about.external_attr = ZIP_DEFLATED, FOR_ITS_OWNER
            with archive.open(about, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield written.taken()
            yield written.taken()
    yield written.taken()
