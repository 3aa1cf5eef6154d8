"""Statements written by hand, for what every request asks.

Composing such a statement through the ORM takes longer than the database takes to answer it. Row
security holds for these as for all others; everything less often asked goes through the ORM.
"""

from typing import Any

from django.db import connection


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Every row, as tuples in the order the statement names its columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def ask_one(statement: str, *values: Any) -> tuple[Any, ...] | None:
    """The first row, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def tell(statement: str, *values: Any) -> int:
    """Change rows; how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


__all__ = ["ask", "ask_one", "tell"]
