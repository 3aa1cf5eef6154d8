"""Many lines as one hash: the tree of RFC 6962, section 2.1, with SHA-256.

A leaf and a node are hashed with different first bytes, so that neither can pass for the other.
"""

from collections.abc import Sequence
from hashlib import sha256

SIZE = 32  # bytes of a hash
LEAF, NODE = b"\x00", b"\x01"


def leaf(content: bytes) -> bytes:
    """The hash of one line."""
    return sha256(LEAF + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two that stand side by side."""
    return sha256(NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The hash of them all, in their order; of none, that of nothing.

    Pair by pair, and whoever has no pair goes up alone: the same tree as when it is split at the
    largest power of two, without recursion.
    """
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """What stands beside one of them on the way up: with it, ``root_by`` comes to the root without
    the others.
    """
    level, found = list(leaves), []
    while len(level) > 1:
        if place ^ 1 < len(level):
            found.append(level[place ^ 1])
        level, place = _above(level), place // 2
    return found


def root_by(one: bytes, place: int, many: int, beside: Sequence[bytes]) -> bytes | None:
    """The root of a tree of so many, in which one has this place; None when that cannot be."""
    if not 0 <= place < many:
        return None
    left = list(beside)
    while many > 1:
        if place ^ 1 < many:
            if not left:
                return None
            other = left.pop(0)
            one = node(other, one) if place % 2 else node(one, other)
        place, many = place // 2, (many + 1) // 2
    return None if left else one


def _above(level: list[bytes]) -> list[bytes]:
    alone = level[-1:] if len(level) % 2 else []
    return [node(*pair) for pair in zip(level[::2], level[1::2], strict=False)] + alone
