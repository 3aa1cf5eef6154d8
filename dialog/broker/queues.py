"""The queues: what waits in each, who takes from it, and what becomes of what was given out."""

import heapq
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from dialog.broker.header import Header, joined
from dialog.broker.store import Done, Kept, Store
from dialog.broker.users import DEAD_LETTERS

log = logging.getLogger(__name__)
MOST_FAILURES = 10


@dataclass(slots=True, eq=False)
class Entry:
    """A message in a queue; ``content`` is in memory only where nothing is stored (reply nodes)."""

    id: int
    queue: "Queue"
    durable: bool
    priority: int
    failures: int
    expires: float | None
    content: bytes | None = None

    def __lt__(self, other: "Entry") -> bool:
        return self.id < other.id

    def expired(self, now: float) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= now


class Consumer(Protocol):
    """Somebody who takes messages from a queue."""

    def ready(self) -> bool:
        """Whether it can take one now."""

    def take(self, entry: Entry, message: bytes) -> None:
        """Take one."""


@dataclass(slots=True, eq=False)
class Queue:
    """A queue; a reply node when nothing of it is stored."""

    name: str
    stored: bool = True
    waiting: list[Entry] = field(default_factory=list)
    consumers: deque[Consumer] = field(default_factory=deque)
    out: int = 0


class Queues:
    """All queues of a broker."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Queue] = {}
        last = 0
        for kept in store.everything():
            queue = self.made(kept.queue)
            queue.waiting.append(_entry(kept, queue))
            last = kept.id
        self._ids = count(last + 1)

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def __getitem__(self, name: str) -> Queue:
        return self._known[name]

    def made(self, name: str, *, stored: bool = True) -> Queue:
        """The queue of this name, made if need be."""
        return self._known.setdefault(name, Queue(name, stored))

    def gone(self, name: str) -> None:
        """A reply node's end, with what was in it."""
        self._known.pop(name, None)

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many wait and how many are out, for each queue."""
        return {name: (len(one.waiting), one.out) for name, one in self._known.items()}

    def put(self, queue: Queue, header: Header, content: bytes, done: Done) -> None:
        """Take a message; ``done`` hears when it is safe, and only then may it be given out."""
        expires = time.time() + header.ttl if header.ttl else None
        entry = Entry(next(self._ids), queue, header.durable, header.priority, 0, expires)
        if not queue.stored:
            entry.content = content
            self._arrived(entry)
            done(True)
            return

        def written(kept: bool) -> None:
            if kept:
                self._arrived(entry)
            done(kept)

        self._store.put(_kept(entry), content, written)

    def give_out(self, queue: Queue) -> None:
        """Give what waits to whoever is ready, in turn."""
        now = time.time()
        while queue.waiting and (consumer := _next_ready(queue)):
            entry = heapq.heappop(queue.waiting)
            if entry.expired(now):
                self._expire(entry)
                continue
            content = entry.content if not queue.stored else self._store.content(entry.id)
            if content is None:
                log.error("a message of %s has no content any more", queue.name)
                continue
            left = 0.0 if entry.expires is None else entry.expires - now
            header = Header(entry.durable, entry.priority, left, entry.failures)
            queue.out += 1
            consumer.take(entry, joined(header, content))

    def accepted(self, entry: Entry, done: Callable[[], None]) -> None:
        """It has arrived; ``done`` hears when that cannot be forgotten any more."""
        entry.queue.out -= 1
        if entry.queue.stored:
            self._store.remove(entry.id, lambda kept: done() if kept else None)
        else:
            done()

    def released(self, entry: Entry) -> None:
        """Back to its place, as if it had not been given out."""
        entry.queue.out -= 1
        self._arrived(entry)

    def failed(self, entry: Entry) -> None:
        """Back to its place, or to the dead letters when it has failed too often."""
        entry.failures += 1
        if entry.failures >= MOST_FAILURES and not entry.queue.name.endswith(DEAD_LETTERS):
            self.rejected(entry)
            return
        if entry.queue.stored:
            self._store.fail(entry.id, entry.failures)
        self.released(entry)

    def rejected(self, entry: Entry) -> None:
        """Laid aside with the dead letters; a reply that nobody wants is gone."""
        queue = entry.queue
        queue.out -= 1
        log.warning("a message of %s went to the dead letters", queue.name)
        if not queue.stored:
            return
        dead = queue.name if queue.name.endswith(DEAD_LETTERS) else queue.name + DEAD_LETTERS
        entry.queue, entry.expires = self.made(dead), None
        self._store.move(entry.id, dead, entry.failures)
        self._arrived(entry)

    def sweep(self) -> None:
        """Take away what has waited too long."""
        now = time.time()
        for queue in self._known.values():
            if old := [entry for entry in queue.waiting if entry.expired(now)]:
                queue.waiting = [entry for entry in queue.waiting if not entry.expired(now)]
                heapq.heapify(queue.waiting)
                for entry in old:
                    self._expire(entry)

    def _arrived(self, entry: Entry) -> None:
        heapq.heappush(entry.queue.waiting, entry)
        self.give_out(entry.queue)

    def _expire(self, entry: Entry) -> None:
        log.info("a message of %s has expired", entry.queue.name)
        if entry.queue.stored:
            self._store.remove(entry.id)


def _next_ready(queue: Queue) -> Consumer | None:
    for _one in range(len(queue.consumers)):
        consumer = queue.consumers[0]
        queue.consumers.rotate(-1)
        if consumer.ready():
            return consumer
    return None


def _entry(kept: Kept, queue: Queue) -> Entry:
    return Entry(kept.id, queue, kept.durable, kept.priority, kept.failures, kept.expires)


def _kept(entry: Entry) -> Kept:
    return Kept(
        entry.id,
        entry.queue.name,
        entry.durable,
        entry.priority,
        entry.failures,
        entry.expires,
    )
