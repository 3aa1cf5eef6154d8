"""Crowds in a database where what they do is committed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from dialog import rows
from dialog.actor import Actor
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast
from tests.appointments.crowds import CROWD, SCORE, registered


@pytest.fixture
def everybody(own_database: str) -> Cast:
    """The cast in a database where transactions commit."""
    return people_in_it.find()


@pytest.fixture
def crowd(everybody: Cast, as_owner: Any) -> list[Actor]:
    """A score more patients on Dr Lund's list."""
    return as_owner(lambda: [registered(everybody, n) for n in range(SCORE)])


@pytest.fixture
def large_crowd(everybody: Cast, as_owner: Any) -> list[Actor]:
    """Forty of them."""
    return as_owner(lambda: [registered(everybody, n) for n in range(CROWD)])


@pytest.fixture
def as_owner(own_database: str) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Do something in the owner's role, with commits."""

    def do(what: Callable[[], Any]) -> Any:
        with rows.seeing(scope="setup"), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE dialog_owner")
            return what()

    yield do
