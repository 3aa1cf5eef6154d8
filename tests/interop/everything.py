"""All that is in the database, to see what a message has changed and what it has not."""

from django.apps import apps
from django.db import connection

# What is written down of every message, whatever becomes of it.
OF_ITSELF = {"interop_transmission", "interop_wire", "ledger_entry", "ledger_delivery"}

SUM = """
SELECT count(*), md5(string_agg(row::text, chr(10) ORDER BY row::text)) FROM "{table}" AS row
WHERE {which}
"""


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
        cursor.execute(SUM.format(table=table, which=which))
        rows, summed = cursor.fetchone()
    return f"{rows} {summed}"
