"""Seals what is committed, in batches: a tree over the entries, a chain over the batches.

Entries are committed in another order than they are numbered, so a batch says which it covers, and
one that is committed late is in a later batch. What is still to come is known by who is writing: a
transaction holds its lock on the table before it takes a number and until it is over. When all who
wrote at some moment are gone, no number given out before it will turn up any more. That is the
floor; it only saves looking further down, and tells afterwards that something was put in there.

The batch is committed first and its head written outside the database after that. What a crash
leaves in between is written by the next turn. A head outside without its batch is never ours: then
the database has lost something. The chain goes on from there, so that the loss shows.
"""

import logging
from dataclasses import dataclass, replace

from dialog import rows
from dialog.ledger.ports import HeadsAbsent, SealFault, SealHeads, SealKeys
from dialog.ledger.seals import (
    BEFORE_THE_FIRST,
    LINES,
    MOST,
    SEALS,
    Head,
    Line,
    Seal,
    moment_of,
    unsigned,
)
from dialog.ledger.stretches import Stretch, above, holes, joined, unflat
from dialog.statements import ask, ask_one, tell

log = logging.getLogger(__name__)

ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('ledger.sealing', 0))"
GIVEN_OUT = "SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM ledger_entry_id_seq"
# Whoever is about to write entries, or has, by the lock of the transaction.
WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'ledger_entry'::regclass AND mode = 'RowExclusiveLock'
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
PREPARED = "-1/"  # begins the name of one whose end is left to somebody else; it gets a new name
NEWEST = f"{SEALS} ORDER BY number DESC LIMIT 1"
SINCE = f"{SEALS} WHERE number > %s ORDER BY number LIMIT %s"
STILL_OPEN = "SELECT ids FROM ledger_seal WHERE last_id > %s"
HEAD_OF = "SELECT head FROM ledger_seal WHERE number = %s"
KEEP = """
INSERT INTO ledger_seal (number, previous, root, lines, ids, last_id, floor, sealed_at, key, head,
    signature, leaves)
VALUES (%s, %s, %s, %s, %s::bigint[], %s, %s, %s, %s, %s, %s, %s)
"""
AT_A_TIME = 500  # heads
MOST_MOMENTS = 64  # that are remembered while somebody writes for long


@dataclass(frozen=True, slots=True)
class Sealed:
    """The newest batch, and which entries above its floor are in it or one before."""

    newest: Seal | None
    covered: list[Stretch]

    @property
    def floor(self) -> int:
        """Up to here there is nothing to look for."""
        return self.newest.floor if self.newest else 0


class Writers:
    """Which numbers no transaction will bring any more."""

    def __init__(self) -> None:
        self._moments: list[tuple[int, set[str]]] = []
        self._over = 0

    def look(self) -> int:
        """Everything up to here is over for whoever begins to look for it after this."""
        ((given_out,),) = ask(GIVEN_OUT)
        writing = {name for (name,) in ask(WRITERS)}
        if given_out < self._over:  # another database than the one we knew
            self._moments, self._over = [], 0
        nameless = {name for name in writing if name.startswith(PREPARED)}
        moments = [(top, (who & writing) | nameless) for top, who in self._moments]
        if len(moments) < MOST_MOMENTS:
            moments.append((given_out, writing))
        self._over = max([self._over, *(top for top, who in moments if not who)])
        self._moments = [(top, who) for top, who in moments if top > self._over]
        return self._over


class Sealer:
    """Takes its turn at sealing; as many as you like may, and one at a time does."""

    def __init__(self, keys: SealKeys, heads: SealHeads, *, most: int = MOST) -> None:
        self._keys, self._heads, self.most = keys, heads, most
        self.forget()

    def forget(self) -> None:
        """Know nothing of the database any more, as after an error."""
        self._known = Sealed(None, [])
        self._writers = Writers()
        self._loss_told = False

    def turn(self) -> int | None:
        """Seal a batch of what is committed; how many entries, none when it is another's turn."""
        with self._heads.alone() as alone:
            if not alone:
                return None
            over = self._writers.look()
            with rows.seeing(scope="relay"):
                ((ours,),) = ask(ALONE)
                if not ours:
                    return None
                known = self._recall()
                sealed = self._seal(known, self._outside(known.newest), over)
            # Now it is committed, and only now may anything outside say so.
            self._known = sealed or known
            if sealed is None or sealed.newest is None:
                return 0
            self._heads.append([sealed.newest.as_head()])
            return sealed.newest.lines

    def _recall(self) -> Sealed:
        """What is sealed; read again when it is not as we left it."""
        found = ask_one(NEWEST)
        newest = Seal(*found) if found else None
        known = self._known.newest
        if newest is None or (known and (newest.number, newest.head) == (known.number, known.head)):
            return self._known if newest else Sealed(None, [])
        self._must_be_ours(newest)
        open_yet = [unflat(ids) for (ids,) in ask(STILL_OPEN, newest.floor)]
        return Sealed(newest, above(joined(*open_yet), newest.floor))

    def _outside(self, newest: Seal | None) -> Head | None:
        """Let the heads outside be as new as the database; what the next batch comes after."""
        try:
            last = self._heads.last()
        except HeadsAbsent:
            if newest is not None:
                raise
            self._heads.begin()
            last = None
        if last is not None:
            self._must_be_signed(last)
        inside = newest.number if newest else 0
        if last is not None and last.number > inside:
            self._tell_loss(inside, last.number)
            return last
        if newest is None:
            return None
        if last is None or (last.number, last.head) != (newest.number, newest.head):
            if last is not None and ask_one(HEAD_OF, last.number) != (last.head,):
                raise SealFault(f"Batch {last.number} is not the one whose head was written down.")
            self._append_since(last)
        return newest.as_head()

    def _append_since(self, last: Head | None) -> None:
        """Write down the heads that are missing outside, if each follows from the one before."""
        while found := ask(SINCE, last.number if last else 0, AT_A_TIME):
            seals = [Seal(*one) for one in found]
            for seal in seals:
                self._must_be_ours(seal)
                before = (last.number, last.head) if last else (0, BEFORE_THE_FIRST)
                if (seal.number - 1, seal.previous) != before:
                    raise SealFault(f"Batch {seal.number} does not follow from {before[0]}.")
                last = seal.as_head()
            self._heads.append([one.as_head() for one in seals])

    def _seal(self, known: Sealed, after: Head | None, over: int) -> Sealed | None:
        left = holes(known.covered, known.floor)
        firsts, lasts = [first for first, _ in left], [last for _, last in left]
        lines = [Line(*one) for one in ask(LINES, firsts, lasts, self.most, self.most)]
        if not lines:
            return None
        # When there may be more, what comes after the last one has not been looked for.
        floor = min(over, lines[-1].id) if len(lines) == self.most else over
        floor = max(floor, known.floor)
        key = self._keys.current()
        seal, leaves = unsigned(lines, after=after, floor=floor, key=key)
        seal = replace(seal, head=seal.true_head())
        seal = replace(seal, signature=self._keys.sign(key, seal.as_head().signed()))
        which = (seal.number, seal.previous, seal.root, seal.lines, list(seal.ids), seal.last_id)
        signed = (moment_of(seal.sealed_at), seal.key, seal.head, seal.signature)
        tell(KEEP, *which, seal.floor, *signed, leaves)
        return Sealed(seal, above(joined(known.covered, unflat(seal.ids)), floor))

    def _must_be_ours(self, seal: Seal) -> None:
        """Nothing is built on a batch that somebody else has written."""
        if seal.true_head() != seal.head:
            raise SealFault(f"Batch {seal.number} in the database has been changed.")
        self._must_be_signed(seal.as_head())

    def _must_be_signed(self, head: Head) -> None:
        if self._keys.age(head.key) is None:
            raise SealFault(f"Batch {head.number} is sealed with the key {head.key}, unknown here.")
        if not self._keys.holds(head.key, head.signed(), head.signature):
            raise SealFault(f"The signature of batch {head.number} is not its own.")

    def _tell_loss(self, inside: int, outside: int) -> None:
        if not self._loss_told:
            log.error(
                "the database ends with batch %s, and batch %s was sealed: something is lost",
                *(inside, outside),
            )
            self._loss_told = True
