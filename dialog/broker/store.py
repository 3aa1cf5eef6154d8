"""Where messages lie: a SQLite database of the broker's own, one writer, many writes a commit.

A write is told as done when the commit has reached the disk (WAL, synchronous=FULL). Who is told
stays in the event loop's thread, and the writer has a number for them: what they hold of proton's
must be let go of in the thread that uses it, for proton would meet itself there.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

log = logging.getLogger(__name__)
MOST_AT_ONCE = 500
SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    durable INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    expires REAL,
    content BLOB NOT NULL
)
"""
PUT = "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)"
REMOVE = "DELETE FROM message WHERE id = ?"
FAIL = "UPDATE message SET failures = ? WHERE id = ?"
MOVE = "UPDATE message SET queue = ?, failures = ?, expires = NULL WHERE id = ?"

Done = Callable[[bool], None]
Values = tuple[str | int | float | bytes | None, ...]


class Kept(NamedTuple):
    """A message's row without its content; ``expires`` in seconds since 1970, or never."""

    id: int
    queue: str
    durable: bool
    priority: int
    failures: int
    expires: float | None


class _Write(NamedTuple):
    statement: str
    values: Values
    told: int | None


class Store:
    """The database; asked from the event loop's thread only."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._path, self._loop = path, loop
        path.touch(mode=0o600)  # so are the files SQLite lays beside it
        self._reader = self._open()
        self._reader.execute(SCHEMA)
        self._writes: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._numbers, self._waiting = count(), dict[int, Done]()
        self._writer = threading.Thread(target=self._write_on, name="store", daemon=True)
        self._writer.start()

    def everything(self) -> Iterator[Kept]:
        """All that lies here, oldest first."""
        asked = "SELECT id, queue, durable, priority, failures, expires FROM message ORDER BY id"
        for row in self._reader.execute(asked):
            yield Kept(row[0], row[1], bool(row[2]), row[3], row[4], row[5])

    def content(self, message: int) -> bytes | None:
        """A message's content, as it came."""
        asked = "SELECT content FROM message WHERE id = ?"
        row = self._reader.execute(asked, (message,)).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, kept: Kept, content: bytes, done: Done) -> None:
        """Keep a message; ``done`` hears whether it is on the disk."""
        self._writes.put(_Write(PUT, (*kept, content), self._number(done)))

    def remove(self, message: int, done: Done | None = None) -> None:
        """Forget a message."""
        self._writes.put(_Write(REMOVE, (message,), self._number(done)))

    def fail(self, message: int, failures: int) -> None:
        """Remember how often its delivery has failed."""
        self._writes.put(_Write(FAIL, (failures, message), None))

    def move(self, message: int, to: str, failures: int, done: Done | None = None) -> None:
        """Lay it in another queue, for ever."""
        self._writes.put(_Write(MOVE, (to, failures, message), self._number(done)))

    def close(self) -> None:
        """Write what is left, and close."""
        self._writes.put(None)
        self._writer.join()
        self._reader.close()

    def _number(self, done: Done | None) -> int | None:
        if done is None:
            return None
        number = next(self._numbers)
        self._waiting[number] = done
        return number

    def _tell(self, numbers: list[int], kept: bool) -> None:
        for number in numbers:
            self._waiting.pop(number)(kept)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA busy_timeout = 5000")
        return connection

    def _write_on(self) -> None:
        connection = self._open()
        more = True
        while more:
            batch: list[_Write] = []
            more = self._gather(batch)
            if batch:
                kept = _committed(connection, batch)
                told = [write.told for write in batch if write.told is not None]
                if told and not self._loop.is_closed():
                    self._loop.call_soon_threadsafe(self._tell, told, kept)
        connection.close()

    def _gather(self, batch: list[_Write]) -> bool:
        """What waits to be written; False when there will be no more."""
        write = self._writes.get()
        while write is not None:
            batch.append(write)
            if len(batch) == MOST_AT_ONCE:
                return True
            try:
                write = self._writes.get_nowait()
            except queue.Empty:
                return True
        return False


def _committed(connection: sqlite3.Connection, batch: list[_Write]) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
        for write in batch:
            connection.execute(write.statement, write.values)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        log.error("the store does not take messages: %s", error.sqlite_errorname)
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return False
    return True
