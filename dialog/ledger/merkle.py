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
        alone = level[-1:] if len(level) % 2 else []
        level = [node(*pair) for pair in zip(level[::2], level[1::2], strict=False)] + alone
    return level[0]
