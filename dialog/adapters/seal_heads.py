"""The heads of all batches in a file: a line each, only ever added to.

A line is the batch's number, its time in seconds since 1970, its head, the name of the key and the
signature. What a crash left of a last line is not a line, and is written over.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.lasting import flush, flush_folder
from dialog.ledger.ports import HeadsAbsent, NotAHead, SealFault
from dialog.ledger.seals import Head

LONGEST = 1024  # bytes of a line; ours are shorter
UNNAMED = (
    "Set SEAL_HEADS_FILE: where the head of each sealed batch is written, in a file that whoever "
    "can write in the database cannot write in (docs/running.md)."
)


class HeadFile:
    """Writes behind the last whole line, and waits for the disk."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None and not settings.SEAL_HEADS_FILE:
            raise ImproperlyConfigured(UNNAMED)
        self.path = path or Path(settings.SEAL_HEADS_FILE)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the only one on this machine who writes here; false when another is."""
        with self._lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def begin(self) -> None:
        """Make the file, empty; where there is one already, leave it."""
        with self._told():
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
            flush_folder(self.path.parent)

    def last(self) -> Head | None:
        """The head in the last whole line."""
        with self._open("rb") as file:
            end = _end_of_lines(file)
            file.seek(max(0, end - LONGEST))
            lines = file.read(end - file.tell()).splitlines()
        if not lines:
            return None
        head = parsed(lines[-1])
        if head is None:
            raise SealFault(f"The last line of {self.path} is not one of ours. Put the copy back.")
        return head

    def append(self, heads: Iterable[Head]) -> None:
        """Write these down, and come back when they are on the disk."""
        with self._open("r+b") as file, self._told():
            end = _end_of_lines(file)
            file.truncate(end)
            file.seek(end)
            file.write(b"".join(map(written, heads)))
            file.flush()
            flush(file.fileno())

    def read(self) -> Iterator[Head | NotAHead]:
        """All that is there now, one at a time; what is added meanwhile is not."""
        with self._open("rb") as file:
            end = _end_of_lines(file)
            file.seek(0)
            number = 0
            while file.tell() < end:
                number += 1
                line = file.readline(LONGEST)
                yield parsed(line) or NotAHead(number)

    def _lock(self) -> IO[bytes]:
        with self._told():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self.path.with_name(f"{self.path.name}.lock")
            return os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT, 0o600), "rb")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A disk that is full or shut is a sentence for whoever reads the log."""
        try:
            yield
        except OSError as error:
            raise SealFault(f"{self.path} cannot be written: {error.strerror}.") from error

    def _open(self, how: str) -> IO[bytes]:
        try:
            return self.path.open(how)
        except FileNotFoundError as error:
            raise HeadsAbsent(
                f"SEAL_HEADS_FILE names {self.path}, which is not there although batches are "
                "sealed. Put the copy back; on a machine that joins others, copy theirs."
            ) from error
        except OSError as error:
            raise SealFault(f"{self.path} cannot be opened: {error.strerror}.") from error


def _end_of_lines(file: IO[bytes]) -> int:
    """Where the last whole line ends."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        begin = max(0, end - LONGEST)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def written(head: Head) -> bytes:
    """A head as a line."""
    words = (str(head.number), head.sealed_at, head.head.hex(), head.key, head.signature.hex())
    return " ".join(words).encode() + b"\n"


def parsed(line: bytes) -> Head | None:
    """A line as a head, if it is one: only what we would have written ourselves is."""
    try:
        number, sealed_at, head, key, signature = line.decode("ascii").split()
        found = Head(
            number=int(number),
            sealed_at=sealed_at,
            head=bytes.fromhex(head),
            key=key,
            signature=bytes.fromhex(signature),
        )
    except ValueError:
        return None
    return found if written(found).strip() == line.strip() else None
