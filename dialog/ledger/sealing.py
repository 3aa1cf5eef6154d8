"""Sealing, turn after turn: a thread of the relay, so that no receiver that is slow holds it up."""

import logging
import threading
import time

from django.db import connection

from dialog.ledger.actions import beat
from dialog.ledger.ports import SealFault
from dialog.ledger.sealer import Sealer

log = logging.getLogger(__name__)

PROCESS = "sealer"
PAUSE = 0.5  # seconds; what is committed is sealed within two
A_BEAT = 5.0


class Sealing(threading.Thread):
    """Seals until told to stop, and outlives any error."""

    def __init__(self, sealer: Sealer, stop: threading.Event) -> None:
        super().__init__(name="sealing", daemon=True)
        self._sealer, self._stop_asked = sealer, stop
        self._next_beat = 0.0
        self._told = ""

    def run(self) -> None:
        """Work until told to stop; a batch that is full is followed at once by the next."""
        try:
            while not self._stop_asked.is_set():
                if not self.turn():
                    self._stop_asked.wait(PAUSE)
        finally:
            connection.close()

    def turn(self) -> bool:
        """Once around; whether there may be more to seal at once."""
        try:
            sealed = self._sealer.turn()
            more = sealed == self._sealer.most
            if sealed is not None and not more:
                self._well()
        except Exception as error:
            # What is wrong may be mended while we run: a key put back, a database that returns.
            self._wrong(error)
            return False
        return more

    def _well(self) -> None:
        """Say that what was committed is sealed."""
        if time.monotonic() >= self._next_beat:
            beat(PROCESS)
            self._next_beat = time.monotonic() + A_BEAT
        if self._told:
            log.warning("sealing again")
            self._told = ""

    def _wrong(self, error: Exception) -> None:
        what = str(error) if isinstance(error, SealFault) else type(error).__name__
        if what != self._told:
            log.error("nothing is sealed: %s", what)
            self._told = what
        self._sealer.forget()
        connection.close()
