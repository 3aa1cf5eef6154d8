"""Plans are kept through a savepoint that is given up, and savepoints do what they say."""

import pytest
from django.db import OperationalError, connection, transaction

from dialog import rows
from dialog.demo.cast import Cast
from dialog.statements import ask

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
