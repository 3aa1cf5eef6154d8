"""A ledger that is sealed and verified, and somebody with all power over its database."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.db import connection

from dialog import rows
from dialog.adapters import database_roles as roles
from dialog.adapters import seal_keys
from dialog.adapters.seal_heads import HeadFile
from dialog.adapters.seal_keys import KeyFile
from dialog.ledger.faults import Fault, What
from dialog.ledger.sealer import Sealer
from dialog.ledger.stretches import Stretch
from dialog.ledger.verifying import Tail, Verification
from tests.database import SERVER, connected_to

WRITE = """
INSERT INTO ledger_entry (at, kind, role, practice_id, details)
SELECT now(), 'ConversationRead', 'staff', 7, jsonb_build_object('number', number)
FROM generate_series(1, %s) AS number RETURNING id
"""
Found = tuple[What, Stretch | None, Stretch | None]


@dataclass
class Ledger:
    """The ledger of an office with nobody in it; numbered from 1."""

    database: str
    folder: Path
    admin: "psycopg.Connection[tuple[object, ...]]"
    most: int = 4
    tail: Tail | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        seal_keys.make(self.folder / "key.pem")
        self.keys = KeyFile(self.folder / "key.pem")
        self.heads = HeadFile(self.folder / "heads")
        self.sealer = self.another()

    def another(self, heads: HeadFile | None = None) -> Sealer:
        """One more relay."""
        return Sealer(self.keys, heads or self.heads, most=self.most)

    def write(self, many: int = 1) -> list[int]:
        """Entries, committed."""
        return written(self.admin, many)

    @contextmanager
    def slowly(self) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
        """Somebody whose transaction takes its time."""
        with psycopg.connect(SERVER.url(database=self.database)) as slow:
            yield slow

    def seal(self, sealer: Sealer | None = None) -> list[int]:
        """Turn after turn until nothing is left; how many entries were in each batch."""
        with connected_to(self.database, roles.RELAY):
            return all_of(sealer or self.sealer)

    def batches(self, *sizes: int) -> None:
        """Batches of so many entries each."""
        with connected_to(self.database, roles.RELAY):
            for size in sizes:
                self.write(size)
                assert all_of(self.sealer) == [size]

    def verify(self, since: int = 1) -> list[Found]:
        """What is wrong; as the owner."""
        return [(one.what, one.batches, one.entries) for one in self.faults(since)]

    def faults(self, since: int = 1) -> list[Fault]:
        with connected_to(self.database, roles.OWNER), rows.seeing(scope="setup"):
            look = Verification(self.keys, self.heads, since=since)
            found = [*look.faults()]
            self.tail = look.tail()
        return found

    def tamper(self, statement: str, *values: object) -> None:
        """Do something that the triggers forbid, as somebody who can switch them off."""
        with self.admin.transaction():
            self.admin.execute("SET LOCAL session_replication_role = replica")
            self.admin.execute(statement.encode(), values)

    def ask(self, statement: str) -> Sequence[tuple[object, ...]]:
        """What the database says, row security aside."""
        return self.admin.execute(statement.encode()).fetchall()


def written(through: "psycopg.Connection[tuple[object, ...]]", many: int) -> list[int]:
    return [int(str(id)) for (id,) in through.execute(WRITE, [many]).fetchall()]


def all_of(sealer: Sealer) -> list[int]:
    found = []
    while sealed := sealer.turn():
        found.append(sealed)
    return found


def at_once(*tasks: object) -> None:
    """Do all of these at the same time; what one raises is raised here."""
    wrong: list[BaseException] = []
    gate = threading.Barrier(len(tasks))

    def do(task: object) -> None:
        try:
            gate.wait()
            task()  # type: ignore[operator]
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[task]) for task in tasks]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if wrong:
        raise wrong[0]
