"""How often somebody may do something. Each web process counts for itself, in memory."""

from collections import OrderedDict
from threading import Lock

A_MINUTE, AN_HOUR = 60.0, 3600.0  # seconds
MOST_KNOWN = 100_000  # people or addresses; of more, those that were quiet longest are forgotten


class Allowance:
    """So many at once, and as many a minute after that (or in another time), for each of many."""

    def __init__(self, most: int, known: int = MOST_KNOWN, *, over: float = A_MINUTE) -> None:
        self._most, self._known, self._over = most, known, over
        self._left: OrderedDict[object, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, whose: object, now: float) -> float:
        """Take one; seconds to wait where there is none left, and then nothing is taken."""
        with self._lock:
            left, before = self._left.pop(whose, (float(self._most), now))
            left = min(self._most, left + (now - before) * self._most / self._over)
            taken = left >= 1
            self._left[whose] = (left - taken, now)
            if len(self._left) > self._known:
                self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) * self._over / self._most
