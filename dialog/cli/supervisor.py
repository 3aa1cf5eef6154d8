"""Keeps the processes of one run together: starts them, watches them, stops them.

A process that dies is named and started again, after a pause that doubles each time. One that dies
for the sixth time within a minute of starting is not going to live: then everything is stopped.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from dialog.adapters.postgres import Server
from dialog.adapters.postgres_places import PostgresFault
from dialog.adapters.processes import die_with_parent, ended

MOST_FALLS = 5
STEADY = 60.0  # seconds after which earlier falls are forgotten
TO_FINISH = 12.0
FIRST_PAUSE = 0.5


@dataclass
class Child:
    """One process of ours, and how often it fell."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    falls: int = 0
    due: float = 0.0

    def start(self) -> None:
        """Start it in a group of its own, so that a Ctrl-C meant for us does not reach it."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )

    def fell(self) -> int | None:
        """The exit code if it has died since it was started."""
        return self.process.poll() if self.process else None

    def clear(self) -> None:
        """Remove what it may have left of its own children."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Let it finish what it has in hand; insist when it takes too long."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            ended(self.process.pid, self.process, TO_FINISH)
        self.clear()


@dataclass
class Supervisor:
    """The processes of one run, and the server they need if it is ours."""

    say: Callable[[str], None]
    server: Server | None = None
    children: list[Child] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """From here on, being told to stop means stopping everything."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._ask)

    def _ask(self, signum: int, frame: FrameType | None) -> None:
        self.asked.set()

    def start(self, child: Child) -> None:
        """Start a process and keep an eye on it."""
        self.children.append(child)
        child.start()

    def watch(self) -> int:
        """Until told to stop, or until there is nothing left to try; the exit code."""
        while not self.asked.wait(0.2):
            if not (self._mind_server() and all(map(self._mind, self.children))):
                return 1
        return 0

    def _mind_server(self) -> bool:
        process = self.server.process if self.server else None
        if self.server is None or process is None or process.poll() is None:
            return True
        self.say(f"The database stopped ({_how(process.returncode)}). Starting it again.")
        try:
            self.server.start()
        except PostgresFault as fault:
            self.say(str(fault))
            return False
        return True

    def _mind(self, child: Child) -> bool:
        """Start a fallen child again when its pause is over; false when it fell too often."""
        now = time.monotonic()
        code = child.fell()
        if code is not None:
            child.clear()
            child.falls = 1 if now - child.began > STEADY else child.falls + 1
            if child.falls > MOST_FALLS:
                self.say(f"The {child.name} will not stay up ({_how(code)}). Stopping everything.")
                return False
            pause = FIRST_PAUSE * 2 ** (child.falls - 1)
            child.due = now + pause
            again = f"Starting it again in {pause:g} s ({child.falls} of {MOST_FALLS})."
            self.say(f"The {child.name} stopped ({_how(code)}). {again}")
        elif child.process is None and now >= child.due:
            child.start()
        return True

    def stop(self) -> None:
        """Stop everything that was started, the last first."""
        for child in reversed(self.children):
            child.stop()
        if self.server:
            self.server.stop()
            self.server.release()


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
