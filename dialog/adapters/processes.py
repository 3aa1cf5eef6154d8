"""Processes: one at a time, ending with their parent, known when ended, found when left behind."""

import ctypes
import fcntl
import gc
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from signal import Signals
from typing import IO

SET_PARENT_DEATH_SIGNAL = 1


def die_with_parent(order: Signals, parent: int = 0) -> Callable[[], None] | None:
    """What a child must run first so that the kernel sends it ``order`` when its parent is gone."""
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (AttributeError, OSError):  # not Linux: the next run cleans up instead
        return None
    parent = parent or os.getpid()

    def promise() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, int(order), 0, 0, 0)
        if os.getppid() != parent:  # we died before the promise was made
            os.kill(os.getpid(), order)

    return promise


def settle_in() -> None:
    """Let what is loaded now stay for good, and let the collector look for rubbish less often.

    A page, or a message, makes thousands of small things that need no collector: looking through
    all that is loaded every 700 things took a tenth of the processor's time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def ended(pid: int, child: "subprocess.Popen[bytes] | None", patience: float) -> bool:
    """Wait a while for a process to end; whether it did."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if child is not None:
            if child.poll() is not None:
                return True
        elif not alive(pid):
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    """Whether a process still runs that may not be our child; a dead one unburied does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self").exists()


def program_of(pid: int) -> str:
    """The name of the program that a process runs, or nothing when there is none."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def hold(path: Path, patience: float) -> IO[bytes] | None:
    """A lock that is ours until closed or until we are gone; none if another keeps it."""
    lock = path.open("ab")
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                lock.close()
                return None
            time.sleep(0.1)
        else:
            return lock


def end_marked(mark: str) -> int:
    """End every process that carries this mark in its environment; how many there were."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            pid = int(entry.parent.name)
            if pid != os.getpid() and mark.encode() in entry.read_bytes().split(b"\0"):
                os.kill(pid, signal.SIGKILL)
                found.append(pid)
    for pid in found:  # what they held, a port for instance, is free only when they are gone
        ended(pid, None, 5)
    return len(found)
