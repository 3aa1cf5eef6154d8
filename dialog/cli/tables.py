"""Brings the tables up to date: Django's migrations, without what its command does around them.

The command draws Django's whole picture of the tables twice for those who listen for its signals,
also when there is nothing to do. Nobody here listens.
"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from dialog.cli.surroundings import Refusal


def bring_up_to_date() -> None:
    """Apply what has not been applied."""
    executor = MigrationExecutor(connection)
    refuse_half_of_what_was_folded(executor.loader)
    executor.loader.check_consistent_history(connection)
    targets = executor.loader.graph.leaf_nodes()
    executor.migrate(targets)


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
