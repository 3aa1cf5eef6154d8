"""The record system's own database: one SQLite file, in which nothing is half done."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "epj.sqlite3"
PATIENCE = 30.0  # seconds to wait for another who writes
SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    state TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    at REAL NOT NULL,
    bus_id TEXT NOT NULL DEFAULT '',
    function TEXT NOT NULL,
    sender INTEGER NOT NULL,
    receiver INTEGER NOT NULL,
    agreement TEXT NOT NULL DEFAULT '',
    wire BLOB NOT NULL DEFAULT x'',
    content BLOB NOT NULL DEFAULT x'',
    digest BLOB NOT NULL DEFAULT x'',
    message_id TEXT NOT NULL DEFAULT '',
    conversation TEXT NOT NULL DEFAULT '',
    sent TEXT NOT NULL DEFAULT '',
    patient TEXT NOT NULL DEFAULT '',
    process TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    wants_receipt INTEGER NOT NULL DEFAULT 0,
    awaits INTEGER NOT NULL DEFAULT 0,
    answers INTEGER REFERENCES messages (n),
    tries INTEGER NOT NULL DEFAULT 0,
    due REAL
);
CREATE INDEX IF NOT EXISTS messages_known ON messages (direction, sender, message_id);
CREATE INDEX IF NOT EXISTS messages_due ON messages (state, due);
CREATE INDEX IF NOT EXISTS messages_conversation ON messages (conversation);
CREATE INDEX IF NOT EXISTS messages_answers ON messages (answers);
CREATE TABLE IF NOT EXISTS sendings (
    bus_id TEXT PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (n)
);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    bus_id TEXT NOT NULL UNIQUE,
    sender INTEGER NOT NULL,
    condition TEXT NOT NULL,
    description TEXT NOT NULL,
    message INTEGER REFERENCES messages (n)
);
CREATE TABLE IF NOT EXISTS patients (
    number TEXT PRIMARY KEY,
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    listed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS slots (
    uid TEXT PRIMARY KEY,
    her_id INTEGER NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    is_open INTEGER NOT NULL DEFAULT 1,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IF NOT EXISTS slots_time ON slots (starts);
CREATE TABLE IF NOT EXISTS appointments (
    uid TEXT PRIMARY KEY,
    asked TEXT NOT NULL DEFAULT '',
    her_id INTEGER NOT NULL,
    patient TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('booked', 'pending', 'cancelled')),
    version INTEGER NOT NULL DEFAULT 1,
    conversation TEXT NOT NULL DEFAULT '',
    message INTEGER REFERENCES messages (n),
    told TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS appointments_time ON appointments (her_id, starts);
CREATE TABLE IF NOT EXISTS called_off (conversation TEXT PRIMARY KEY, sent TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (n),
    due REAL NOT NULL,
    deed TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS uses (rule TEXT PRIMARY KEY, times INTEGER NOT NULL);
"""


class Store:
    """A connection for each thread; ``change`` is all or nothing, and one at a time.

    ``lasting`` is how SQLite writes what must outlive the machine.
    """

    def __init__(self, folder: Path, *, lasting: str = "FULL") -> None:
        self.folder, self._lasting = folder, lasting
        self._path = folder / FILE
        self._here = threading.local()
        self._made: list[sqlite3.Connection] = []
        self.connection.executescript(SCHEMA)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's own."""
        found: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if found is None:
            found = sqlite3.connect(
                self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            found.row_factory = sqlite3.Row
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA foreign_keys = ON")
            self._here.connection = found
            self._made.append(found)
        return found

    @contextmanager
    def change(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Everything inside is kept, or nothing; inside another it is part of that.

        What is not ``lasting`` outlives us, and perhaps not the machine: then it is done again.
        """
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute(f"PRAGMA synchronous = {self._lasting if lasting else 'NORMAL'}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file; no thread uses it any more."""
        for one in self._made:
            one.close()
        self._made.clear()
        self._here = threading.local()
