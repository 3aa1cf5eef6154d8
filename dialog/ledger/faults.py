"""What verifying can find wrong, and how it names it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dialog.ledger.stretches import Stretch, packed


class What(StrEnum):
    """What is wrong."""

    CHANGED = "entry-changed"
    MOVED = "entry-moved"
    REMOVED = "entry-removed"
    INSERTED = "entry-inserted"
    UNACCOUNTED = "entry-unaccounted"
    UNVERIFIABLE = "entry-unverifiable"
    SEAL_CHANGED = "seal-changed"
    SEAL_FORGED = "seal-forged"
    UNKNOWN_KEY = "unknown-key"
    OLD_KEY = "old-key"
    CHAIN_BROKEN = "chain-broken"
    SEALS_MISSING = "seals-missing"
    SEALS_LOST = "seals-lost"
    HEAD_DIFFERS = "head-differs"
    HEAD_FORGED = "head-forged"
    HEAD_MISSING = "head-missing"
    HEAD_DISORDERED = "head-disordered"
    NOT_A_HEAD = "not-a-head"
    HEADS_ABSENT = "heads-absent"
    HEADS_BEHIND = "heads-behind"
    UNGUARDED = "unguarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is not as it was sealed: in which batches, which entries.

    ``other`` is the entry that stands there instead, ``line`` one of the heads outside, ``name``
    what a key or a trigger is called.
    """

    what: What
    batches: Stretch | None = None
    entries: Stretch | None = None
    other: int | None = None
    line: int | None = None
    name: str = ""


def of_batch(what: What, number: int, name: str = "") -> Fault:
    """A fault of one batch."""
    return Fault(what=what, batches=(number, number), name=name)


def of_entries(what: What, number: int, entries: Iterable[int]) -> Iterator[Fault]:
    """One fault for all that stand side by side: a table that was emptied is not a million."""
    for stretch in packed(entries):
        yield Fault(what=what, batches=(number, number), entries=stretch)
