"""Verifying: is what was sealed still what it was? Finds what is not, and names it.

Reads batch by batch, and of a batch its lines, so that a ledger of any size needs little memory.
Nothing in the database is believed that the key has not signed.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from dialog.ledger import merkle
from dialog.ledger.faults import Fault, What, of_batch, of_entries
from dialog.ledger.outside import Outside
from dialog.ledger.ports import SealHeads, SealKeys
from dialog.ledger.seals import BEFORE_THE_FIRST, LINES, MOST, SEALS, Line, Seal
from dialog.ledger.stretches import (
    LOWEST,
    Stretch,
    above,
    count,
    each,
    holes,
    joined,
    unflat,
)
from dialog.statements import ask, ask_one

AT_A_TIME = 16  # batches; the largest has 128 kB of leaves
SINCE = f"""
SELECT seal.*, leaves FROM ({SEALS}) AS seal JOIN ledger_seal AS kept USING (number)
WHERE number >= %s ORDER BY number LIMIT %s
"""  # noqa: S608 - our own words
BEFORE = f"{SEALS} WHERE number < %s ORDER BY number DESC LIMIT 1"
STILL_OPEN = "SELECT ids FROM ledger_seal WHERE last_id > %s AND number < %s"
TAIL = """
SELECT count(*), extract(epoch FROM min(at))::text
FROM unnest(%s::bigint[], %s::bigint[]) AS stretch (first, last)
JOIN ledger_entry ON id BETWEEN stretch.first AND stretch.last
"""
GUARDS = """
SELECT name FROM unnest(%s::text[]) AS name WHERE NOT EXISTS (
    SELECT 1 FROM pg_trigger WHERE tgname = name AND tgenabled IN ('O', 'A')
    AND tgrelid IN ('ledger_entry'::regclass, 'ledger_seal'::regclass))
"""
TRIGGERS = [
    "ledger_entry_is_forever",
    "ledger_entry_is_never_emptied",
    "ledger_seal_is_forever",
    "ledger_seal_is_never_emptied",
]
MOST_MOVED = 64  # lines of a batch that are held against each other
MOST_AGE = 1e10  # seconds; somebody may have set a time to minus infinity


class Tail(NamedTuple):
    """What is not sealed yet: how many lines, and since when the oldest has waited."""

    lines: int
    age: timedelta


class Verification:
    """One look through everything; ``faults`` first, then the figures are right."""

    def __init__(self, keys: SealKeys, heads: SealHeads, *, since: int = 1) -> None:
        self._keys, self._since = keys, since
        self.outside = Outside(keys, heads, since=since)
        self.batches = self.lines = 0
        self._covered: list[Stretch] = []
        self._floor = LOWEST - 1
        self._before: tuple[int, bytes] | None = (0, BEFORE_THE_FIRST)
        self._youngest: int | None = None  # age of the newest key that has sealed so far
        self._incomplete = False  # a batch was missing, or could not be believed

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong, the oldest batch first (scope ``setup``)."""
        for (name,) in ask(GUARDS, TRIGGERS):
            yield Fault(what=What.UNGUARDED, name=name)
        yield from self._begin()
        yield from self.outside.begin()
        for seal, leaves in self._seals():
            yield from self.outside.beside(seal)
            yield from self._chain(seal)
            yield from self._batch(seal, leaves)
        yield from self.outside.end()
        if self.outside.absent and self.batches:
            yield Fault(what=What.HEADS_ABSENT)

    def tail(self) -> Tail:
        """What is not sealed yet."""
        ((lines, oldest),) = ask(TAIL, *_ends(holes(self._covered, self._floor)))
        age = datetime.now(UTC).timestamp() - float(oldest or "inf")
        return Tail(lines, timedelta(seconds=min(max(0.0, age), MOST_AGE)))

    def _begin(self) -> Iterator[Fault]:
        """Where the batch before the first that is asked for left off."""
        found = ask_one(BEFORE, self._since) if self._since > 1 else None
        if found:
            seal = Seal(*found)
            yield from self._signature(seal)
            self._before, self._floor = (seal.number, seal.head), seal.floor
            open_yet = [unflat(ids) for (ids,) in ask(STILL_OPEN, seal.floor, self._since)]
            self._covered = above(joined(*open_yet), seal.floor)

    def _seals(self) -> Iterator[tuple[Seal, bytes]]:
        # A batch before the first is one that somebody has put there.
        since = self._since if self._since > 1 else LOWEST
        while found := ask(SINCE, since, AT_A_TIME):
            for *values, leaves in found:
                seal = Seal(*values)
                self.batches += 1
                since = seal.number + 1
                yield seal, leaves

    def _chain(self, seal: Seal) -> Iterator[Fault]:
        """Whether it follows from the batch before, in the database or lost from it."""
        lost = self.outside.before
        number, head = self._before or (0, b"")
        if lost and lost.number > number:
            number, head = lost.number, lost.head
            self._incomplete = True
        if seal.number > number + 1:
            yield Fault(what=What.SEALS_MISSING, batches=(number + 1, seal.number - 1))
            self._incomplete = True
        elif seal.previous != head:
            yield of_batch(What.CHAIN_BROKEN, seal.number)
        self._before = seal.number, seal.head

    def _batch(self, seal: Seal, leaves: bytes) -> Iterator[Fault]:
        wrong = [*self._signature(seal)]
        believed = not wrong or seal.true_head() == self.outside.vouched
        ids, hashes = _which(seal), _split(leaves)
        if not wrong and (ids is None or merkle.root(hashes) != seal.root):
            wrong = [of_batch(What.SEAL_CHANGED, seal.number)]
        yield from wrong
        self._incomplete |= bool(wrong)
        if ids is None:
            return
        yield from self._entries(seal, ids, hashes if not wrong else None, believed=believed)
        self._covered = joined(self._covered, ids)
        if believed and seal.floor > self._floor:
            yield from self._never_sealed(seal)

    def _signature(self, seal: Seal) -> Iterator[Fault]:
        age = self._keys.age(seal.key)
        if seal.true_head() != seal.head:
            yield of_batch(What.SEAL_CHANGED, seal.number)
        elif age is None:
            yield of_batch(What.UNKNOWN_KEY, seal.number, seal.key)
        elif not self._keys.holds(seal.key, seal.as_head().signed(), seal.signature):
            yield of_batch(What.SEAL_FORGED, seal.number)
        elif self._youngest is not None and age > self._youngest:
            yield of_batch(What.OLD_KEY, seal.number, seal.key)
        else:
            self._youngest = age

    def _entries(
        self,
        seal: Seal,
        ids: Sequence[Stretch],
        hashes: Sequence[bytes] | None,
        *,
        believed: bool,
    ) -> Iterator[Fault]:
        """The lines that are there now, against what was sealed; ``hashes`` if they can be
        believed.
        """
        # One more than there can be: who has got round the key may have put in a line twice.
        most = count(ids) + 1
        lines = [Line(*one) for one in ask(LINES, *_ends(ids), most, most)]
        self.lines += len(lines)
        if believed and merkle.root([one.leaf() for one in lines]) == seal.root:
            return
        batches = seal.number, seal.number
        if hashes is None:
            for stretch in ids:
                yield Fault(what=What.UNVERIFIABLE, batches=batches, entries=stretch)
            return
        sealed = dict(zip(each(ids), hashes, strict=True))
        wrong = [one for one in lines if one.leaf() != sealed[one.id]]
        gone = sorted(sealed.keys() - {one.id for one in lines})
        yield from of_entries(What.REMOVED, seal.number, gone)
        places = {sealed[id]: id for id in (*gone, *(one.id for one in wrong))}
        for line in wrong:
            was = _was(line, places) if len(places) <= MOST_MOVED else None
            what = What.CHANGED if was is None else What.MOVED
            yield Fault(what=what, batches=batches, entries=(line.id, line.id), other=was)
        twice = [one.id for one, other in pairwise(lines) if one.id == other.id]
        yield from of_entries(What.INSERTED, seal.number, twice)

    def _never_sealed(self, seal: Seal) -> Iterator[Fault]:
        """Lines below the floor that are in no batch."""
        left = holes(self._covered, self._floor, seal.floor)
        what = What.UNACCOUNTED if self._incomplete else What.INSERTED
        while left:
            found = [one for one, *_ in ask(LINES, *_ends(left), MOST, MOST)]
            yield from of_entries(what, seal.number, found)
            left = above(left, found[-1]) if len(found) == MOST else []
        self._covered = above(self._covered, seal.floor)
        self._floor = seal.floor


def _which(seal: Seal) -> list[Stretch] | None:
    """Which entries it covers; none when that makes no sense."""
    try:
        ids = unflat(seal.ids)
    except ValueError:
        return None
    return ids if 0 < count(ids) == seal.lines <= MOST else None


def _split(leaves: bytes) -> list[bytes]:
    return [leaves[at : at + merkle.SIZE] for at in range(0, len(leaves), merkle.SIZE)]


def _ends(stretches: Sequence[Stretch]) -> tuple[list[int], list[int]]:
    return [first for first, _ in stretches], [last for _, last in stretches]


def _was(line: Line, places: dict[bytes, int]) -> int | None:
    """As which entry this line was sealed, if it stands in another's place."""
    for id in places.values():
        if id != line.id and line._replace(id=id).leaf() in places:
            return id
    return None
