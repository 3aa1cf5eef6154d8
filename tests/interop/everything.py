"""All that is in the database, to see what a message has changed and what it has not."""

from django.apps import apps

from dialog.statements import ask

# What is written down of every message, whatever becomes of it.
OF_ITSELF = {"interop_transmission", "interop_wire", "ledger_entry", "ledger_delivery"}

SUM = """
SELECT '{table}', count(*)::text || ' ' || coalesce(sum(hashtextextended(row::text, 0)), 0)
FROM "{table}" AS row WHERE {which}
"""


def everything(*, practice: int | None = None) -> dict[str, str]:
    """A sum of every table of ours but those of the messages; or of one practice's rows (in the
    role of ``postgres``).
    """
    sums = []
    for model in apps.get_models():
        table, columns = model._meta.db_table, {one.column for one in model._meta.concrete_fields}
        if not model.__module__.startswith("dialog."):
            continue
        if practice is None and table not in OF_ITSELF:
            sums.append(SUM.format(table=table, which="true"))
        elif practice is not None and "practice_id" in columns:
            sums.append(SUM.format(table=table, which=f"practice_id = {practice}"))
    return dict(ask(" UNION ALL ".join(sums)))
