"""The message bus in memory: the same rules as the broker's, until the process ends."""

import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

from dialog.errors import PortError
from dialog.interop.exchange import Verdict, question, verdict
from dialog.interop.ports import ANSWER_WITHIN, Delivery, Envelope, Handle, Refuse, Settled, Several
from dialog.interop.properties import NotForProperties, Properties, read, written

log = logging.getLogger(__name__)
MOST_FAILURES = 10
DEAD_LETTERS = "_dlq"
Receive = Callable[[Properties, bytes, str], Settled]


@dataclass(slots=True)
class _Kept:
    properties: Properties
    body: bytes
    until: float


@dataclass(slots=True, eq=False)
class MemoryBus:
    """Queues that several transports share; ``away`` makes every send fail with it."""

    queues: defaultdict[str, deque[_Kept]] = field(default_factory=lambda: defaultdict(deque))
    away: PortError | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)

    def put(self, queue: str, properties: Properties, body: bytes) -> None:
        """Keep a message, last in its queue."""
        if self.away is not None:
            raise self.away
        until = time.monotonic() + properties.ttl if properties.ttl else float("inf")
        with self.changed:
            self.queues[queue].append(_Kept(properties, body, until))
            self.changed.notify_all()

    def take(self, queue: str, stopped: threading.Event) -> _Kept | None:
        """The first message that has not expired; none once stopped."""
        with self.changed:
            while not stopped.is_set():
                waiting = self.queues[queue]
                while waiting:
                    kept = waiting.popleft()
                    if kept.until > time.monotonic():
                        return kept
                self.changed.wait(1.0)
        return None

    def settle(self, queue: str, kept: _Kept, settled: Settled) -> None:
        """Gone, back where it was, or laid aside."""
        failures = kept.properties.failures + 1
        again = replace(kept, properties=replace(kept.properties, failures=failures))
        with self.changed:
            if settled == Settled.REJECTED or failures >= MOST_FAILURES:
                if settled != Settled.ACCEPTED:
                    self.queues[queue + DEAD_LETTERS].append(again)
            elif settled == Settled.RELEASED:
                self.queues[queue].appendleft(again)
            self.changed.notify_all()


class MemoryTransport:
    """One party on a bus in memory."""

    def __init__(self, bus: MemoryBus | None = None) -> None:
        self.bus = bus or MemoryBus()
        self._reply_queue = f"reply.{uuid4().hex}"
        self._asked: dict[str, tuple[Envelope, list[Delivery]]] = {}
        self._answered = threading.Condition()
        self._listening: list[MemoryListening] = []

    def send(self, envelope: Envelope, body: bytes) -> None:
        """Put it in its queue."""
        try:
            self.bus.put(envelope.to, written(envelope), body)
        except NotForProperties as error:
            raise PortError(permanent=True) from error

    def ask(self, envelope: Envelope, body: bytes, seconds: float = ANSWER_WITHIN) -> Delivery:
        """Ask, and wait for the answer."""
        asked = question(envelope, self._reply_queue, seconds)
        answers: list[Delivery] = []
        with self._answered:
            if not self._asked and not any(one.hears_answers for one in self._listening):
                self._start({self._reply_queue: 1}, self._answer, hears_answers=True)
            self._asked[asked.correlation_id] = (asked, answers)
        try:
            self.send(asked, body)
            with self._answered:
                if not self._answered.wait_for(lambda: answers, seconds):
                    raise PortError
                return answers[0]
        finally:
            with self._answered:
                self._asked.pop(asked.correlation_id, None)

    def listen(
        self,
        queues: Mapping[str, int],
        handle: Handle,
        refuse: Refuse,
        several: Mapping[str, Several] | None = None,
    ) -> "MemoryListening":
        """Listen until stopped; one message at a time."""

        def receive(properties: Properties, body: bytes, queue: str) -> Settled:
            heard = read(properties, body, queue)
            return handle(heard) if isinstance(heard, Delivery) else refuse(heard)

        return self._start(queues, receive)

    def close(self) -> None:
        """Stop all listening."""
        for listening in self._listening:
            listening.stop()

    def _start(
        self, queues: Mapping[str, int], receive: Receive, *, hears_answers: bool = False
    ) -> "MemoryListening":
        listening = MemoryListening(self.bus, queues, receive, hears_answers=hears_answers)
        self._listening.append(listening)
        return listening

    def _answer(self, properties: Properties, body: bytes, queue: str) -> Settled:
        heard = read(properties, body, queue)
        if not isinstance(heard, Delivery):
            return Settled.ACCEPTED
        with self._answered:
            asked, answers = self._asked.get(heard.envelope.correlation_id, (None, []))
            match verdict(asked, heard.envelope):
                case Verdict.LATE:
                    log.warning("the bus: late answer thrown away")
                case Verdict.STRANGER:
                    log.critical("the bus: answered by another than was asked")
                case Verdict.ANSWER:
                    answers.append(heard)
                    self._answered.notify_all()
        return Settled.ACCEPTED


class MemoryListening:
    """Workers on some queues."""

    def __init__(
        self, bus: MemoryBus, queues: Mapping[str, int], receive: Receive, *, hears_answers: bool
    ) -> None:
        self.hears_answers = hears_answers
        self._bus, self._receive = bus, receive
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(queue,), daemon=True)
            for queue, workers in queues.items()
            for _worker in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 30.0) -> bool:
        """Finish what has begun."""
        self._stopped.set()
        with self._bus.changed:
            self._bus.changed.notify_all()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self, queue: str) -> None:
        while (kept := self._bus.take(queue, self._stopped)) is not None:
            try:
                settled = self._receive(kept.properties, kept.body, queue)
            except Exception as error:
                log.error("the bus: a handler failed with %s", type(error).__name__)
                settled = Settled.RELEASED
            self._bus.settle(queue, kept, settled)
