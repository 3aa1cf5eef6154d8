"""How much processor time processes have used, from ``/proc``."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processor time, by the web server and by the database."""

    server: float
    database: float

    def since(self, before: "Used") -> "Used":
        """What was used in between."""
        return Used(self.server - before.server, self.database - before.database)


@dataclass(frozen=True, slots=True)
class Meter:
    """Reads what two families of processes have used; what has ended counts with its parent."""

    server: int
    database: int

    def read(self) -> Used:
        """Until now."""
        parents = _parents()
        return Used(_family(self.server, parents), _family(self.database, parents))


def _family(pid: int, parents: dict[int, int]) -> float:
    children = [child for child, parent in parents.items() if parent == pid]
    return _own(pid) + sum(_family(child, parents) for child in children)


def _parents() -> dict[int, int]:
    found = {}
    for entry in _processes():
        with suppress(OSError, ValueError):
            found[int(entry.name)] = int(_fields(int(entry.name))[1])
    return found


def _processes() -> Iterable[Path]:
    return (entry for entry in Path("/proc").iterdir() if entry.name.isdecimal())


def _own(pid: int) -> float:
    try:
        return sum(int(ticks) for ticks in _fields(pid)[11:15]) / TICK
    except OSError:
        return 0.0


def _fields(pid: int) -> list[str]:
    """What follows the program's name: state, parent, …, utime, stime, cutime, cstime."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
