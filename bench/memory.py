"""Whether a process that works for long grows."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression

PAGE = os.sysconf("SC_PAGE_SIZE")
MANY = 100_000
WARM_UP = 0.3  # of the run: caches fill, and the allocator finds its size


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was seen: messages, megabytes at the start (after the warm-up) and at the end, and what
    100,000 messages would add at the slope in between.
    """

    messages: int
    began: float
    ended: float
    growth: float

    @classmethod
    def of(cls, seen: Sequence[tuple[int, float]]) -> "Memory":
        """From pairs of messages done and megabytes resident."""
        after = seen[int(WARM_UP * len(seen)) :]
        slope = 0.0
        if len(after) > 1:
            slope, _start = linear_regression(*zip(*after, strict=True))
        return cls(messages=seen[-1][0], began=after[0][1], ended=after[-1][1], growth=MANY * slope)


def resident() -> float:
    """Megabytes of memory this process has in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1024 / 1024
