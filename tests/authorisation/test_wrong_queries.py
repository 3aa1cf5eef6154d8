"""Asking wrongly for all there is: what an office's people write is not read from another office.

The tables are those of the models that hold what people write, so a new one is tried by itself.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from dialog import rows
from dialog.content.fields import ContentBytes, ContentField
from dialog.demo.cast import Cast
from tests.authorisation.world import everything

# Where the world of the matrix has nothing written: that these are walled is tested, not tried.
NOTHING_WRITTEN = {
    "people_gpchange",
    "people_registeranswer",
    "conversations_rightsrequest",
    "conversations_correction",
    "conversations_task",
    "appointments_scheduleexception",
    "appointments_calendarimport",
    "econsultations_carecard",
    "interop_wire",
}


def with_content() -> list[type[models.Model]]:
    """Every model that holds what people write."""
    return [
        model
        for model in apps.get_models()
        if any(isinstance(one, ContentField | ContentBytes) for one in model._meta.concrete_fields)
    ]


def keys_in(table: str) -> set[Any]:
    """Every row of a table, by a query that names nobody."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT ctid::text FROM "{table}"')  # noqa: S608  # a name of ours
        return {key for (key,) in cursor.fetchall()}


def test_every_table_with_content_is_behind_the_wall_for_its_owner_too(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relnamespace = 'public'::regnamespace"
        )
        secured = {name for (name,) in cursor.fetchall()}

    assert {model._meta.db_table for model in with_content()} - secured == set()


@pytest.fixture
def of_storgata(cast: Cast) -> dict[str, set[Any]]:
    """Kari and her office have written one of everything: the rows the office reads, by table."""
    everything(cast)
    return read_by(account=cast.lund.account_id, practice=cast.lund.practice_id)


def read_by(**view: int | None) -> dict[str, set[Any]]:
    """What is read in each table by those who see these rows."""
    with rows.seeing(**view):  # type: ignore[arg-type]  # the scope is no number, nor given here
        return {model._meta.db_table: keys_in(model._meta.db_table) for model in with_content()}


def test_the_office_itself_reads_something_in_all_others(of_storgata: dict[str, set[Any]]) -> None:
    """Or what follows would hold in an empty table; a new one is filled in the world, or named."""
    assert {table for table, found in of_storgata.items() if not found} == NOTHING_WRITTEN


def test_a_wrong_query_at_another_office_reads_nothing_of_it(
    of_storgata: dict[str, set[Any]], cast: Cast
) -> None:
    read = read_by(account=cast.berg.account_id, practice=cast.berg.practice_id)

    assert {table for table, found in read.items() if found & of_storgata[table]} == set()


def test_nor_does_a_patient_of_another_office(of_storgata: dict[str, set[Any]], cast: Cast) -> None:
    read = read_by(account=cast.bjarne.account_id, patient=cast.bjarne.patient_id)

    assert {table for table, found in read.items() if found & of_storgata[table]} == set()
