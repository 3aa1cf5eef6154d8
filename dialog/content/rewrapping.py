"""Wraps keys anew, a few at a time, while everything runs; as the owner, who alone may."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from dialog.content.keys import make_wrapping
from dialog.content.ports import outside_keys
from dialog.content.stored import data_key, wrap, wrapping_key
from dialog.statements import ask, tell

AT_A_TIME = 500
# Those of an office that is gone are there, and empty.
EVERY = """
SELECT id, wrapped FROM content_wrappingkey WHERE id > %s AND octet_length(wrapped) > 0
ORDER BY id LIMIT %s FOR UPDATE
"""
IN_USE = """
SELECT owner, wrapped FROM content_wrappingkey
WHERE octet_length(wrapped) > 0 AND (retired_at IS NULL OR %s)
"""
OLD = """
SELECT d.id, d.wrapped, old.id, old.wrapped, new.id, new.wrapped FROM content_datakey d
JOIN content_wrappingkey old ON old.id = d.wrapped_by_id AND old.retired_at IS NOT NULL
JOIN content_wrappingkey new ON new.owner = old.owner AND new.retired_at IS NULL
WHERE octet_length(d.wrapped) > 0 ORDER BY d.id LIMIT %s FOR UPDATE OF d
"""
# A transaction that read the key before it was retired may still wrap by it, for a moment.
UNUSED = """
DELETE FROM content_wrappingkey w WHERE retired_at < now() - interval '1 hour'
    AND NOT EXISTS (SELECT 1 FROM content_datakey d WHERE d.wrapped_by_id = w.id)
"""


def wrap_from_outside() -> int:
    """Let the outside key that is in use now wrap every wrapping key; how many were not."""
    done, last = 0, UUID(int=0)
    while True:
        with _setup():
            found = ask(EVERY, last, AT_A_TIME)
            done += sum(_wrapped_anew(id, bytes(wrapped)) for id, wrapped in found)
        if not found:
            return done
        last = found[-1][0]


def names_in_use() -> set[str]:
    """The names of the outside keys that wrap something in the database."""
    with _setup():
        found = ask(IN_USE, True)
    return {outside_keys().wrapped_by(bytes(wrapped)) for _owner, wrapped in found}


def renew_wrapping_keys() -> int:
    """A new wrapping key for every practice and the platform, and every data key wrapped by it; how
    many. What an earlier, interrupted turn left is finished first.
    """
    done = wrap_what_is_left()
    with _setup():
        owners = [owner for owner, _wrapped in ask(IN_USE, False)]
    for owner in owners:
        with _setup():
            tell(
                "UPDATE content_wrappingkey SET retired_at = now() "
                "WHERE owner = %s AND retired_at IS NULL",
                owner,
            )
            make_wrapping(owner)
    return done + wrap_what_is_left()


def wrap_what_is_left() -> int:
    """Wrap by the current key all that an earlier one of the same owner still wraps."""
    done = 0
    while True:
        with _setup():
            found = ask(OLD, AT_A_TIME)
            for one in found:
                _moved(*one)
            done += len(found)
            if not found:
                tell(UNUSED)
                return done


def _wrapped_anew(id: UUID, wrapped: bytes) -> bool:
    outside = outside_keys()
    if outside.wrapped_by(wrapped) == outside.current():
        return False
    bound = b"wrapping " + id.bytes
    anew = outside.wrap(outside.unwrap(wrapped, bound), bound)
    tell("UPDATE content_wrappingkey SET wrapped = %s WHERE id = %s", anew, id)
    return True


def _moved(id: UUID, kept: Any, old: UUID, outer: Any, new: UUID, new_outer: Any) -> None:
    key = data_key(old.bytes, bytes(outer), id.bytes, bytes(kept))
    anew = wrap(wrapping_key(new.bytes, bytes(new_outer)), key)
    tell("UPDATE content_datakey SET wrapped = %s, wrapped_by_id = %s WHERE id = %s", anew, new, id)


@contextmanager
def _setup() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dialog.scope', 'setup', true)")
        yield
