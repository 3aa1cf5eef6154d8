"""What a seal is: which bytes stand for an entry, for a batch, and for what is signed.

Neither time nor details are read here: the database's own text is taken, which is the same
wherever it is asked and can be taken of any row, also one that somebody has made senseless.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from dialog.ledger import merkle
from dialog.ledger.stretches import flat, packed

FORM = 1  # of all the bytes below; what is sealed in another form is verified in that
BEFORE_THE_FIRST = bytes(merkle.SIZE)
MOST = 4096  # entries in a batch
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

COLUMNS = """id, extract(epoch FROM at)::text, kind, account_id, role, patient_id, practice_id,
        conversation_id::text, details::text"""
# The entries in these stretches, the oldest first, as far as some number of them. The statement
# goes to each stretch by the key, so that what is sealed already costs nothing.
LINES = f"""
SELECT line.* FROM unnest(%s::bigint[], %s::bigint[]) AS stretch (first, last) CROSS JOIN LATERAL (
    SELECT {COLUMNS}
    FROM ledger_entry WHERE id BETWEEN stretch.first AND stretch.last ORDER BY id LIMIT %s) AS line
ORDER BY line.id LIMIT %s
"""  # noqa: S608 - our own columns
SEALS = """
SELECT number, previous, root, lines, ids, last_id, floor, extract(epoch FROM sealed_at)::text, key,
    head, signature
FROM ledger_seal
"""


class Line(NamedTuple):
    """An entry as it is sealed."""

    id: int
    at: str
    kind: str
    account_id: int | None
    role: str
    patient_id: int | None
    practice_id: int | None
    conversation_id: str | None
    details: str

    def leaf(self) -> bytes:
        """Its place in the tree: a list in JSON, in which nothing can pass for something else."""
        return merkle.leaf(_words("entry", FORM, *self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a batch outside the database: enough to know it again."""

    number: int
    sealed_at: str
    head: bytes
    key: str
    signature: bytes

    def signed(self) -> bytes:
        """What the signature is of."""
        return _words("head", FORM, self.number, self.sealed_at, self.head.hex())


@dataclass(frozen=True, slots=True)
class Seal:
    """A batch: which entries, their root, and the head of the batch before. In the order of
    ``SEALS``.

    Everything up to ``floor`` is over: it is in this batch or an earlier one, or it never was.
    """

    number: int
    previous: bytes
    root: bytes
    lines: int
    ids: Sequence[int]
    last_id: int
    floor: int
    sealed_at: str
    key: str
    head: bytes = b""
    signature: bytes = b""

    def true_head(self) -> bytes:
        """What its head must be."""
        which = (self.lines, list(self.ids), self.last_id, self.floor)
        said = (self.previous.hex(), self.root.hex(), *which, self.sealed_at, self.key)
        return sha256(_words("batch", FORM, self.number, *said)).digest()

    def as_head(self) -> Head:
        """What of it is kept outside."""
        return Head(
            number=self.number,
            sealed_at=self.sealed_at,
            head=self.head,
            key=self.key,
            signature=self.signature,
        )


def unsigned(
    lines: Sequence[Line], *, after: Head | None, floor: int, key: str
) -> tuple[Seal, bytes]:
    """The batch of these entries, and their leaves, before it is signed."""
    leaves = [one.leaf() for one in lines]
    seal = Seal(
        number=after.number + 1 if after else 1,
        previous=after.head if after else BEFORE_THE_FIRST,
        root=merkle.root(leaves),
        lines=len(lines),
        ids=flat(packed(one.id for one in lines)),
        last_id=lines[-1].id,
        floor=floor,
        sealed_at=text_of(datetime.now(UTC)),
        key=key,
    )
    return seal, b"".join(leaves)


def text_of(moment: datetime) -> str:
    """A time as the database says it: seconds since 1970, with six decimals."""
    whole, rest = divmod((moment - _EPOCH) // timedelta(microseconds=1), 10**6)
    return f"{whole}.{rest:06}"


def moment_of(text: str) -> datetime:
    """The time that ``text_of`` made text of."""
    whole, _point, rest = text.partition(".")
    return _EPOCH + timedelta(seconds=int(whole), microseconds=int(rest))


def _words(*said: object) -> bytes:
    """Unlike any other list: what it is of stands first, and JSON keeps its parts apart."""
    return json.dumps(["digital-dialog ledger", *said], separators=(",", ":")).encode()
