"""The two columns for what people write; the rooms see text and bytes, the database neither."""

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from dialog.content.keys import THE_PLATFORM, Owner, key_of
from dialog.content.statements import opening
from dialog.content.stored import EMPTY, opened, sealed

if TYPE_CHECKING:
    TextColumn = models.Field[str, str]
    BytesColumn = models.Field[bytes, bytes]
else:
    TextColumn = BytesColumn = models.Field


class Sealed(bytes):
    """What goes into a column as it is."""


class _Encrypted:
    """What both columns do: a row is written with the key of what it hangs on, and read with the
    keys its statement brings along.
    """

    attname: str
    name: str
    model: type[models.Model]

    def db_type(self, connection: Any) -> str:
        """Bytes, whatever the key."""
        return "bytea"

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """What this row's column is to hold."""
        value = getattr(instance, self.attname)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        data = value.encode() if isinstance(value, str) else bytes(value)
        if not data:
            return Sealed(EMPTY)
        place = self.place() + row_of(instance)
        return Sealed(sealed(data, key_of(owner_of(instance)), place))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """What has been sealed; a value alone does not say whose key it is to be sealed with."""
        if isinstance(value, Sealed):
            return bytes(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if len(value) == 0:
            return EMPTY
        raise TypeError(
            f"{self.model.__name__}.{self.name} is encrypted: write it by saving the row, and look "
            "for rows by something else."
        )

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """The column with its keys. What a subquery gives has them already."""
        table, dot, column = sql.rpartition(".")
        if not dot or not column.startswith('"') or table.endswith(")"):
            return sql, params
        bound = bound_to(self.model)
        return opening(sql, f'{table}."{bound.column}"' if bound else None), params

    def place(self) -> bytes:
        """Its table and column, which what it holds is bound to."""
        return f"{self.model._meta.db_table}.{self.attname}".encode()

    def opened(self, value: Any) -> bytes:
        """What a statement gave, as it was written."""
        return opened(bytes(value), self.place())


class ContentField(_Encrypted, TextColumn):
    """Free text written by a person."""

    description = "Free text written by a person"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """The text."""
        return None if value is None else self.opened(value).decode()


class ContentBytes(_Encrypted, BytesColumn):
    """What somebody wrote, as a message that is kept byte for byte."""

    description = "A message kept byte for byte"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        """The bytes."""
        return None if value is None else self.opened(value)


def owner_of(instance: models.Model) -> Owner:
    """Whose key a row is written with: what it says itself, else the conversation it hangs on, else
    the practice, else the platform.
    """
    said = getattr(instance, "content_owner", None)
    if said is not None:
        owner: Owner = said()
        return owner
    names = _names(type(instance))
    if "conversation" in names:
        return Owner.of_conversation(
            _value(instance, "conversation_id"),
            lambda: int(_value(_value(instance, "conversation"), "practice_id")),
        )
    if "practice" in names:
        return Owner.of_practice(_value(instance, "practice_id"))
    return THE_PLATFORM


def row_of(instance: models.Model) -> bytes:
    """The id that what a row holds is bound to, so that it means nothing in another row."""
    bound = bound_to(type(instance))
    if bound is None:
        return b""
    key: UUID = getattr(instance, bound.attname)
    return key.bytes


@cache
def bound_to(model: type[models.Model]) -> Any:
    """The column with a row's uuid, which is known before it is written; None when it has none."""
    key: Any = model._meta.pk
    while isinstance(key, models.ForeignKey):
        key = key.target_field
    if isinstance(key, models.UUIDField):
        return model._meta.pk
    return next((one for one in model._meta.concrete_fields if one.name == "uuid"), None)


@cache
def _names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(one.name for one in model._meta.concrete_fields)


def _value(instance: Any, name: str) -> Any:
    return getattr(instance, name)
