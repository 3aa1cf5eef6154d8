"""Whose key opens what, found or made in the transaction that writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from dialog.content.ports import ContentFault, cipher, outside_keys
from dialog.content.stored import Key, data_key, sealed, wrap, wrapping_key
from dialog.statements import ask, ask_one, tell

PLATFORM: Final = "platform"
TRIES = 3

FIND = """
SELECT d.id, d.wrapped, w.id, w.wrapped FROM content_datakey d
JOIN content_wrappingkey w ON w.id = d.wrapped_by_id WHERE d.owner = %s
"""
FIND_WRAPPING = (
    "SELECT id, wrapped FROM content_wrappingkey WHERE owner = %s AND retired_at IS NULL"
)
# Two who are first at the same time wait for each other here, and both use what the first one made.
# Nothing is made under a wrapping key that is no longer the one, or is wrapped otherwise by now.
MAKE = """
INSERT INTO content_datakey (id, owner, wrapped_by_id, wrapped, made_at)
SELECT %s, %s, w.id, %s, now() FROM content_wrappingkey w
WHERE w.id = %s AND w.retired_at IS NULL AND w.wrapped = %s ON CONFLICT (owner) DO NOTHING
"""
MAKE_WRAPPING = """
INSERT INTO content_wrappingkey (id, owner, wrapped, made_at)
VALUES (%s, %s, %s, now()) ON CONFLICT (owner) WHERE retired_at IS NULL DO NOTHING
"""
# Whoever is about to use it waits, and finds it empty.
LOCK = "SELECT id FROM content_wrappingkey WHERE owner = %s FOR UPDATE"
OTHERS = """
SELECT 1 FROM content_datakey d JOIN content_wrappingkey w ON w.id = d.wrapped_by_id
WHERE w.owner = %s AND d.owner <> %s LIMIT 1
"""
DESTROYED = "SELECT 1 FROM content_datakey WHERE owner = %s AND octet_length(wrapped) = 0"

# Which wrapping key each practice used last, as the database keeps it: wrapped from outside.
_last_used: dict[str, tuple[UUID, bytes]] = {}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose content it is; ``practice`` tells which practice's key wraps the data key, and is asked
    only when there is none yet.
    """

    name: str
    practice: Callable[[], int | None]

    @classmethod
    def of_conversation(cls, id: UUID, practice: Callable[[], int | None]) -> "Owner":
        """One conversation, and all that hangs on it."""
        return cls(f"conversation {id}", practice)

    @classmethod
    def of_practice(cls, id: int) -> "Owner":
        """What a practice has written that is in no conversation."""
        return cls(f"practice {id}", lambda: id)

    @classmethod
    def of_file(cls, blob: UUID) -> "Owner":
        """One file, which may not be in a conversation yet, or be in more than one."""
        return cls(f"file {blob}", lambda: None)


THE_PLATFORM: Final = Owner(PLATFORM, lambda: None)


def key_of(owner: Owner) -> Key:
    """The key of this owner, made if there is none.

    It is remembered until the transaction ends, or anything in it is undone: a key that was made in
    what is undone must not be used again.
    """
    known = remembered()
    key: Key | None = known.get(owner.name)
    if key is None:
        known[owner.name] = key = _found(owner) or _made(owner)
    return key


def begin(owner: Owner) -> None:
    """Make the key of an owner that is new in this transaction, without asking for one."""
    remembered()[owner.name] = _made(owner)


def remembered() -> dict[str, Any]:
    """What has been found or made in this transaction; outside of one nothing is remembered."""
    known: dict[str, Any] = connection.content_keys  # type: ignore[attr-defined]  # of our backend
    return known if connection.in_atomic_block else {}


def seal_for(owner: Owner, data: bytes, place: str) -> bytes:
    """Bytes as a column keeps them that is no ``ContentField``; ``place``: table and column."""
    return sealed(data, key_of(owner), place.encode())


def forget(owner: Owner) -> bool:
    """Destroy the key of this owner: what it encrypted can be read by nobody any more."""
    remembered().pop(owner.name, None)
    return bool(tell("DELETE FROM content_datakey WHERE owner = %s", owner.name))


def destroy_all_of_practice(id: int) -> bool:
    """Destroy the last two keys of a practice, its own and the one that wraps; as the owner. False
    while a matter of it still has a key: nothing is done then.

    The rows stay, empty: nobody makes new ones, and what they encrypted reads as nothing.
    """
    owner = Owner.of_practice(id)
    if is_destroyed(id):
        return True
    key_of(owner)  # one that nobody has needed yet is not made later either
    ask(LOCK, owner.name)
    if ask_one(OTHERS, owner.name, owner.name):
        return False
    tell("UPDATE content_datakey SET wrapped = '' WHERE owner = %s", owner.name)
    tell("UPDATE content_wrappingkey SET wrapped = '' WHERE owner = %s", owner.name)
    remembered().clear()
    return True


def is_destroyed(id: int) -> bool:
    """Whether all that a practice had has been destroyed."""
    return ask_one(DESTROYED, Owner.of_practice(id).name) is not None


def _found(owner: Owner) -> Key | None:
    row = ask_one(FIND, owner.name)
    if row is None:
        return None
    id, wrapped, wrapping_id, outer = row
    return data_key(wrapping_id.bytes, bytes(outer), id.bytes, bytes(wrapped))


def _made(owner: Owner) -> Key:
    """Made under the wrapping key that was used last, where that is still the one; else under what
    is found now, and again if that was retired meanwhile.
    """
    name = wrapping_name(owner)
    key = _made_under_last(owner, name)
    for _again in range(TRIES):
        if key is not None:
            return key
        current = wrapping_of(name)
        key = _made_under(owner, *current)
        if key is not None:
            _last_used[name] = current
        else:
            key = _found(owner)  # somebody else was first
    if key is None:
        raise LookupError(f"the key of {owner.name} came and went while it was asked for")
    return key


def _made_under_last(owner: Owner, name: str) -> Key | None:
    last = _last_used.pop(name, None)
    if last is None:
        return None
    try:
        key = _made_under(owner, *last)
    except ContentFault:  # wrapped by a key outside that has been dropped since
        return None
    if key is not None:
        _last_used[name] = last
    return key


def _made_under(owner: Owner, wrapping_id: UUID, outer: bytes) -> Key | None:
    key = Key(uuid4().bytes, cipher().new_key())
    kept = wrap(wrapping_key(wrapping_id.bytes, outer), key)
    made = tell(MAKE, UUID(bytes=key.id), owner.name, kept, wrapping_id, outer)
    return key if made else None


def wrapping_name(owner: Owner) -> str:
    """Whose wrapping key wraps an owner's data key."""
    practice = owner.practice()
    return PLATFORM if practice is None else f"practice {practice}"


def wrapping_of(owner: str) -> tuple[UUID, bytes]:
    """The wrapping key of a practice or of the platform, as it is kept; made if there is none."""
    row: tuple[Any, ...] | None = ask_one(FIND_WRAPPING, owner)
    if row is None:
        make_wrapping(owner)
        row = ask_one(FIND_WRAPPING, owner)
    if row is None:
        raise LookupError(f"the wrapping key of {owner} came and went while it was asked for")
    return row[0], bytes(row[1])


def make_wrapping(owner: str) -> None:
    """Make the wrapping key of an owner who has none."""
    id = uuid4()
    tell(MAKE_WRAPPING, id, owner, outside_keys().wrap(cipher().new_key(), b"wrapping " + id.bytes))
