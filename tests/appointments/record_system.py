"""A record system at the other end, in a thread: it hears what is asked, and answers."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from django.db import connections

from dialog import rows
from dialog.appointments import actions, queries
from dialog.demo.cast import Cast
from tests.appointments.crowds import own_database
from tests.appointments.elsewhere import morning, offer

SOON = 5.0  # seconds, for machines with much else to do
OPEN = """
SELECT id FROM appointments_timesasked WHERE answered_at IS NULL AND failed_at IS NULL
"""


@contextmanager
def record_system(cast: Cast, *, after: float = 0.0, works: bool = True) -> Iterator[list[UUID]]:
    """The one at Dr Lund's office, for as long as this lasts; what it has been asked.

    It begins with what was asked while it was away, answers ``after`` so many seconds, and says
    that it cannot when it does not work.
    """
    heard: list[UUID] = []
    stop, ready = threading.Event(), threading.Event()

    def listen() -> None:
        try:
            with psycopg.connect(own_database(), autocommit=True) as line:
                line.execute(f"LISTEN {actions.ASKED}")
                waiting = [one for (one,) in line.execute(OPEN).fetchall()]
                ready.set()
                while not stop.is_set():
                    for asked_id in waiting:
                        heard.append(asked_id)
                        time.sleep(after)
                        answer(cast, asked_id, works)
                    waiting = [
                        UUID(one.payload) for one in line.notifies(timeout=0.05, stop_after=1)
                    ]
        finally:
            connections.close_all()

    thread = threading.Thread(target=listen)
    thread.start()
    assert ready.wait(SOON)
    yield heard
    stop.set()
    thread.join()


def answer(cast: Cast, asked_id: UUID, works: bool) -> None:
    """What is free with Dr Lund in the mornings, and nothing with the others; or that it cannot."""
    if not works:
        actions.times_failed(by=cast.siri, asked_id=asked_id)
        return
    with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
        asked = queries.question(asked_id)
    if asked.practitioner_id == cast.lund.practitioner_id:
        offer(cast, morning())
    actions.answer_times(by=cast.siri, asked_id=asked_id)
