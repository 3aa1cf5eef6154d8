"""The store says that a message is kept when it is on the disk, and says no when it is not."""

import asyncio
import sqlite3
import stat
import weakref
from collections.abc import Callable
from pathlib import Path

from dialog.broker.store import Kept, Store
from tests.apart import apart


def kept(number: int, queue: str = "1_async") -> Kept:
    return Kept(number, queue, durable=True, priority=4, failures=0, expires=None)


def in_store(path: Path, do: Callable[[Store], None]) -> None:
    async def doing() -> None:
        store = Store(path, asyncio.get_running_loop())
        do(store)
        store.close()
        await asyncio.sleep(0)  # it has written all, and now those who wait hear of it

    apart(lambda: asyncio.run(doing()))


def test_it_survives_with_everything_about_it(tmp_path: Path) -> None:
    said: list[bool] = []
    path = tmp_path / "queues"

    def first(store: Store) -> None:
        store.put(kept(1), b"one", said.append)
        store.put(kept(2), b"two", said.append)
        store.fail(2, 3)
        store.remove(1)

    in_store(path, first)
    rows: list[Kept] = []
    contents: list[bytes | None] = []

    def again(store: Store) -> None:
        rows.extend(store.everything())
        contents.extend([store.content(1), store.content(2)])

    in_store(path, again)
    assert said == [True, True]
    assert rows == [kept(2)._replace(failures=3)]
    assert contents == [None, b"two"]


def test_what_could_not_be_written_is_not_said_to_be_kept(tmp_path: Path) -> None:
    said: list[bool] = []
    path = tmp_path / "queues"

    def twice(store: Store) -> None:
        store.put(kept(1), b"one", said.append)
        store.put(kept(1), b"another with the same number", said.append)

    in_store(path, twice)

    assert False in said
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT content FROM message").fetchall()
    database.close()
    assert len(rows) == said.count(True)


class Told:
    """Somebody who waits to hear, and may hold something of proton's."""

    def __init__(self, heard: asyncio.Event) -> None:
        self._heard = heard

    def __call__(self, _kept: bool) -> None:
        self._heard.set()


def test_whoever_has_been_told_is_held_by_no_other_thread(tmp_path: Path) -> None:
    async def told() -> object:
        store = Store(tmp_path / "queues", asyncio.get_running_loop())
        heard = asyncio.Event()
        waits = Told(heard)
        still_there = weakref.ref(waits)
        store.put(kept(1), b"one", waits)
        del waits
        await heard.wait()
        await asyncio.sleep(0)
        found = still_there()
        store.close()
        return found

    assert apart(lambda: asyncio.run(told())) is None


def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    modes: set[int] = set()

    def look(store: Store) -> None:
        store.put(kept(1), b"one", lambda _kept: None)
        modes.update(stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir())

    in_store(tmp_path / "queues", look)

    assert modes == {0o600}


def test_every_commit_reaches_the_disk(tmp_path: Path) -> None:
    modes: list[tuple[object, object]] = []

    def look(store: Store) -> None:
        connection = store._open()
        modes.append(
            (
                connection.execute("PRAGMA journal_mode").fetchone()[0],
                connection.execute("PRAGMA synchronous").fetchone()[0],
            )
        )
        connection.close()

    in_store(tmp_path / "queues", look)

    assert modes == [("wal", 2)]
