"""One client on the network: TLS is asyncio's, the gate is ours, the rest is the engine's."""

import asyncio
import logging
from typing import TYPE_CHECKING

from proton import ProtonException

from dialog.broker.engine import Engine
from dialog.broker.sasl import PLAIN, Credentials, Gate, Outcome, Unwelcome
from dialog.broker.users import ANYBODY, User

if TYPE_CHECKING:
    from dialog.broker.server import Broker

log = logging.getLogger(__name__)
TO_COME_IN = 10.0  # seconds to say who one is
AFTER_A_WRONG_PASSWORD = 1.0
TICK = 10.0


class Client(asyncio.Protocol):
    """Bytes in, bytes out, and when to end."""

    def __init__(self, broker: "Broker") -> None:
        self._broker = broker
        self._loop = asyncio.get_running_loop()
        self._gate: Gate | None = Gate(broker.mechanism)
        self._user: User | None = None if broker.mechanism == PLAIN else ANYBODY
        self._engine: Engine | None = None
        self._wire: asyncio.Transport | None = None
        self._full = self._flushing = False
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is here."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - asyncio makes no other for TCP
        self._wire = transport
        self._broker.clients.add(self)
        self._timer = self._loop.call_later(TO_COME_IN, self._too_slow)

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        try:
            if self._gate is not None:
                self._at_the_gate(data)
            elif self._engine is not None and not self._engine.feed(data):
                self._close()
            self._flush()
        except ProtonException:
            self._close()

    def pause_writing(self) -> None:
        """The client does not read as fast as we write."""
        self._full = True

    def resume_writing(self) -> None:
        """It reads again."""
        self._full = False
        if self._engine is not None:
            self._engine.give_out()
            self._flush()

    def connection_lost(self, _error: Exception | None) -> None:
        """It is gone."""
        self._broker.clients.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        engine, self._engine, self._wire = self._engine, None, None
        if engine is not None:
            engine.end(failed=True)

    def goodbye(self) -> None:
        """We stop."""
        if self._engine is not None:
            self._engine.goodbye()
            self._flush()
        self._close()

    def _at_the_gate(self, data: bytes) -> None:
        gate = self._gate
        if gate is None or self._wire is None:
            return
        try:
            answer = gate.feed(data)
        except Unwelcome as unwelcome:
            self._wire.write(unwelcome.farewell)
            self._close()
            return
        self._wire.write(answer)
        if gate.credentials is not None:
            task = self._loop.create_task(self._check(gate, gate.credentials))
            self._broker.tasks.add(task)
            task.add_done_callback(self._broker.tasks.discard)
        elif gate.open:
            self._come_in(gate.rest)

    async def _check(self, gate: Gate, shown: Credentials) -> None:
        users = self._broker.users
        user = await self._loop.run_in_executor(None, users.checked, shown.name, shown.password)
        if user is None:
            log.warning("somebody came with a wrong name or password")
            await asyncio.sleep(AFTER_A_WRONG_PASSWORD)
        if self._wire is None:
            return
        self._wire.write(gate.judged(Outcome.WRONG if user is None else Outcome.OK))
        if user is None:
            self._close()
            return
        self._user = user
        self.data_received(b"")  # what came in the meantime

    def _come_in(self, rest: bytes) -> None:
        if self._user is None:
            self._close()
            return
        self._gate = None
        self._engine = Engine(
            self._user,
            self._broker.queues,
            self._broker.permits,
            writable=lambda: not self._full,
            flush=self._flush_soon,
        )
        self._tick()
        self.data_received(rest)

    def _tick(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._engine is None:
            return
        now = self._loop.time()
        due = self._engine.tick(now)
        self._flush()
        wait = min(TICK, max(0.1, due - now)) if due else TICK
        self._timer = self._loop.call_later(wait, self._tick)

    def _flush_soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing = False
        if self._engine is None or self._wire is None:
            return
        if data := self._engine.pending():
            self._wire.write(data)
        if self._engine.done():
            self._close()

    def _too_slow(self) -> None:
        if self._engine is None:
            self._close()

    def _close(self) -> None:
        if self._wire is not None:
            self._wire.close()
