"""The thread in which proton lives: nothing of proton's is touched from any other."""

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from proton import Condition, Handler
from proton.handlers import IOHandler
from proton.reactor import ApplicationEvent, Container, EventInjector

log = logging.getLogger(__name__)
CALL = "dialog_call"
LONGEST_SLEEP = 3.0  # seconds
AFTER_A_FAULT = 0.05


class Loop(Handler):
    """Runs proton's container, and what other threads want done there."""

    def __init__(self) -> None:
        self._injector = EventInjector()
        self.container = Container(self, global_handler=SteadyIO())
        self.container.container_id = ""
        self.container.selectable(self._injector)
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)
        self._open, self._door = True, threading.Lock()
        self._thread.start()

    def call(self, do: Callable[[], None]) -> bool:
        """Have something done in the thread, soon; safe from anywhere. False: it is closed."""
        with self._door:
            if self._open:
                self._injector.trigger(ApplicationEvent(CALL, subject=do))
            return self._open

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Have something done after a while; only from the thread itself."""
        self.container.mark()
        self.container.schedule(seconds, _Later(do))

    def close(self, patience: float = 5.0) -> None:
        """End the thread; connections are closed before."""
        self.call(self.container.stop)
        self._thread.join(patience)
        with self._door:
            if self._open and not self._thread.is_alive():
                self._open = False
                for end in self._injector.pipe:
                    os.close(end)

    def on_dialog_call(self, event: Any) -> None:
        """What ``call`` has handed over."""
        guarded(event.subject)

    def _run(self) -> None:
        self.container.timeout = LONGEST_SLEEP
        self.container.start()
        while self._goes_on():
            pass

    def _goes_on(self) -> bool:
        """Handle what there is; an event whose handling fails is left behind."""
        try:
            return bool(self.container.process())
        except Exception as error:
            _report(error)
            self.container._collector.pop()
            time.sleep(AFTER_A_FAULT)
            return True


class SteadyIO(IOHandler):
    """Proton's network, where a connection that cannot begin is a connection that failed."""

    def on_connection_bound(self, event: Any) -> None:
        """Begin to connect; the machine may refuse at once, when its network is down."""
        try:
            super().on_connection_bound(event)
        except (OSError, RuntimeError) as error:
            transport = event.transport
            transport._selectable = None
            transport.condition = Condition("dialog:no-network", type(error).__name__)
            transport.close_tail()
            transport.close_head()


class _Later(Handler):
    def __init__(self, do: Callable[[], None]) -> None:
        self._do = do

    def on_timer_task(self, _event: Any) -> None:
        guarded(self._do)


def guarded(do: Callable[[], None]) -> None:
    """Do it; the thread outlives what goes wrong, which is logged by its kind and place alone."""
    try:
        do()
    except Exception as error:
        _report(error)


def survives(method: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """An event's method whose faults do not end the thread."""

    @wraps(method)
    def guarded_method(self: Any, event: Any) -> None:
        try:
            method(self, event)
        except Exception as error:
            _report(error)

    return guarded_method


def _report(error: Exception) -> None:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}"
    log.error("the bus: %s in %s", type(error).__name__, where)
