"""Pays what the ledger owes: in order for each conversation, leased, retried, parked."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from uuid import UUID

from django.db import connection
from django.utils import timezone

from dialog import rows
from dialog.errors import PortError
from dialog.ledger.actions import beat, new_lease, prune
from dialog.ledger.models import Delivery, DeliveryState
from dialog.ledger.queries import Problem
from dialog.ledger.sealer import Sealer
from dialog.ledger.sealing import Sealing
from dialog.ledger.subscribers import PATIENT, SUBSCRIBERS, Fact, Later
from dialog.statements import found, tell

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
MOST_TRIES = 10
BATCH = 50
PAUSE = 0.5
LONGEST_PAUSE = timedelta(hours=1)
PATIENT_PAUSE = timedelta(minutes=1)

Chore = Callable[[], None]

CLAIM = """
UPDATE ledger_delivery SET lease = %(lease)s, due_at = %(until)s, tries = LEAST(tries + 1, 1000)
WHERE id IN (
    SELECT owed.id FROM ledger_delivery AS owed
    WHERE owed.state = 'owed' AND owed.due_at <= %(now)s
      AND (owed.conversation_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM ledger_delivery AS earlier
        WHERE earlier.state = 'owed' AND earlier.subscriber = owed.subscriber
          AND earlier.conversation_id = owed.conversation_id AND earlier.id < owed.id))
    ORDER BY owed.due_at, owed.id LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING id
"""
SETTLE = """
UPDATE ledger_delivery SET lease = NULL, state = %s, due_at = %s, tries = %s, problem = %s
WHERE id = %s AND lease = %s
"""


def claim(lease: UUID, *, most: int = BATCH) -> list[int]:
    """Take the oldest due debts that have no earlier unpaid one in the same conversation."""
    now = timezone.now()
    with rows.seeing(scope="relay"), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"lease": lease, "until": now + LEASE, "now": now, "most": most})
        return sorted(row[0] for row in cursor.fetchall())


def pay(delivery_id: int, lease: UUID) -> None:
    """Tell one subscriber one fact, and settle how it went."""
    with rows.seeing(scope="relay"):
        (debt,) = found(Delivery, "entry", where="own.id = %s", values=(delivery_id,))
    fact = _fact(debt)
    subscriber = SUBSCRIBERS.get(debt.subscriber)
    try:
        if subscriber is None:
            raise PortError(permanent=True)
        with rows.seeing(practice=fact.practice_id, patient=fact.patient_id):
            word = subscriber.read(fact)
        if isinstance(word, Later):
            debt.due_at, debt.tries = word.until, debt.tries - 1
            _settle(debt, lease)
            return
        if word is not None:
            result = subscriber.send(word)
            with rows.seeing(practice=fact.practice_id, patient=fact.patient_id):
                subscriber.settle(fact, word, result)
    except Exception as error:
        # The relay must outlive any error; what went wrong is kept as a code, never as text.
        _owe_again(debt, lease, error)
    else:
        debt.state, debt.problem = DeliveryState.PAID, ""
        _settle(debt, lease)


def _fact(debt: Delivery) -> Fact:
    entry = debt.entry
    return Fact(
        entry_id=entry.id,
        kind=entry.kind,
        at=entry.at,
        account_id=entry.account_id,
        role=entry.role,
        patient_id=entry.patient_id,
        practice_id=entry.practice_id,
        conversation_id=entry.conversation_id,
        details=entry.details,
    )


def _owe_again(debt: Delivery, lease: UUID, error: Exception) -> None:
    permanent = isinstance(error, PortError) and error.permanent
    problem = _problem(error)
    away = isinstance(error, PortError) and not permanent
    waits = away and debt.subscriber in PATIENT
    parked = permanent or (debt.tries >= MOST_TRIES and not waits)
    log.warning("delivery %s: %s, try %s%s", debt.id, problem, debt.tries, ", parked" * parked)
    longest = PATIENT_PAUSE if waits else LONGEST_PAUSE
    pause = min(timedelta(seconds=2 ** min(debt.tries, MOST_TRIES + 2)), longest)
    debt.state = DeliveryState.PARKED if parked else DeliveryState.OWED
    debt.due_at, debt.problem = timezone.now() + pause, problem[:60]
    _settle(debt, lease)


def _problem(error: Exception) -> str:
    """What went wrong, as a code; a fault of our own by its kind."""
    if not isinstance(error, PortError):
        return type(error).__name__
    return Problem.REFUSED if error.permanent else Problem.UNAVAILABLE


def _settle(debt: Delivery, lease: UUID) -> None:
    """Keep how it went, unless the lease has run out and another has taken it."""
    with rows.seeing(scope="relay"):
        tell(SETTLE, debt.state, debt.due_at, debt.tries, debt.problem, debt.id, lease)


def pay_what_is_due() -> int:
    """Claim one batch and pay it; how many were claimed."""
    lease = new_lease()
    claimed = claim(lease)
    for delivery_id in claimed:
        pay(delivery_id, lease)
    return len(claimed)


class Relay:
    """The loop: pay, beat, do the day's chores, sleep; finish the one in hand when asked to
    stop. Beside it, in a thread, the sealing.
    """

    def __init__(self, chores: tuple[Chore, ...] = (), sealer: Sealer | None = None) -> None:
        self._stop = threading.Event()
        self._sealing = Sealing(sealer, self._stop) if sealer else None
        self._chores = chores
        self._chores_due = timezone.now()

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Stop after the delivery in hand."""
        self._stop.set()

    def run(self) -> None:
        """Work until told to stop."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.stop)
        if self._sealing:
            self._sealing.start()
        while not self._stop.is_set():
            if not self.turn():
                self._stop.wait(PAUSE)
        if self._sealing:
            self._sealing.join()

    def turn(self) -> int:
        """Once around; how many debts were claimed."""
        try:
            beat("relay")
            self._do_chores()
            return pay_what_is_due()
        except Exception as error:
            # A database that is away comes back; the loop must still be here then.
            log.warning("relay: %s", type(error).__name__)
            connection.close()
            self._stop.wait(2)
            return 0

    def _do_chores(self) -> None:
        if timezone.now() < self._chores_due:
            return
        self._chores_due = timezone.now() + timedelta(minutes=1)
        for chore in (*self._chores, _prune):
            try:
                chore()
            except Exception as error:
                # One that fails, minute after minute, must not keep the others from being done.
                name = getattr(chore, "__name__", "")
                log.warning("chore %s: %s", name, type(error).__name__)


def _prune() -> None:
    with rows.seeing(scope="relay"):
        prune()
