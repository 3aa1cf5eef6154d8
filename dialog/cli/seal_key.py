"""The key that seals the ledger, in the file that SEAL_KEY_FILE names.

  make    makes the first one; what is there already is left alone
  renew   lets a new one seal from now on; what the old one sealed is still believed
  public  prints the public halves, for whoever is to verify and not to seal

Keep a copy of the file where the database is not, and copy it to every machine with a relay.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from dialog.adapters import seal_keys
from dialog.cli.surroundings import Refusal
from dialog.ledger.ports import SealFault


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument("what", choices=["make", "renew", "public"])


def run(options: Namespace) -> int:
    """Do it, and say what the key is called."""
    if not os.environ.get("SEAL_KEY_FILE"):
        raise Refusal("Set SEAL_KEY_FILE: the file in which the key is to lie.")
    path = Path(os.environ["SEAL_KEY_FILE"])
    try:
        print(DOES[options.what](path))
    except FileExistsError:
        raise Refusal(f"There is a key in {path} already. Nothing was changed.") from None
    except OSError as error:
        raise Refusal(f"{path} cannot be used: {error.strerror}.") from error
    except SealFault as fault:
        raise Refusal(str(fault)) from fault
    return 0


def _make(path: Path) -> str:
    return f"The key {seal_keys.make(path)} is in {path}. Keep a copy of it elsewhere."


def _renew(path: Path) -> str:
    name = seal_keys.renew(path)
    return f"From now on {name} seals. Copy {path} to every machine with a relay, and elsewhere."


DOES = {"make": _make, "renew": _renew, "public": seal_keys.public_half}
