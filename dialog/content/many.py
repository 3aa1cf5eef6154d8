"""The keys of many owners in a few statements, for whoever writes rows in bulk."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from dialog.content.keys import Owner, remembered, wrapping_name, wrapping_of
from dialog.content.ports import cipher
from dialog.content.stored import Key, data_key, wrap, wrapping_key
from dialog.statements import ask, tell

MAKE = """
INSERT INTO content_datakey (id, owner, wrapped_by_id, wrapped, made_at)
SELECT new.id, new.owner, new.wrapping, new.wrapped, now()
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %b::bytea[]) AS new (id, owner, wrapping, wrapped)
ON CONFLICT (owner) DO NOTHING
"""
FIND = """
SELECT d.owner, d.id, d.wrapped, w.id, w.wrapped FROM content_datakey d
JOIN content_wrappingkey w ON w.id = d.wrapped_by_id WHERE d.owner = ANY (%s)
"""


def keys_of(owners: Iterable[Owner]) -> None:
    """Find or make these keys, so that rows written in this transaction need not ask for them."""
    asked = {one.name: one for one in owners}
    known = _found(list(asked))
    missing = [one for name, one in asked.items() if name not in known]
    if missing:
        wrapping = {name: wrapping_of(name) for name in {wrapping_name(one) for one in missing}}
        made = [_made(*wrapping[wrapping_name(one)]) for one in missing]
        names = [one.name for one in missing]
        tell(
            MAKE,
            [one[0] for one in made],
            names,
            [one[1] for one in made],
            [one[2] for one in made],
        )
        known |= _found(names)
    remembered().update(known)


def _found(names: list[str]) -> dict[str, Key]:
    return {
        owner: data_key(wrapping_id.bytes, bytes(outer), id.bytes, bytes(wrapped))
        for owner, id, wrapped, wrapping_id, outer in ask(FIND, names)
    }


def _made(wrapping_id: UUID, outer: bytes) -> tuple[UUID, UUID, bytes]:
    key = Key(uuid4().bytes, cipher().new_key())
    return UUID(bytes=key.id), wrapping_id, wrap(wrapping_key(wrapping_id.bytes, outer), key)
