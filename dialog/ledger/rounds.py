"""Doing something for each of many without being asked: part by part, so that none is left out."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet

log = logging.getLogger(__name__)

AT_A_TIME = 200


class Round:
    """Goes through what is due by its key, a part at a time, and then from the beginning again.

    What cannot be done stays due; whoever only took the first ones would take those each time.
    """

    def __init__(self, *, most: int = AT_A_TIME) -> None:
        self._most = most
        self._passed: Any = None

    def part(self, due: "QuerySet[Model]", *names: str) -> list[tuple[Any, ...]]:
        """The next part, as these columns."""
        left = due if self._passed is None else due.filter(pk__gt=self._passed)
        found = list(left.order_by("pk").values_list("pk", *names)[: self._most])
        self._passed = found[-1][0] if len(found) == self._most else None
        return [one[1:] for one in found]


def each(found: Iterable[tuple[Any, ...]], act: Callable[..., object]) -> None:
    """Act for each; one that fails is left for the next round and keeps no other waiting."""
    for one in found:
        try:
            act(*one)
        except Exception as error:
            log.warning("%s: %s", getattr(act, "__name__", "chore"), type(error).__name__)
