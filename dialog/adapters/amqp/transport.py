"""The port ``MessageTransport`` over AMQP 1.0."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from typing import TypeVar

from dialog.adapters.amqp.asking import Asker, Question
from dialog.adapters.amqp.bus import Bus
from dialog.adapters.amqp.listening import Listener, Pool
from dialog.adapters.amqp.loop import Loop
from dialog.adapters.amqp.sending import Courier, Parcel
from dialog.adapters.amqp.settings import bus_from_settings
from dialog.adapters.amqp.translation import encoded
from dialog.adapters.amqp.wire import Wire
from dialog.errors import PortError
from dialog.interop.ports import ANSWER_WITHIN, Delivery, Envelope, Handle, Refuse, Several

Result = TypeVar("Result")
CLOSING = 5.0  # seconds that saying goodbye may take


class AmqpTransport:
    """The message bus; one for the process, for its connections and its thread are shared."""

    def __init__(self, bus: Bus | None = None) -> None:
        self._bus = bus or bus_from_settings()
        self._loop = Loop()
        self._courier = Courier(self._loop, self._bus)
        self._asker = Asker(self._loop, self._bus)
        self._listening: list[AmqpListening] = []

    def send(self, envelope: Envelope, body: bytes) -> None:
        """Hand over, and wait until the bus has accepted."""
        address = self._bus.address(envelope.to)
        try:
            data = encoded(envelope, body, address, self._bus.system_identifier)
        except ValueError as error:
            raise PortError(permanent=True) from error
        parcel = Parcel(data, address)
        if not self._loop.call(lambda: self._courier.send(parcel)):
            raise PortError
        _result(parcel.done, self._bus.operation)

    def ask(self, envelope: Envelope, body: bytes, seconds: float = ANSWER_WITHIN) -> Delivery:
        """Ask, and wait for the answer."""
        asking = Question(envelope, body, seconds)
        if not self._loop.call(lambda: self._asker.ask(asking)):
            raise PortError
        try:
            return _result(asking.answer, seconds)
        finally:
            self._loop.call(lambda: self._asker.forget(asking))

    def listen(
        self,
        queues: Mapping[str, int],
        handle: Handle,
        refuse: Refuse,
        several: Mapping[str, Several] | None = None,
    ) -> "AmqpListening":
        """Listen until stopped."""
        pools = {
            name: Pool(name, workers, handle, refuse, (several or {}).get(name))
            for name, workers in queues.items()
        }
        listening = AmqpListening(self._loop, self._bus, pools)
        self._listening.append(listening)
        return listening

    def close(self) -> None:
        """Stop listening, close the connections, end the thread."""
        for listening in self._listening:
            listening.stop()
        _end(self._loop, [self._courier, self._asker])
        self._loop.close()


class AmqpListening:
    """Listening on some queues."""

    def __init__(self, loop: Loop, bus: Bus, pools: dict[str, Pool]) -> None:
        self._loop, self._pools = loop, pools
        groups = (
            [{name: pool} for name, pool in pools.items()]
            if bus.one_connection_per_receiver
            else [pools]
        )
        self._listeners = [Listener(loop, bus, group) for group in groups]
        for listener, group in zip(self._listeners, groups, strict=True):
            for pool in group.values():
                pool.listener = listener
                pool.start()
            loop.call(listener.connect)

    def stop(self, seconds: float = 30.0) -> bool:
        """Finish what has begun, settle it, close."""
        deadline = time.monotonic() + seconds
        for listener in self._listeners:
            _in_thread(self._loop, listener.stop)
        for pool in self._pools.values():
            pool.give_back()
            pool.finish()
        finished = [pool.wait(deadline - time.monotonic()) for pool in self._pools.values()]
        _end(self._loop, self._listeners)
        return all(finished)


def _end(loop: Loop, wires: Sequence[Wire]) -> None:
    """Close connections, and see the last of what they say arrive."""
    for wire in wires:
        loop.call(wire.end)
    for wire in wires:
        wire.closed.wait(CLOSING)


def _in_thread(loop: Loop, do: Callable[[], None]) -> None:
    """Have it done in the loop's thread, and wait for that."""
    done = threading.Event()
    loop.call(do)
    loop.call(done.set)
    done.wait(CLOSING)


def _result(future: "Future[Result]", seconds: float) -> Result:
    """What came of it in time; a future given up is never fulfilled later."""
    try:
        return future.result(seconds)
    except (TimeoutError, CancelledError) as error:
        future.cancel()
        raise PortError from error
