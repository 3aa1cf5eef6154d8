"""A crowd at the same moment: who they are, what they do at once, and what is there afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import psycopg
from django.db import connections

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
    (list_id,) = (
        one.list_id
        for one in (lists.list_by_id(each) for each in cast.lund.list_ids)
        if one.practitioner_id is not None
    )
    people.assign_gp(by=PLATFORM, patient_id=patient.id, list_id=list_id)
    actor = lists.patient_actor(account.id)
    assert actor is not None
    return actor


def cast_birth(n: int) -> date:
    """When they were born, each on a day of their own."""
    return people_in_it.BORN["kari"] + timedelta(days=n)


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """Do all of these at the same time; how each went, as the class of its refusal or ``done``."""
    gate = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> str:
        try:
            gate.wait(timeout=30)
            job()
        except DialogError as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def counts() -> dict[str, int]:
    """Everything there is, as a superuser sees it."""
    name = connections["default"].settings_dict["NAME"]
    tables = [one._meta.db_table for one in (Appointment, Conversation, Message, Entry, Delivery)]
    with psycopg.connect(SERVER.url(database=name)) as admin:
        return {
            table: admin.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }


def overlaps() -> int:
    """How many pairs of appointments are at the same time with the same practitioner."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(SERVER.url(database=name)) as admin:
        return admin.execute(
            "SELECT count(*) FROM appointments_appointment AS a JOIN appointments_appointment AS b "
            "ON a.practitioner_id = b.practitioner_id AND a.id < b.id AND a.period && b.period "
            "WHERE a.status = ANY (%s) AND b.status = ANY (%s)",
            [list(OCCUPYING), list(OCCUPYING)],
        ).fetchone()[0]


def take(by: Actor, slot: Any) -> Callable[[], object]:
    """Somebody's wish for a time."""
    return lambda: actions.book_slot(by=by, slot_id=slot.id, text="Vondt i kneet")
