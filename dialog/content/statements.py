"""Content in statements written by hand: what to ask for, and how to read the answer."""

from functools import lru_cache

from dialog.content.stored import opened

# The keys come along with what they open, so that a page of many threads asks no more than a page
# of one, and so that a key that has been destroyed opens nothing from the next statement on.
WITH_ITS_KEYS = """
CASE WHEN substring({column} FROM 1 FOR 1) = '\\x01'::bytea THEN
    coalesce((SELECT k.chain FROM content_chain k
              WHERE k.id = encode(substring({column} FROM 2 FOR 16), 'hex')::uuid),
             '\\x03'::bytea) || {row} || {column}
ELSE {column} END
"""


@lru_cache(1024)  # the ORM asks for each column of each statement that it composes
def opening(column: str, row: str | None = None) -> str:
    """The expression that gives content with its keys; ``row``: the column whose uuid it is bound
    to, if any.
    """
    tied = f"'\\x10'::bytea || uuid_send({row})" if row else "'\\x00'::bytea"
    return " ".join(WITH_ITS_KEYS.format(column=column, row=tied).split())


def read(given: bytes | None, place: str) -> str:
    """Text from what such an expression gave, of a ``table.column``; empty for null."""
    return "" if given is None else read_bytes(given, place).decode()


def read_bytes(given: bytes, place: str) -> bytes:
    """Bytes, in the same way."""
    return opened(bytes(given), place.encode())
