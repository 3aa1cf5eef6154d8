"""Takes ASN.1 apart, in its strict (DER) and its loose form (BER), within bounds.

A small reader of our own: the classes of the general libraries are eight times slower on these
messages, which costs more than all the checking, and the one that was tried could be kept busy for
hours by a tag of a few megabytes. Whatever the bytes are, Garbled is raised and nothing else, and
the work grows with the length of the bytes and no faster.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x10, 0x11
_UNIVERSAL, _CONTEXT = 0, 2
_HOLDS_OTHERS = 0x20
_LONG_TAG = 31  # tags above 30 take several bytes; there are none in these messages
_LONGEST_LENGTH = 4  # bytes: more than 4 GB is nobody's message
_DEEPEST = 6
_MOST_CHILDREN = 100
_MOST_PIECES = 100_000
_LONGEST_OID = 40
_END = b"\x00\x00"
_made = tuple.__new__  # the class's own takes as long as all the rest


class Garbled(Exception):
    """The bytes are not what they should be."""


class Value(NamedTuple):
    """One value as it came: its class (0 universal, 2 context), whether it holds others, its tag,
    its bytes, and where all of it (with tag, length, and the end of an open length) is in what.
    """

    family: int
    constructed: bool
    tag: int
    content: bytes
    source: bytes
    begins: int
    ends: int

    @property
    def whole(self) -> bytes:
        """All its bytes."""
        return self.source[self.begins : self.ends]

    def children(self, most: int = _MOST_CHILDREN) -> "Sequence[Value]":
        """The values in it; there may be no more than so many."""
        if not self.constructed:
            raise Garbled
        data, found, at = self.content, [], 0
        end = len(data)
        while at < end:
            one = _value(data, at, end)
            found.append(one)
            at = one.ends
            if len(found) > most:
                raise Garbled
        return found

    def context(self, number: int) -> bool:
        """Whether it is the one with this number in its context: [0], [1], …"""
        return self.family == _CONTEXT and self.tag == number

    def octets(self) -> bytes:
        """The bytes of an octet string, also when it came in pieces."""
        return _joined(self, _DEEPEST)

    def number(self) -> int:
        """The value of an integer."""
        if self.family != _UNIVERSAL or self.tag != INTEGER or not self.content:
            raise Garbled
        return int.from_bytes(self.content, "big", signed=True)

    def oid(self) -> str:
        """An object identifier with its dots."""
        if self.family != _UNIVERSAL or self.tag != OID:
            raise Garbled
        return _dotted(self.content)

    def must_be(self, tag: int) -> "Value":
        """The same, when it is an ordinary value of this kind."""
        if self.family != _UNIVERSAL or self.tag != tag:
            raise Garbled
        return self


def whole(data: bytes) -> Value:
    """The one value that the bytes are, with nothing after it."""
    found = _value(data, 0, len(data))
    if found.ends != len(data):
        raise Garbled
    return found


def _value(data: bytes, at: int, end: int) -> Value:
    """The value that begins here, in bytes that end there."""
    first, begins, length = _head(data, at)
    holds = first & _HOLDS_OTHERS != 0
    if length is not None:
        ends = after = begins + length
    elif holds:
        ends = _end_of_open(data, begins)
        after = ends + len(_END)
    else:
        raise Garbled
    if after > end:
        raise Garbled
    return _made(Value, (first >> 6, holds, first & _LONG_TAG, data[begins:ends], data, at, after))


def _head(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where the content begins, and how long it is; None where the length is left open."""
    try:
        first, said = data[at], data[at + 1]
    except IndexError as error:
        raise Garbled from error
    if first & _LONG_TAG == _LONG_TAG:
        raise Garbled
    begins = at + 2
    if said < 0x80:
        return first, begins, said
    many = said & 0x7F
    if many == 0:
        return first, begins, None
    if many > _LONGEST_LENGTH or begins + many > len(data):
        raise Garbled
    return first, begins + many, int.from_bytes(data[begins : begins + many], "big")


def _end_of_open(data: bytes, at: int) -> int:
    """Where a content of open length ends: at its own two zeros, and not at those inside it."""
    inside = 0
    for _piece in range(_MOST_PIECES):
        first, begins, length = _head(data, at)
        if first == 0 and length == 0:
            if not inside:
                return at
            inside -= 1
        elif length is None:
            inside += 1
        at = begins + (length or 0)
    raise Garbled


@lru_cache(256)
def _dotted(content: bytes) -> str:
    """Base 128, the first two numbers in one (X.690, 8.19)."""
    if not 0 < len(content) < _LONGEST_OID or content[-1] & 0x80:
        raise Garbled
    numbers, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(str(one) for one in (first, numbers[0] - 40 * first, *numbers[1:]))


def _joined(value: Value, deepest: int) -> bytes:
    if not value.constructed:
        return value.content
    if not deepest:
        raise Garbled
    pieces = value.children(_MOST_PIECES)
    return b"".join(_joined(one.must_be(OCTETS), deepest - 1) for one in pieces)
