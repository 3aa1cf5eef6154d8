"""How content lies in a column, and how a statement brings it together with its keys.

In the column (``SEALED``): 1, the data key's id (16), and what the cipher made. Nothing at all to
say is ``EMPTY``: it needs no key, and the length would tell it anyway. ``ERASED`` says that there
was something, and reads as nothing.

As a statement gives it (``WITH_KEYS``): 2, the wrapping key's id (16), its length (2) and the key
wrapped from outside, the length (2) and the data key wrapped by it, the row's length (1) and id (0
or 16), and the column. ``KEY_GONE`` stands there instead when no data key of that id is left, and
``DESTROYED`` when its key was destroyed with all that its practice has: that reads as nothing.
"""

from functools import lru_cache
from typing import NamedTuple

from dialog.content.ports import ContentFault, cipher, outside_keys
from dialog.errors import WrongState

EMPTY, ERASED = b"\x00", b"\x04"
SEALED, WITH_KEYS, KEY_GONE, DESTROYED = 1, 2, 3, 5
ID = 16
REMEMBERED = 512  # keys a process holds unwrapped: a page has some hundred at most


class Key(NamedTuple):
    """A data key that has been unwrapped. Printed, it shows no key."""

    id: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id.hex()})"


@lru_cache(REMEMBERED)
def wrapping_key(id: bytes, wrapped: bytes) -> bytes:
    """A wrapping key, unwrapped by what is outside; one that was destroyed is empty."""
    if not wrapped:
        raise WrongState
    return outside_keys().unwrap(wrapped, b"wrapping " + id)


@lru_cache(REMEMBERED)
def data_key(wrapping_id: bytes, outer: bytes, id: bytes, wrapped: bytes) -> Key:
    """A data key, unwrapped by its wrapping key, which is wrapped from outside (``outer``)."""
    if not wrapped:
        raise WrongState
    secret = cipher().open(wrapping_key(wrapping_id, outer), wrapped, b"data " + id)
    return Key(id, secret)


def wrap(wrapping: bytes, key: Key) -> bytes:
    """A data key as it is kept."""
    return cipher().seal(wrapping, key.secret, b"data " + key.id)


def sealed(data: bytes, key: Key, bound: bytes) -> bytes:
    """Content as its column keeps it."""
    if not data:
        return EMPTY
    return b"\x01" + key.id + cipher().seal(key.secret, data, bound)


def opened(given: bytes, place: bytes) -> bytes:
    """Content from what a statement gave; ``place`` is its table and column."""
    if given in (EMPTY, ERASED):
        return b""
    if not given or given[0] != WITH_KEYS:
        if given[:1] == bytes([DESTROYED]):
            return b""
        raise ContentFault(_trouble(given, place.decode()))
    view, at = memoryview(given), 1 + ID
    outer, at = _piece(view, at, 2)
    wrapped, at = _piece(view, at, 2)
    row, at = _piece(view, at, 1)
    if view[at] != SEALED:
        raise ContentFault(f"{place.decode()} holds something in a form that is not known.")
    id, start = bytes(view[at + 1 : at + 1 + ID]), at + 1 + ID
    key = data_key(bytes(view[1 : 1 + ID]), outer, id, wrapped)
    return cipher().open(key.secret, bytes(view[start:]), place + row)


def _piece(view: memoryview, at: int, size: int) -> tuple[bytes, int]:
    start = at + size
    end = start + int.from_bytes(view[at:start])
    return bytes(view[start:end]), end


def _trouble(given: bytes, place: str) -> str:
    if given[:1] == bytes([KEY_GONE]):
        return f"The key of something in {place} has been destroyed; it cannot be read again."
    if given[:1] == bytes([SEALED]):
        return f"{place} was read without its keys: name it in the statement with opening()."
    return f"{place} holds something that is not encrypted, so it was not written here."
