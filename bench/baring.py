"""Takes the guards off a database: nothing in it is encrypted, and row security is off.

``python -m bench.baring`` is started by ``bench.price`` as the one who rules over the database.
"""

import gc
import sys

import django

gc.disable()  # while all is loaded (``settle_in``)
django.setup()

from django.apps import apps  # noqa: E402 - the settings must be read first
from django.db import connection, models  # noqa: E402

from bench import PLAIN  # noqa: E402
from dialog.adapters.processes import settle_in  # noqa: E402
from dialog.content import ContentBytes, ContentField  # noqa: E402


def main() -> int:
    """Every table with content, then all policies."""
    settle_in()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no trigger
        for model in apps.get_models():
            decrypt(model)
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        cursor.execute("VACUUM ANALYZE")
    return 0


def decrypt(model: type[models.Model]) -> None:
    """All columns of content in a table."""
    encrypted = (ContentField, ContentBytes)
    names = [one.attname for one in model._meta.concrete_fields if isinstance(one, encrypted)]
    if not names:
        return
    table, key = model._meta.db_table, model._meta.pk.column
    sets = ", ".join(f'"{name}" = %s' for name in names)
    rows = model._default_manager.values_list("pk", *names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE {table} SET {sets} WHERE "{key}" = %s',  # noqa: S608 - our own columns
            [(*map(plain, values), pk) for pk, *values in rows],
        )


def plain(value: str | bytes | None) -> bytes | None:
    """As ``bench.without_guards`` keeps it."""
    if value is None:
        return None
    return PLAIN + (value.encode() if isinstance(value, str) else bytes(value))


if __name__ == "__main__":
    sys.exit(main())
