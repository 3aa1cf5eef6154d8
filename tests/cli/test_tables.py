"""Bringing the tables up to date, and the databases from before their history was folded."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from dialog.cli import tables
from dialog.cli.surroundings import Refusal

APPLIED = MigrationRecorder.Migration.objects
EARLIER = [("people", "0001_initial"), ("people", "0002_row_security"), ("ledger", "0002_initial")]


@pytest.fixture(autouse=True)
def as_the_owner(db, as_role):
    with as_role("dialog_owner"):
        yield


def folded():
    return {key: one for key, one in MigrationLoader(None).disk_migrations.items() if one.replaces}


def record(*names):
    for app, name in names:
        APPLIED.create(app=app, name=name)


def forget(*names):
    for app, name in names:
        assert APPLIED.filter(app=app, name=name).delete()[0]


def recorded():
    return set(APPLIED.values_list("app", "name"))


class TestBeforeTheFirstRelease:
    @pytest.fixture
    def at_its_end(self):
        """What a database knows that has all of the history of then, and nothing of now."""
        forget(*folded())
        record(*EARLIER)

    def test_a_database_at_the_end_of_that_history_has_all_its_tables(self, at_its_end):
        tables.bring_up_to_date()

        assert folded().keys() <= recorded()

    def test_one_that_is_not_is_refused_before_anything_is_changed(self, at_its_end):
        forget(("people", "0025_whose_rows_asked_once"))
        before = recorded()

        with pytest.raises(Refusal, match=r"behind in: people\).*docs/running.md"):
            tables.bring_up_to_date()

        assert recorded() == before

    def test_django_by_itself_stops_at_what_is_there(self, at_its_end):
        forget(("people", "0025_whose_rows_asked_once"))
        executor = MigrationExecutor(connection)

        with pytest.raises(ProgrammingError, match="already exists"), transaction.atomic():
            executor.migrate(executor.loader.graph.leaf_nodes())

    def test_one_that_was_interrupted_while_it_was_made_goes_on(self):
        left = {("breaches", "0002_whose_rows"), ("breaches", "0003_days_at_work_count")}
        forget(*left)
        executor = MigrationExecutor(connection)

        tables.refuse_half_of_what_was_folded(executor.loader)

        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        assert [str(one) for one, _ in plan] == ["breaches.0002_whose_rows"]

    def test_each_goes_as_far_as_another(self):
        ends = [end for one in folded().values() for end in one.replaces]

        assert len(ends) == len(set(ends)) == len(folded())
        assert set(ends) <= recorded()


class TestDrawnOnce:
    def statements(self, migration, operations):
        migration.operations = operations
        state = MigrationLoader(None).project_state(("ledger", "0001_roles"))
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            migration.apply(state, editor, collect_sql=True)
        return [one for one in editor.collected_sql if not one.startswith("--")]

    def test_tables_are_made_as_they_would_be_one_by_one(self):
        key = ("content", "0001_tables")
        one_by_one, at_once = (MigrationLoader(None).get_migration(*key) for _ in range(2))

        operations = list(tables.drawn_once(at_once.operations))

        assert len(operations) == 1 < len(one_by_one.operations)
        told = self.statements(one_by_one, one_by_one.operations)
        assert sum("CREATE TABLE" in one for one in told) == len(one_by_one.operations)
        assert self.statements(at_once, operations) == told

    def test_what_makes_no_table_stays_as_it_is_and_where_it_is(self):
        operations = MigrationLoader(None).get_migration("oversight", "0002_whose_rows").operations

        assert list(tables.drawn_once(operations)) == operations
