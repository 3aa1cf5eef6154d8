"""The ledger, for whoever runs the platform.

  verify         that what was written is as it was sealed: nothing changed, removed, moved or put
                 in, and no batch missing that was written down outside the database
  export         hand out lines of it to an authority, with what proves that they are genuine
  receipt        fetch the receipt of what was handed out, where the relay did not run
  verify-export  verify what was handed out; needs no database

Verifying says what is wrong, line by line, and how long the newest entries have waited to be
sealed. The exit code is 1 when anything is wrong. SEAL_KEY_FILE (public keys are enough) and
SEAL_HEADS_FILE say what to compare with.
"""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from dialog import rows
from dialog.cli import ledger_export
from dialog.cli.surroundings import Refusal
from dialog.ledger.faults import Fault, What
from dialog.ledger.ports import SealFault, seal_heads, seal_keys
from dialog.ledger.verifying import Tail, Verification

LATE = timedelta(minutes=1)  # the relay seals within seconds
SAYS = {
    What.CHANGED: "{entries} in {batches}: not what was sealed. It was changed.",
    What.MOVED: "{entries} in {batches}: this was sealed as entry {other}. It was moved.",
    What.REMOVED: "{entries} in {batches}: sealed, and no longer there. Removed.",
    What.INSERTED: (
        "{entries}: in no batch, though all up to here was sealed with {batches}. "
        "Put in afterwards."
    ),
    What.UNACCOUNTED: (
        "{entries}: in no batch that is left, though all up to here was sealed by {batches}. "
        "Sealed in one that is named above, or put in afterwards."
    ),
    What.UNVERIFIABLE: "{entries} in {batches}: nothing can be said, for the seal is not ours.",
    What.SEAL_CHANGED: "{batches}: its row is not what was signed. The seal was changed.",
    What.SEAL_FORGED: "{batches}: its signature is not by the key it names. Forged, or changed.",
    What.UNKNOWN_KEY: "{batches}: sealed with the key {name}, which is not in SEAL_KEY_FILE.",
    What.OLD_KEY: "{batches}: sealed with the key {name} after a newer one had taken its place.",
    What.CHAIN_BROKEN: "{batches}: does not follow from the batch before it.",
    What.SEALS_MISSING: "{batches}: missing between others. Removed.",
    What.SEALS_LOST: (
        "{batches}: written down outside the database, and not in it. Removed, or the database is "
        "older than it was."
    ),
    What.HEAD_DIFFERS: "{batches}: another head was written down outside the database.",
    What.HEAD_FORGED: "Line {line} of the heads ({batches}): not signed by a key of ours. Forged.",
    What.HEAD_MISSING: "{batches}: its head is missing among those written down. Removed there.",
    What.HEAD_DISORDERED: "Line {line} of the heads ({batches}): out of order. Put in or moved.",
    What.NOT_A_HEAD: "Line {line} of the heads: not one of ours. Changed.",
    What.HEADS_ABSENT: (
        "There are no heads outside the database (SEAL_HEADS_FILE). Whether batches are missing at "
        "the end cannot be known."
    ),
    What.HEADS_BEHIND: (
        "{batches}: their heads were never written down, or were removed. Where no relay runs on "
        "this machine, copy the heads from one where it does."
    ),
    What.UNGUARDED: "The trigger {name} is missing or off: lines can be changed.",
}


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    verify = kinds.add_parser("verify", help="find what is not as it was sealed")
    verify.add_argument(
        "--since",
        type=_batch,
        default=1,
        metavar="BATCH",
        help="begin with this batch; what is before it was verified another time",
    )

    export = kinds.add_parser(
        "export", help="hand out lines to an authority", description=ledger_export.__doc__
    )
    ledger_export.arguments(export)
    receipt = kinds.add_parser("receipt", help="fetch the receipt of what was handed out")
    receipt.add_argument("folder", type=Path, help="what was handed out")


def _batch(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("the number of a batch, from 1")
    return int(text)


def run(options: Namespace) -> int:
    """Do it; the exit code."""
    return DOES[options.what](options)


def _verify(options: Namespace) -> int:
    """Verify, and say what was found."""
    found = 0
    try:
        look = Verification(seal_keys(), seal_heads(), since=options.since)
        with rows.seeing(scope="setup"):
            for fault in look.faults():
                found += 1
                print(sentence(fault), flush=True)
            tail = look.tail()
    except SealFault as fault:
        raise Refusal(str(fault)) from fault
    print(f"{_many(look.lines, 'entry', 'entries')} in {_many(look.batches, 'batch', 'batches')}.")
    print(waiting(tail))
    print(f"{_many(found, 'fault', 'faults')}." if found else "Everything is as it was sealed.")
    return 1 if found else 0


def sentence(fault: Fault) -> str:
    """A fault in words."""
    words = SAYS[fault.what].format(
        entries=_stretch("Entry", "Entries", fault.entries),
        batches=_stretch("batch", "batches", fault.batches),
        other=fault.other,
        line=fault.line,
        name=fault.name,
    )
    return words[0].upper() + words[1:]


def waiting(tail: Tail) -> str:
    """What is not sealed, and for how long."""
    if not tail.lines:
        return "Nothing waits to be sealed."
    seconds = tail.age.total_seconds()
    late = " That is too long: does the relay run?" * (tail.age > LATE)
    waits = f"{_many(tail.lines, 'entry waits', 'entries wait')} to be sealed"
    return f"{waits}, the oldest for {seconds:.1f} s.{late}"


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _stretch(one: str, more: str, stretch: tuple[int, int] | None) -> str:
    first, last = stretch or (0, 0)
    return f"{one} {first}" if first == last else f"{more} {first} to {last}"


DOES: dict[str, Callable[[Namespace], int]] = {
    "verify": _verify,
    "export": ledger_export.run,
    "receipt": ledger_export.receipt,
}
