"""Which times are free: those published here, or what the practice's record system says now."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection, connections

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.freshness import Freshness, together

A_LOOK = 0.5  # seconds between looks, for an answer whose notice was lost


class Published:
    """Timebooks are kept here, so that what is published is what is free."""

    def refresh(
        self,
        *,
        by: Actor,
        practitioners: Sequence[UUID],
        first: date,
        days: int,
        patience: float,
    ) -> Freshness:
        """Always fresh; nothing is asked."""
        return Freshness.FRESH


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    by: Actor
    practitioners: Sequence[UUID]
    first: date
    days: int

    def states(self) -> list[Freshness | None]:
        """How the times stand, in a transaction that sees the actor's rows."""
        found = queries.standings(
            self.by, practitioners=self.practitioners, first=self.first, days=self.days
        )
        return [one.state for one in found]

    def ask(self) -> None:
        """Ask for what is not asked already, or just answered."""
        actions.ask_for_times(
            by=self.by, practitioners=self.practitioners, first=self.first, days=self.days
        )


class Asked:
    """Asks the record system, as far as one decides, and waits a little for the answer.

    A request is one transaction, and what it writes is seen by nobody before it is over. So the
    question is asked on a connection of its own, in a thread of its own, and is there at once. One
    thread of each process never waits, for those who want something else.
    """

    def __init__(self) -> None:
        self._seats = threading.Semaphore(settings.WEB_THREADS - 1)

    def refresh(
        self,
        *,
        by: Actor,
        practitioners: Sequence[UUID],
        first: date,
        days: int,
        patience: float,
    ) -> Freshness:
        """Fresh when every record system has answered lately; old when one does not answer."""
        wanted = _Wanted(by=by, practitioners=practitioners, first=first, days=days)
        states = wanted.states()
        found = together(states)
        if found is not Freshness.ASKED or (None not in states and patience <= 0):
            return found
        with self._seat() as free, ThreadPoolExecutor(1) as apart:
            return apart.submit(_ask, wanted, patience if free else 0.0).result()

    @contextmanager
    def _seat(self) -> Iterator[bool]:
        free = self._seats.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._seats.release()


def _ask(wanted: _Wanted, patience: float) -> Freshness:
    """Ask, and look until it is answered or the patience is over; in a thread of its own."""
    until = time.monotonic() + patience
    try:
        if patience > 0:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {actions.ANSWERED}")
        view = rows.view_of(wanted.by)._asdict()
        with rows.seeing(**view):
            wanted.ask()
        while True:
            with rows.seeing(**view):
                found = together(wanted.states())
            left = until - time.monotonic()
            if found is not Freshness.ASKED or left <= 0:
                return found
            for _notice in connection.connection.notifies(timeout=min(left, A_LOOK), stop_after=1):
                pass
    finally:
        connections.close_all()
