"""Plans are kept through what is given up, and giving up does what it says."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, transaction

from dialog import rows
from dialog.demo.cast import Cast
from dialog.people.models import Account
from dialog.statements import ask
from dialog.working_days import OSLO

PREPARED = "SELECT statement FROM pg_prepared_statements WHERE statement = %s"
OFTEN = "SELECT id FROM people_patient WHERE id = $1"


def prepared() -> bool:
    return bool(ask(PREPARED, OFTEN))


def test_a_refusal_leaves_the_plans_where_they_are(cast: Cast) -> None:
    with rows.seeing(patient=cast.kari.patient):
        for _time in range(5):
            ask(OFTEN.replace("$1", "%s"), cast.kari.patient)
        assert prepared()

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError

        assert prepared()


def test_what_was_done_before_a_refusal_is_undone_and_no_more(cast: Cast) -> None:
    with rows.seeing(patient=cast.kari.patient):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            connection.cursor().execute("SELECT set_config('dialog.scope', 'door', true)")
            raise ZeroDivisionError

        with transaction.atomic():
            connection.cursor().execute("SELECT set_config('dialog.scope', 'kept', true)")

        assert ask("SELECT current_setting('dialog.scope')") == [("kept",)]


def test_a_savepoint_that_is_not_there_is_an_error(db: None) -> None:
    with pytest.raises(OperationalError, match="no_such"), transaction.atomic():
        connection.savepoint_rollback("no_such")


def test_a_transaction_given_up_leaves_the_plans_where_they_are(own_database: str) -> None:
    for _time in range(5):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ask(OFTEN.replace("$1", "%s"), 0)
            raise ZeroDivisionError

    assert prepared()


def test_a_transaction_given_up_is_undone(own_database: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        connection.cursor().execute("SELECT set_config('dialog.scope', 'door', false)")
        raise ZeroDivisionError

    assert ask("SELECT current_setting('dialog.scope', true)") in ([("",)], [(None,)])


def test_a_transaction_that_failed_can_be_followed_by_another(own_database: str) -> None:
    with pytest.raises(DataError), transaction.atomic():
        ask("SELECT 1 / 0")

    assert ask("SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 7, 1, 12, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=OSLO),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_in_utc(db: None, moment: datetime) -> None:
    [(alone, between)] = ask("SELECT %s::timestamptz, tstzrange(%s, NULL)", moment, moment)

    for found in (alone, between.lower):
        assert (found, found.tzinfo) == (moment, UTC)


def test_many_moments_come_one_by_one_in_utc(cast: Cast) -> None:
    with rows.seeing(account=cast.kari.account_id):
        found = Account.objects.values_list("created_at", flat=True)
        assert [one.tzinfo for one in found.iterator(chunk_size=1)] == [UTC]


def test_a_connection_lost_meanwhile_is_let_go_and_the_next_one_works(
    own_database: str, server: psycopg.Connection
) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        [(mine,)] = ask("SELECT pg_backend_pid()")
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])
        raise ZeroDivisionError

    assert ask("SELECT 1") == [(1,)]


def test_a_connection_closed_meanwhile_has_nothing_to_give_up(own_database: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask("SELECT 1")
        connection.connection.close()
        raise ZeroDivisionError

    assert ask("SELECT 1") == [(1,)]
