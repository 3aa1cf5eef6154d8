"""Crowds in a database where what they do is committed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import psycopg
import pytest
from django.db import connection

from dialog import rows
from dialog.actor import Actor
from dialog.adapters import database_roles as roles
from dialog.demo.cast import Cast
from tests import memory
from tests.appointments.crowds import CROWD, SCORE, registered
from tests.appointments.people_and_times import workday
from tests.database import connected_to, drop


class Crowded(NamedTuple):
    """A database with the cast and a crowd in it, and who they are in every copy of it."""

    name: str
    people: list[Actor]


@pytest.fixture(scope="session")
def crowded(
    server: psycopg.Connection,
    empty_database: str,
    people_of_the_cast: Cast,
    django_db_blocker: Any,
) -> Iterator[Crowded]:
    """Forty more patients on Dr Lund's list. They come as anybody comes, by six actions each, so
    they come once, and each race has a copy.
    """
    with (
        django_db_blocker.unblock(),
        _copied(server, f"own_crowded_{os.getpid()}", empty_database) as name,
    ):
        with connected_to(name, roles.OWNER), rows.seeing(scope="setup"):
            people = [registered(people_of_the_cast, n) for n in range(CROWD)]
        yield Crowded(name, people)


@pytest.fixture
def own_database(
    server: psycopg.Connection, crowded: Crowded, django_db_blocker: Any
) -> Iterator[str]:
    """A database of the test's own, as elsewhere; the crowd is in it."""
    with (
        django_db_blocker.unblock(),
        _copied(server, f"own_{os.getpid()}", crowded.name) as name,
        connected_to(name),
    ):
        yield name


@contextmanager
def _copied(server: psycopg.Connection, name: str, template: str) -> Iterator[str]:
    drop(server, name)
    memory.copy(server, name, template)
    yield name
    drop(server, name)


@pytest.fixture
def everybody(own_database: str, people_of_the_cast: Cast) -> Cast:
    """The cast in a database where transactions commit."""
    return people_of_the_cast


@pytest.fixture
def crowd(own_database: str, crowded: Crowded) -> list[Actor]:
    """A score more patients on Dr Lund's list."""
    return crowded.people[:SCORE]


@pytest.fixture
def large_crowd(own_database: str, crowded: Crowded) -> list[Actor]:
    """Forty of them."""
    return crowded.people


@pytest.fixture
def as_owner(own_database: str) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Do something in the owner's role, with commits."""

    def do(what: Callable[[], Any]) -> Any:
        with rows.seeing(scope="setup"), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE dialog_owner")
            return what()

    yield do


@pytest.fixture
def last() -> date:
    """The last day of somebody who has times on it, and after."""
    return workday(4)
