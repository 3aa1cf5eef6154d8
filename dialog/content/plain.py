"""Encrypts what was written before content was encrypted; for migrations, as the tables' owner."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from dialog.content.keys import Owner, key_of
from dialog.content.many import keys_of
from dialog.content.stored import sealed
from dialog.statements import ask, tell

AT_A_TIME = 500
PLAIN = b"\x00"


@dataclass(frozen=True, slots=True)
class Table:
    """Where plain content may be. ``owner`` and ``practice`` are expressions of a row, ``one``;
    ``bound`` is the column with the uuid that it is bound to.
    """

    name: str
    columns: Sequence[str]
    owner: str
    practice: str = "NULL::bigint"
    key: str = "id"
    bound: str = ""


@contextmanager
def open_to_their_owner(names: Sequence[str]) -> Iterator[None]:
    """Row security and triggers stand aside for what is done to these tables."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")


def encrypt(table: Table) -> int:
    """Encrypt all that is plain in a table; how many rows."""
    done, last = 0, None
    while rows := _batch(table, last):
        _seal(table, rows)
        done, last = done + len(rows), rows[-1][0]
    return done


def _batch(table: Table, last: Any) -> list[tuple[Any, ...]]:
    plain = " OR ".join(
        f"(substring(one.{column} FROM 1 FOR 1) = '\\x00' AND octet_length(one.{column}) > 1)"
        for column in table.columns
    )
    further = "" if last is None else f"AND one.{table.key} > %s"
    bound = f"one.{table.bound}" if table.bound else "NULL::uuid"
    asked = ", ".join(f"one.{name}" for name in table.columns)
    return ask(
        f"SELECT one.{table.key}, {table.owner}, {table.practice}, {bound}, {asked} "  # noqa: S608 - ours
        f"FROM {table.name} AS one WHERE ({plain}) {further} ORDER BY one.{table.key} "
        f"LIMIT {AT_A_TIME}",
        *(() if last is None else (last,)),
    )


def _seal(table: Table, rows: list[tuple[Any, ...]]) -> None:
    owners = [Owner(row[1], _always(row[2])) for row in rows]
    keys_of(owners)
    sets = ", ".join(f"{column} = %s" for column in table.columns)
    update = f"UPDATE {table.name} SET {sets} WHERE {table.key} = %s"  # noqa: S608 - ours
    for owner, (id, _owner, _practice, bound, *values) in zip(owners, rows, strict=True):
        named = zip(table.columns, values, strict=True)
        tell(update, *(_sealed(table, name, value, owner, bound) for name, value in named), id)


def _always(practice: int | None) -> Callable[[], int | None]:
    return lambda: practice


def _sealed(table: Table, column: str, value: Any, owner: Owner, bound: UUID | None) -> Any:
    if value is None or bytes(value)[:1] != PLAIN:
        return value
    place = f"{table.name}.{column}".encode() + (bound.bytes if bound else b"")
    return sealed(bytes(value)[1:], key_of(owner), place)
