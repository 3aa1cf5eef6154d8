"""What the rules of the grammar are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MANY = 10**9


class Value(StrEnum):
    """What an element that holds no elements of ours may hold."""

    TEXT = "text"
    MOMENT = "moment"  # a date and a time
    DAY = "day"
    CODE = "code"  # attributes V and DN
    CODED = "coded"  # attributes V, S, DN and OT
    STAMP = "stamp"  # attribute V: a moment or a day
    ADDRESS = "address"  # attribute V
    NUMBERS = "numbers"  # an OID
    BYTES = "bytes"  # base64
    ANY = "any"  # text, or elements of any kind
    PAYLOAD = "payload"  # whole documents, with rules of their own where we have any


@dataclass(frozen=True, slots=True)
class Part:
    """An element where it may stand; ``of`` is a value or the name of a block, ``prefix`` is given
    where it is of another namespace than the element it stands in.
    """

    name: str
    of: str
    least: int = 1
    most: int = 1
    fixed: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One part or another."""

    parts: tuple[Part, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Bag:
    """Parts in any order; elements we have no word for may stand between them."""

    parts: tuple[Part, ...]


Block = tuple[Part | Choice, ...] | Bag
Blocks = Mapping[str, Block]


@dataclass(frozen=True, slots=True)
class Rules:
    """What may stand in a document of one namespace, which begins with ``root``.

    ``may_be_empty`` are blocks that hold all they must or nothing; ``ours`` says that no public
    schema was to be read, so that these rules are our own and any attribute is taken.
    """

    namespace: str
    root: str
    blocks: Blocks
    may_be_empty: frozenset[str] = frozenset()
    ours: bool = False


def one(name: str, of: str = "", *, prefix: str = "") -> Part:
    """It must stand here, once."""
    return Part(name, of or name, prefix=prefix)


def maybe(name: str, of: str = "", *, prefix: str = "") -> Part:
    """It may stand here, once."""
    return Part(name, of or name, 0, prefix=prefix)


def optional(**values: Value) -> tuple[Part, ...]:
    """Each of these values may stand here, once, in this order."""
    return tuple(maybe(name, of) for name, of in values.items())


def some(name: str, of: str = "") -> Part:
    """It stands here, once or more."""
    return Part(name, of or name, 1, MANY)


def several(name: str, of: str = "") -> Part:
    """It may stand here, as often as one likes."""
    return Part(name, of or name, 0, MANY)


def always(name: str, words: str) -> Part:
    """It stands here, and says just this."""
    return Part(name, Value.TEXT, fixed=words)


def either(*parts: Part, least: int = 1) -> Choice:
    """One of these."""
    return Choice(parts, least)


def any_order(*parts: Part) -> Bag:
    """These, in any order, among others."""
    return Bag(parts)
