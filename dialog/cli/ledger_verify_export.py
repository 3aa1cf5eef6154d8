"""Verify lines of the ledger that were handed out: that each is as it was sealed, and that none is
missing. Needs neither database nor settings, only the folder and the public keys.

The exit code is 1 when anything is wrong. Without --keys the keys in the folder are used: then
compare their names with what the operator has told you another way, for whoever makes a folder can
make keys too.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from dialog.adapters.seal_keys import KeyFile
from dialog.cli.surroundings import Refusal
from dialog.ledger.handed import KEYS, Check
from dialog.ledger.ports import SealFault


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument("folder", type=Path, help="what was handed out")
    parser.add_argument("--keys", type=Path, help="public keys that you have had another way")


def run(options: Namespace) -> int:
    """Verify, and say what was found."""
    keys = KeyFile(options.keys or options.folder / KEYS)
    try:
        names = keys.keys().names()
    except SealFault as fault:
        raise Refusal(str(fault).replace("SEAL_KEY_FILE names ", "")) from fault
    look = Check(options.folder, keys)
    found = 0
    for sentence in look.faults():
        found += 1
        print(sentence, flush=True)
    waits = f", {look.waiting} of them not sealed when they were handed out" * bool(look.waiting)
    print(f"{look.lines} lines{waits}.")
    print(f"The list of files has the checksum {look.digest or 'none'}.")
    whose = "your" if options.keys else "the folder's own"
    print(f"Verified with {whose} keys: {', '.join(names)}.")
    print(f"Faults: {found}." if found else "Everything is as it was sealed.")
    return 1 if found else 0
