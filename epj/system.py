"""The record system at work: it listens, handles, answers and sends, until it is stopped."""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from dialog.interop.conditions import Condition, ProtectionError
from dialog.interop.parties import Party
from dialog.interop.ports import Delivery, Listening, MessageTransport, Settled, Unreadable
from epj import answers, incoming, kept, outbox, synchronous
from epj.desk import Desk
from epj.kept import State
from epj.opening import Post
from epj.refusal import Refusal

log = logging.getLogger(__name__)
EVERY = 0.2  # seconds between looks at what others have written
SYNC_WORKERS = 4
SENDERS = 4  # conversations sent at a time


class System:
    """Listens on all our queues, handles in one thread of its own and sends in another."""

    def __init__(self, desk: Desk, post: Post, bus: MessageTransport) -> None:
        self.desk, self.post, self.bus = desk, post, bus
        self._stopping = threading.Event()
        self._came, self._written = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(
                target=self._again_and_again, args=work, name=f"epj-{work[0].__name__}"
            )
            for work in ((self._handle, self._came), (self._send, self._written))
        ]
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="epj-sending")
        self._listening: Listening | None = None
        self._kinds: dict[str, str] = {}

    def start(self) -> None:
        """Begin with what lies here from before, then take what comes."""
        queues = self._queues()
        for thread in self._threads:
            thread.start()
        self._listening = self.bus.listen(queues, self.take, self.refuse)

    def stop(self) -> None:
        """Finish what has begun; the rest lies here until the next time."""
        self._stopping.set()
        if self._listening is not None:
            self._listening.stop()
        for woken in (self._came, self._written):
            woken.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()
        self._pool.shutdown()

    def round(self) -> int:
        """Handle, answer and send all that is due, here and now; how much it was."""
        return self._handle() + outbox.send_due(self.desk, self.post, self.bus)

    def take(self, delivery: Delivery) -> Settled:
        """A message off the bus: kept, and then the bus may forget it."""
        try:
            return self._take(delivery)
        except Exception as error:
            # What cannot be kept is given back, and the bus gives it again.
            log.warning("queue %s: %s", delivery.queue, type(error).__name__)
            return Settled.RELEASED

    def refuse(self, unreadable: Unreadable) -> Settled:
        """A message without the fields it must have is kept, complained of, and gone."""
        ours = unreadable.receiver or self.desk.settings.her_ids[0]
        with self.desk.store.change():
            n = kept.add(
                self.desk.store,
                direction="in",
                state=State.REFUSED,
                code=Condition.INVALID_FIELD_VALUE,
                bus_id=unreadable.message_id[:100],
                function=unreadable.function[:100],
                sender=unreadable.sender,
                receiver=ours,
                wire=unreadable.body,
            )
            if unreadable.sender:
                about = kept.number(self.desk.store, n)
                outbox.complain(self.desk, about, about.code, *unreadable.missing)
        self.desk.say(f"in {n}  refused: it is without {', '.join(unreadable.missing)}")
        self._written.set()
        return Settled.ACCEPTED

    def _take(self, delivery: Delivery) -> Settled:
        match self._kinds.get(delivery.queue, "asynchronous"):
            case "synchronous":
                return synchronous.answer(self.desk, self.post, self.bus, delivery, self._stopping)
            case "error":
                incoming.hear_of_fault(self.desk, delivery)
            case _:
                kept.keep(self.desk.store, delivery)
                self.desk.script.crash(self.desk.store, "kept", delivery.envelope.function)
                self._came.set()
        return Settled.ACCEPTED

    def _queues(self) -> Mapping[str, int]:
        """The queues the registry has for us, with so many workers each."""
        found: dict[str, int] = {}
        for party in self._parties():
            for kind, workers in (("asynchronous", 1), ("synchronous", SYNC_WORKERS), ("error", 1)):
                queue = getattr(party.queues, kind)
                if queue:
                    self._kinds[queue] = kind
                    found[queue] = workers
        if not found:
            numbers = ", ".join(map(str, self.desk.settings.her_ids))
            raise Refusal(f"The registry has no queues for {numbers}.")
        return found

    def _parties(self) -> list[Party]:
        try:
            known = [self.post.registry.party(one) for one in self.desk.settings.her_ids]
        except ProtectionError as error:
            raise Refusal(error.sentence) from error
        return [one for one in known if one is not None]

    def _handle(self) -> int:
        done = incoming.handle_waiting(self.desk, self.post) + answers.do_what_is_due(self.desk)
        if done:
            self._written.set()
        return done

    def _send(self) -> int:
        outbox.ask_after_receipts(self.desk)
        return outbox.send_due(self.desk, self.post, self.bus, self._pool)

    def _again_and_again(self, work: Callable[[], int], woken: threading.Event) -> None:
        while not self._stopping.is_set():
            woken.clear()
            done = 0
            try:
                done = work()
            except Exception as error:
                # What went wrong lies in the store as it was; the next round begins anew.
                log.exception("%s", type(error).__name__)
            if not done:
                woken.wait(EVERY)


def alone(folder: Path, *, patience: float = 1.0) -> IO[bytes]:
    """Be the only one that runs here, as long as what is returned stays open.

    Whoever only looks holds it for a moment, so it is tried for a while.
    """
    lock = (folder / "lock").open("ab")
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return lock
    lock.close()
    raise Refusal(f"The record system in {folder} is running already.")


def is_running(folder: Path) -> bool:
    """Whether the record system runs here, and sends what is written."""
    with (folder / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
