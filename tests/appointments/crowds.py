"""A crowd at the same moment: who they are, what they do at once, and what is there afterwards."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from dialog.actor import PLATFORM, Actor
from dialog.appointments import actions
from dialog.appointments.models import Appointment
from dialog.appointments.policy import OCCUPYING
from dialog.conversations.models import Conversation, Message
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast
from dialog.errors import DialogError
from dialog.ledger.models import Delivery, Entry
from dialog.people import actions as people
from dialog.people import queries as lists
from dialog.people.identity_number import synthetic
from tests.database import SERVER

CROWD = 40
SCORE = 20
AT_ONCE = 8
PATIENCE = 60.0  # seconds, for machines with much else to do
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def registered(cast: Cast, n: int) -> Actor:
    """One more patient on Dr Lund's list, who can sign in."""
    number = synthetic(cast_birth(n), n)
    account = people.register_account(by=PLATFORM, identity_number=number, name=f"Pasient {n}")
    patient = people.register_patient(
        by=PLATFORM,
        identity_number=number,
        given_name="Pasient",
        family_name=str(n),
        born=cast_birth(n),
    )
    list_id = next(
        each for each in cast.lund.list_ids if lists.list_by_id(each).practitioner_id is not None
    )
    people.assign_gp(by=PLATFORM, patient_id=patient.id, list_id=list_id)
    actor = lists.patient_actor(account.id)
    assert actor is not None
    people.say_yes(by=actor)
    actor = lists.patient_actor(account.id)
    assert actor is not None
    return actor


def cast_birth(n: int) -> date:
    """When they were born, each on a day of their own."""
    return people_in_it.BORN["kari"] + timedelta(days=n)


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """Do all of these at the same time; how each went, as the class of its refusal or ``done``."""
    with rounds() as together:
        return together(*jobs)


@contextmanager
def rounds() -> Iterator[Callable[..., list[str]]]:
    """``at_once``, as often as one likes: whoever comes again has a connection that has all plans,
    which take longer to make than most of what is done.
    """
    used: list[BaseDatabaseWrapper] = []

    def run(gate: Barrier, job: Callable[[], object]) -> str:
        used.append(connections["default"])
        try:
            gate.wait(timeout=30)
            job()
        except DialogError as refusal:
            return type(refusal).__name__
        return "done"

    def together(*jobs: Callable[[], object]) -> list[str]:
        return list(pool.map(partial(run, Barrier(len(jobs))), jobs))

    try:
        with ThreadPoolExecutor(CROWD) as pool:
            yield together
    finally:
        for connection in used:
            connection.inc_thread_sharing()  # its own thread has ended
            connection.close()


class Counter:
    """Where times are taken. While it is closed, whoever has found one free stands and waits."""

    def __init__(self, attendant: "psycopg.Connection[tuple[int]]") -> None:
        self._attendant = attendant

    def waits_for(self, many: int, or_until: Callable[[], bool] = lambda: False) -> None:
        """Let time pass until so many of the database's callers wait, or something else is so."""
        deadline = time.monotonic() + PATIENCE
        while not or_until():
            self._attendant.execute("SELECT pg_stat_clear_snapshot()")
            ((waiting,),) = self._attendant.execute(WAITING).fetchall()
            if waiting >= many:
                return
            assert time.monotonic() < deadline, f"only {waiting} came"
            time.sleep(0.01)


@contextmanager
def closed_counter() -> Iterator[Counter]:
    """Nobody gets a time until this is over; then all who wait want theirs at the same moment.

    Without it a fast machine might serve one after another, and there would be no race.
    """
    with psycopg.connect(own_database()) as attendant:
        attendant.execute("LOCK TABLE appointments_appointment IN SHARE MODE")
        yield Counter(attendant)


def own_database() -> str:
    """Where the test's database is, to be looked at as a superuser."""
    return SERVER.url(database=connections["default"].settings_dict["NAME"])


def counts() -> dict[str, int]:
    """Everything there is, as a superuser sees it."""
    tables = [one._meta.db_table for one in (Appointment, Conversation, Message, Entry, Delivery)]
    with psycopg.connect(own_database()) as admin:
        return {
            table: admin.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }


def overlaps() -> int:
    """How many pairs of appointments are at the same time with the same practitioner."""
    with psycopg.connect(own_database()) as admin:
        return admin.execute(
            "SELECT count(*) FROM appointments_appointment AS a JOIN appointments_appointment AS b "
            "ON a.practitioner_id = b.practitioner_id AND a.id < b.id AND a.period && b.period "
            "WHERE a.status = ANY (%s) AND b.status = ANY (%s)",
            [list(OCCUPYING), list(OCCUPYING)],
        ).fetchone()[0]


def without_constraints() -> None:
    """Take away what decides who has a time; only for this test's database."""
    with psycopg.connect(own_database(), autocommit=True) as admin:
        admin.execute("DROP INDEX appointment_slot_taken")
        admin.execute(
            "ALTER TABLE appointments_appointment DROP CONSTRAINT appointment_practitioner_busy"
        )


def take(by: Actor, slot: Any) -> Callable[[], object]:
    """Somebody's wish for a time."""
    return lambda: actions.book_slot(by=by, slot_id=slot.id, text="Vondt i kneet")
