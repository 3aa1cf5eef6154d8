"""Takes encryption and audit out of a process, before any room is loaded."""

from typing import Any

from django.apps import AppConfig

from bench import PLAIN
from dialog import content
from dialog.content import fields, statements


class WithoutGuards(AppConfig):
    """Loaded first: statements by hand are composed when their rooms are."""

    name = "bench.without_guards"

    def ready(self) -> None:
        """Facts are written nowhere; everybody who knows ``record`` has it by now."""
        from dialog.ledger import actions

        actions.record.__code__ = nothing.__code__


def nothing(*_args: Any, **_named: Any) -> None:
    """What is recorded then."""


def pre_save(self: Any, instance: Any, add: bool) -> Any:
    """Content as it is, with one byte in front."""
    value = getattr(instance, self.attname)
    if value is None:
        return None
    return fields.Sealed(PLAIN + (value.encode() if isinstance(value, str) else bytes(value)))


for encrypted in (fields.ContentField, fields.ContentBytes):
    encrypted.pre_save = pre_save  # type: ignore[method-assign]
    encrypted.select_format = lambda self, compiler, sql, params: (sql, params)  # type: ignore[method-assign]
    encrypted.opened = lambda self, value: bytes(value)[1:]  # type: ignore[method-assign]
content.opening = statements.opening = lambda column, row=None: column
statements.opened = lambda given, place: given[1:]
