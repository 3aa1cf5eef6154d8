"""Brings the tables up to date: Django's migrations, with less drawing than its command does.

Django draws a picture of all tables, as models, and draws it anew for each table that is made: on
an empty database that takes most of the time. The command draws it twice more for those who listen
for its signals, also when there is nothing to do. Nobody here listens.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from dialog.cli.surroundings import Refusal


def bring_up_to_date() -> None:
    """Apply what has not been applied."""
    executor = MigrationExecutor(connection)
    refuse_half_of_what_was_folded(executor.loader)
    executor.loader.check_consistent_history(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    for migration, _ in plan:
        migration.operations = list(drawn_once(migration.operations))  # type: ignore[misc]  # its own
    executor.migrate(targets, plan)


class CreateModels(Operation):
    """Tables that are made one after the other, from one picture of them all."""

    def __init__(self, tables: Iterable[Operation]) -> None:
        """Of operations that each make one."""
        self.tables = list(tables)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The picture is put away, and drawn when it is looked at."""
        vars(state).pop("apps", None)
        for one in self.tables:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Each as it would have been by itself: no table's columns depend on those made after."""
        for one in self.tables:
            one.database_forwards(app_label, schema_editor, from_state, to_state)


def drawn_once(operations: Iterable[Operation]) -> Iterator[Operation]:
    """The same operations, those in a row that make tables as one."""
    for make_tables, row in groupby(operations, lambda one: isinstance(one, CreateModel)):
        if make_tables:
            yield CreateModels(row)
        else:
            yield from row


def refuse_half_of_what_was_folded(loader: MigrationLoader) -> None:
    """Refuse a database that stopped somewhere in the history before the first release.

    Each migration that was folded from that history names the one it goes as far as. A database
    that knows the history either has all of them or is between two versions that are no more.
    """
    folded = {key: one.replaces for key, one in loader.disk_migrations.items() if one.replaces}
    ends = {end for replaced in folded.values() for end in replaced}
    known = loader.disk_migrations.keys() | ends
    of_then = {key for key in loader.applied_migrations if key not in known}
    behind = sorted({app for app, _ in folded.keys() - loader.applied_migrations.keys()})
    if of_then and behind:
        raise Refusal(
            "This database is of a version from before the first release, and not of the last one "
            f"(its tables are behind in: {', '.join(behind)}). Nothing was changed. Bring it up to "
            "that version first, as docs/running.md tells under Upgrading; or, if there is nothing "
            "in it to keep, set DATA_DIR to another folder, or DATABASE_URL to an empty database."
        )
