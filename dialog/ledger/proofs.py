"""That a line was sealed, for whoever has neither the database nor the other lines: its place in a
batch, what stands beside it on the way up the tree, and the batch's seal.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dialog.ledger import merkle
from dialog.ledger.ports import SealKeys
from dialog.ledger.seals import MOST, Line, Seal
from dialog.ledger.stretches import count, each, unflat


@dataclass(frozen=True, slots=True)
class Proof:
    """Which batch, which place in it, and the hashes beside the way to its root."""

    batch: int
    place: int
    beside: Sequence[bytes]

    def as_words(self) -> dict[str, object]:
        """As it is written."""
        beside = [one.hex() for one in self.beside]
        return {"batch": self.batch, "place": self.place, "beside": beside}


def proof_of(entry_id: int, seal: Seal, leaves: bytes) -> Proof:
    """The proof of an entry that this batch covers."""
    hashes = [leaves[at : at + merkle.SIZE] for at in range(0, len(leaves), merkle.SIZE)]
    place = list(each(unflat(seal.ids))).index(entry_id)
    return Proof(seal.number, place, merkle.path(hashes, place))


def proves(proof: Proof, line: Line, seal: Seal) -> bool:
    """Whether this line, as it is, was sealed in this batch."""
    if not 0 <= proof.place < seal.lines or seal.number != proof.batch:
        return False
    if list(each(unflat(seal.ids)))[proof.place] != line.id:
        return False
    return merkle.root_by(line.leaf(), proof.place, seal.lines, proof.beside) == seal.root


def genuine(seal: Seal, keys: SealKeys) -> bool:
    """Whether a key of ours has signed this batch."""
    return (
        keys.age(seal.key) is not None
        and seal.true_head() == seal.head
        and keys.holds(seal.key, seal.as_head().signed(), seal.signature)
    )


def seal_as_words(seal: Seal) -> dict[str, object]:
    """A seal as it is written."""
    return {
        "number": seal.number,
        "previous": seal.previous.hex(),
        "root": seal.root.hex(),
        "lines": seal.lines,
        "ids": list(seal.ids),
        "last_id": seal.last_id,
        "floor": seal.floor,
        "sealed_at": seal.sealed_at,
        "key": seal.key,
        "head": seal.head.hex(),
        "signature": seal.signature.hex(),
    }


def seal_from(said: Any) -> Seal:
    """A seal as it was written; ValueError, TypeError or KeyError when it is none."""
    seal = Seal(
        number=int(said["number"]),
        previous=bytes.fromhex(said["previous"]),
        root=bytes.fromhex(said["root"]),
        lines=int(said["lines"]),
        ids=[int(one) for one in said["ids"]],
        last_id=int(said["last_id"]),
        floor=int(said["floor"]),
        sealed_at=str(said["sealed_at"]),
        key=str(said["key"]),
        head=bytes.fromhex(said["head"]),
        signature=bytes.fromhex(said["signature"]),
    )
    if not 0 < count(unflat(seal.ids)) == seal.lines <= MOST:
        raise ValueError("not as many as it says")
    return seal


def proof_from(said: Any) -> Proof:
    """A proof as it was written; ValueError, TypeError or KeyError when it is none."""
    beside = [bytes.fromhex(one) for one in said["beside"]]
    return Proof(int(said["batch"]), int(said["place"]), beside)


def line_from(said: Any) -> Line:
    """A line as it was sealed; ValueError or TypeError when it is none."""
    line = Line(*said)
    json.loads(line.details)
    return line
