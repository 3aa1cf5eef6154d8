"""Verifying, outside the database: are the heads those of the batches that are in it?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dialog.ledger.faults import Fault, What, of_batch
from dialog.ledger.ports import HeadsAbsent, NotAHead, SealHeads, SealKeys
from dialog.ledger.seals import Head, Seal, moment_of

# A head is written as soon as its batch is committed, or by the relay's next turn.
A_MOMENT = timedelta(minutes=1)


class Outside:
    """The heads, read beside the batches in the same order."""

    def __init__(self, keys: SealKeys, heads: SealHeads, *, since: int) -> None:
        self._keys, self._since = keys, since
        self._heads = self._read(heads)
        self._next: Head | None = None
        self._line = self._passed = 0
        self.absent = False
        self.before: Head | None = None  # the last one that was lost, which the next batch follows
        self.vouched: bytes | None = None  # the head of the batch that was asked for last
        self.unwritten: list[Seal] = []

    def begin(self) -> Iterator[Fault]:
        """Find the first head that is asked for."""
        yield from self._advance()

    def beside(self, seal: Seal) -> Iterator[Fault]:
        """What is wrong with the head of this batch, and with those that should come before it."""
        yield from self._lost(before=seal.number)
        head, self.vouched = self._next, None
        if head is None:
            if not self.absent:
                self.unwritten = [*self.unwritten[:1], seal]
            return
        if head.number > seal.number:
            yield of_batch(What.HEAD_MISSING, seal.number)
            return
        self.vouched = head.head
        if head != seal.as_head():
            yield of_batch(What.HEAD_DIFFERS, seal.number)
        yield from self._advance()

    def end(self) -> Iterator[Fault]:
        """What was written down of batches after the last one there is."""
        yield from self._lost(before=None)
        if self.unwritten:
            first, last = self.unwritten[0], self.unwritten[-1]
            if _long_ago(first):
                yield Fault(what=What.HEADS_BEHIND, batches=(first.number, last.number))

    def _lost(self, *, before: int | None) -> Iterator[Fault]:
        first = last = 0
        while head := self._comes(before):
            if last and head.number > last + 1:
                yield Fault(what=What.SEALS_LOST, batches=(first, last))
                first = 0
            first, last, self.before = first or head.number, head.number, head
            yield from self._advance()
        if last:
            yield Fault(what=What.SEALS_LOST, batches=(first, last))

    def _comes(self, before: int | None) -> Head | None:
        """The next head, if it is of a batch before this one."""
        head = self._next
        return head if head and (before is None or head.number < before) else None

    def _advance(self) -> Iterator[Fault]:
        """The next head that is one of ours and asked for."""
        self._next = None
        for found in self._heads:
            self._line += 1
            fault = self._wrong(found)
            if fault or isinstance(found, NotAHead):
                yield fault or Fault(what=What.NOT_A_HEAD, line=self._line)
                continue
            self._passed = found.number
            if found.number >= self._since:
                self._next = found
                return
            self.before = found

    def _wrong(self, found: Head | NotAHead) -> Fault | None:
        if isinstance(found, NotAHead):
            return None
        batches = found.number, found.number
        if not self._keys.holds(found.key, found.signed(), found.signature):
            return Fault(what=What.HEAD_FORGED, batches=batches, line=self._line)
        if found.number <= self._passed:
            return Fault(what=What.HEAD_DISORDERED, batches=batches, line=self._line)
        return None

    def _read(self, heads: SealHeads) -> Iterator[Head | NotAHead]:
        try:
            yield from heads.read()
        except HeadsAbsent:
            self.absent = True


def _long_ago(seal: Seal) -> bool:
    """Whether its head should have been written; if its time makes no sense, it should."""
    try:
        return datetime.now(UTC) - moment_of(seal.sealed_at) > A_MOMENT
    except (ValueError, OverflowError):
        return True
