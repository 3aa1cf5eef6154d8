"""Listening: messages off queues, workers that handle them, and what they settled sent back."""

import logging
import queue
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

from proton import Connection, Receiver
from proton import Delivery as Incoming

from dialog.adapters.amqp.bus import Bus
from dialog.adapters.amqp.loop import Loop, survives
from dialog.adapters.amqp.translation import decoded
from dialog.adapters.amqp.wire import Wire
from dialog.interop.ports import (
    SEVERAL,
    Delivery,
    Handle,
    Refuse,
    Settled,
    Several,
    Unreadable,
)

log = logging.getLogger(__name__)
AHEAD = 2  # messages fetched for each worker
MOST_KEPT = 100  # failed messages kept a while before they are given back

Task = tuple[int, Delivery | Unreadable] | None


class Listener(Wire):
    """A connection with a receiver for each of its queues."""

    def __init__(self, loop: Loop, bus: Bus, pools: "Mapping[str, Pool]") -> None:
        super().__init__(loop, bus)
        self._pools = pools
        self._receivers: dict[str, Receiver] = {}
        self._open: dict[int, Incoming] = {}
        self._kept: set[int] = set()
        self._numbers = count(1)
        self._stopping = False

    def up(self, connection: Connection) -> None:
        """Ask for messages."""
        for name, pool in self._pools.items():
            receiver = self.loop.container.create_receiver(connection, self.bus.address(name))
            self._receivers[name] = receiver
            receiver.flow(pool.workers * pool.ahead)

    def down(self) -> None:
        """What was not settled comes again; what no worker has begun is not begun."""
        self._open, self._kept, self._receivers = {}, set(), {}
        for pool in self._pools.values():
            pool.drop()

    @survives
    def on_link_error(self, event: Any) -> None:
        """The bus ended a receiver: begin again with all of them, after a pause."""
        name = event.link.remote_condition.name if event.link.remote_condition else "no reason"
        log.error("the bus does not let us listen: %s", name)
        event.connection.close()

    @survives
    def on_message(self, event: Any) -> None:
        """A message, for the next free worker of its queue."""
        name = next(name for name, one in self._receivers.items() if one == event.receiver)
        if self._stopping:
            self.release(event.delivery, delivered=False)
            return
        number = next(self._numbers)
        self._open[number] = event.delivery
        self._pools[name].give((number, decoded(event.message.encode(), name)))

    def conclude_soon(self, number: int, settled: Settled, name: str) -> None:
        """Have it settled; safe from any thread."""
        self.loop.call(partial(self.conclude, number, settled, name))

    def conclude(self, number: int, settled: Settled, name: str) -> None:
        """Tell the bus; a failed message is kept a while first, so as not to come at once."""
        delivery = self._open.get(number)
        if delivery is None:  # the connection broke: the bus gives it again
            return
        if settled == Settled.RELEASED and not self._stopping and len(self._kept) < MOST_KEPT:
            self._kept.add(number)
            self.loop.later(self.bus.release_after, lambda: self._give_back(number))
        else:
            self._tell(number, settled)
        if name in self._receivers and not self._stopping:
            self._receivers[name].flow(1)

    def untouched(self, number: int) -> None:
        """A message that nobody has begun: back, and not counted as failed."""
        delivery = self._open.pop(number, None)
        if delivery is not None:
            self.release(delivery, delivered=False)

    def stop(self) -> None:
        """Take no more; give back what is being kept."""
        self._stopping = True
        for number in list(self._kept):
            self._give_back(number)

    def _give_back(self, number: int) -> None:
        if number in self._kept:
            self._kept.discard(number)
            self._tell(number, Settled.RELEASED)

    def _tell(self, number: int, settled: Settled) -> None:
        delivery = self._open.pop(number)
        match settled:
            case Settled.ACCEPTED:
                self.accept(delivery)
            case Settled.REJECTED:
                self.reject(delivery)
            case Settled.RELEASED:
                self._failed(delivery)

    def _failed(self, delivery: Incoming) -> None:
        if not self.bus.knows_modified:
            self.release(delivery, delivered=False)
            return
        delivery.local.failed = True  # the bus counts it
        delivery.update(Incoming.MODIFIED)
        delivery.settle()


class Pool:
    """The workers of one queue."""

    def __init__(
        self,
        name: str,
        workers: int,
        handle: Handle,
        refuse: Refuse,
        several: Several | None = None,
    ) -> None:
        self.name, self.workers = name, workers
        self.listener: Listener | None = None
        self._handle, self._refuse, self._several = handle, refuse, several
        self.ahead = AHEAD if several is None else SEVERAL + AHEAD
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"bus-{name}-{number}", daemon=True)
            for number in range(workers)
        ]

    def start(self) -> None:
        """Be ready."""
        for thread in self._threads:
            thread.start()

    def give(self, task: Task) -> None:
        """A message for whoever is free."""
        self._tasks.put(task)

    def drop(self) -> list[int]:
        """Take back what nobody has begun: its numbers."""
        numbers: list[int] = []
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                return numbers
            if task is not None:
                numbers.append(task[0])

    def give_back(self) -> None:
        """What nobody has begun goes back to the bus."""
        listener = self.listener
        if listener is not None:
            for number in self.drop():
                listener.loop.call(partial(listener.untouched, number))

    def finish(self) -> None:
        """No more will come."""
        for _thread in self._threads:
            self._tasks.put(None)

    def wait(self, seconds: float) -> bool:
        """Whether all have finished within the time."""
        for thread in self._threads:
            thread.join(max(seconds, 0.0))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        going = True
        while going:
            tasks = [self._tasks.get()]
            while self._several is not None and tasks[-1] is not None and len(tasks) < SEVERAL:
                try:
                    tasks.append(self._tasks.get_nowait())
                except queue.Empty:
                    break
            going = tasks[-1] is not None
            self._do([task for task in tasks if task is not None])

    def _do(self, tasks: list[tuple[int, Delivery | Unreadable]]) -> None:
        together = [one for _number, one in tasks if isinstance(one, Delivery)]
        if self._several is not None and len(together) == len(tasks) > 1:
            settled = self._settled_together(self._several, together)
        else:
            settled = [self._settled(one) for _number, one in tasks]
        if self.listener is not None:
            for (number, _heard), said in zip(tasks, settled, strict=True):
                self.listener.conclude_soon(number, said, self.name)

    def _settled_together(self, several: Several, heard: list[Delivery]) -> Sequence[Settled]:
        try:
            return several(heard)
        except Exception as error:
            log.error("the bus: a handler failed with %s", type(error).__name__)
            return [Settled.RELEASED] * len(heard)

    def _settled(self, heard: Delivery | Unreadable) -> Settled:
        """What the handler said; one that fails keeps the message on the bus."""
        try:
            return self._handle(heard) if isinstance(heard, Delivery) else self._refuse(heard)
        except Exception as error:
            log.error("the bus: a handler failed with %s", type(error).__name__)
            return Settled.RELEASED
