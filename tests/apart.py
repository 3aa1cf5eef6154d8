"""A thread of its own, for what cannot run where a browser's event loop does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def apart(do: Callable[[], Answer]) -> Answer:
    """Do it in a thread that has no event loop; what it answers, or raises."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(do).result()
