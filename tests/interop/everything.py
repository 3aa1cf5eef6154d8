"""All that is in the database, to see what a message has changed and what it has not."""

import hashlib

from django.apps import apps
from django.db import connection

# What is written down of every message, whatever becomes of it.
OF_ITSELF = {"interop_transmission", "interop_wire", "ledger_entry", "ledger_delivery"}


def everything(*, practice: int | None = None) -> dict[str, str]:
    """A sum of every table of ours but those of the messages; or of one practice's rows (in the
    role of ``postgres``).
    """
    found = {}
    for model in apps.get_models():
        table, columns = model._meta.db_table, {one.column for one in model._meta.concrete_fields}
        if not model.__module__.startswith("dialog."):
            continue
        if practice is None and table not in OF_ITSELF:
            found[table] = _sum(table, "true")
        elif practice is not None and "practice_id" in columns:
            found[table] = _sum(table, f"practice_id = {practice}")
    return found


def _sum(table: str, which: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT row::text FROM "{table}" AS row WHERE {which} ORDER BY 1')  # noqa: S608 - our own names
        rows = cursor.fetchall()
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"
