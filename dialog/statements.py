"""Statements written by hand, for what every request asks.

Composing such a statement through the ORM takes longer than the database takes to answer it. Row
security holds for these as for all others; everything less often asked goes through the ORM.

A list of bytes has the place ``%b``: a list is written out in letters otherwise, and a message of
fifty megabytes is then a hundred, written and read again several times on its way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import AutoField, Field, Model

M = TypeVar("M", bound=Model)
T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """What has one value for an answer, so that it can be asked along with the questions of other
    rooms: a page that counts in six rooms goes to the database once.

    ``statement`` selects one column of one row at most; ``read`` is given its value, or None.
    """

    statement: str
    values: Sequence[Any]
    read: Callable[[Any], T]

    def answer(self) -> T:
        """Asked alone."""
        (found,) = answers(self)
        return found  # type: ignore[no-any-return]  # what ``read`` gave


def known(value: T) -> Question[T]:
    """A question nobody need ask, for whoever must ask something."""
    return Question("SELECT NULL", (), lambda _nothing: value)


def answers(*questions: Question[Any]) -> tuple[Any, ...]:
    """The answer to each, in their order, by one statement."""
    together = f"SELECT {', '.join(f'({one.statement})' for one in questions)}"
    found = ask_one(together, *chain.from_iterable(one.values for one in questions)) or ()
    return tuple(one.read(value) for one, value in zip(questions, found, strict=True))


def tell(statement: str, *values: Any) -> int:
    """Change rows; how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def columns(model: type[Model], alias: str) -> str:
    """The columns of a model, to name in a statement; ``made`` makes its rows of them."""
    named = ((field, f'{alias}."{field.column}"') for field in model._meta.concrete_fields)
    return ", ".join(_selected(field, name) for field, name in named)


def _selected(field: Any, name: str) -> str:
    """What a column is asked for by: content comes with its keys."""
    return str(field.select_format(None, name, ())[0])


def width(model: type[Model]) -> int:
    """How many columns that is."""
    return len(model._meta.concrete_fields)


def made(model: type[M], values: Sequence[Any]) -> M:
    """A row of a model, as the ORM would have made it, from its ``columns``."""
    names, converted = _reading(model)
    found = list(values)
    for place, field in converted:
        found[place] = field.from_db_value(found[place], None, connection)
    return model.from_db(connection.alias, names, found)


def found(model: type[M], *along: str, where: str, values: Sequence[Any]) -> list[M]:
    """Rows of a model, called ``own``, each with what its fields ``along`` point to: what
    ``select_related`` finds, composed once.
    """
    selected, several = _along(model, along)
    rows = []
    for row in ask(f"{selected} WHERE {where}", *values):
        place = width(model)
        one = made(model, row[:place])
        for field in several:
            other: type[Model] = field.related_model
            key = place + other._meta.concrete_fields.index(other._meta.pk)
            beside = row[place : place + width(other)]
            field.set_cached_value(one, None if row[key] is None else made(other, beside))
            place += width(other)
        rows.append(one)
    return rows


@cache
def _along(model: type[Model], along: tuple[str, ...]) -> tuple[str, Sequence[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in along]
    told = [columns(model, "own"), *(columns(one.related_model, one.name) for one in fields)]
    source = " ".join([f'"{model._meta.db_table}" AS own', *map(_joined, fields)])
    return f"SELECT {', '.join(told)} FROM {source}", fields  # noqa: S608 - our own columns


def _joined(field: Any) -> str:
    """What a row must have is looked for as the ORM does: where it is not seen, nor is the row."""
    other, how = field.related_model._meta, "LEFT" if field.null else "INNER"
    key = f'"{field.name}"."{other.pk.column}"'
    return f'{how} JOIN "{other.db_table}" AS "{field.name}" ON {key} = own."{field.column}"'


@cache
def _reading(model: type[Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    fields = model._meta.concrete_fields
    converted = [
        (place, field) for place, field in enumerate(fields) if hasattr(field, "from_db_value")
    ]
    return [field.attname for field in fields], converted


def keep(one: M) -> M:
    """Keep a new row: ``save(force_insert=True)``, composed once for each model."""
    how = _keeping(type(one))
    values = [field.get_db_prep_save(field.pre_save(one, True), connection) for field in how.given]
    with connection.cursor() as cursor:
        cursor.execute(how.statement, values)
        if how.told:
            for field, value in zip(how.told, cursor.fetchone(), strict=True):
                setattr(one, field.attname, value)
    one._state.adding, one._state.db = False, connection.alias
    return one


def change(one: Model, *names: str) -> None:
    """Keep what has changed in a row, all of it when nothing is named: ``save(update_fields=)``,
    composed once for each set of names.
    """
    statement, fields = _changing(type(one), names)
    values = [field.get_db_prep_save(field.pre_save(one, False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, one.pk])


@cache
def _changing(model: type[Model], names: tuple[str, ...]) -> tuple[str, Sequence[Any]]:
    known = {one.name: one for one in model._meta.concrete_fields}
    rest = [one for one in known.values() if not (one.generated or one.primary_key)]
    fields = [known[name] for name in names] or rest
    told = ", ".join(f'"{field.column}" = {_place(field)}' for field in fields)
    key = model._meta.pk.column
    statement = f'UPDATE "{model._meta.db_table}" SET {told} WHERE "{key}" = %s'  # noqa: S608 - our own columns
    return statement, fields


class _Keeping(NamedTuple):
    statement: str
    given: Sequence["Field[Any, Any]"]
    told: Sequence["Field[Any, Any]"]


@cache
def _keeping(model: type[Model]) -> _Keeping:
    told = [
        one for one in model._meta.concrete_fields if one.generated or isinstance(one, AutoField)
    ]
    given = [one for one in model._meta.concrete_fields if one not in told]
    names = ", ".join(f'"{one.column}"' for one in given)
    places = ", ".join(_place(one) for one in given)
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'  # noqa: S608 - our own columns
    if told:
        statement += " RETURNING " + ", ".join(f'"{one.column}"' for one in told)
    return _Keeping(statement, given, told)


def _place(field: Any) -> str:
    if hasattr(field, "get_placeholder"):
        return str(field.get_placeholder(None, None, connection))
    return "%s"


__all__ = [
    "Question",
    "answers",
    "ask",
    "ask_one",
    "change",
    "columns",
    "found",
    "keep",
    "known",
    "made",
    "tell",
    "width",
]
