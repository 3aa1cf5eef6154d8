"""The key that all content is encrypted under, in the file that CONTENT_KEYS_FILE names.

  make     makes the first one; what is there already is left alone
  prepare  puts the next one in the file, unused: copy the file to every machine
  turn     lets the next one be used from now on: copy the file again, then digital-dialog rewrap
  drop     takes out the named keys, once rewrap has said that they are used no more

Keep a copy of the file where the database is not. Without it nothing can be read again, by anybody.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from dialog.adapters import content_keys
from dialog.cli.surroundings import Refusal
from dialog.content.ports import ContentFault


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument("what", choices=["make", "prepare", "turn", "drop"])
    parser.add_argument("names", nargs="*", help="for drop: which keys")


def run(options: Namespace) -> int:
    """Do it, and say what the key is called."""
    if not os.environ.get("CONTENT_KEYS_FILE"):
        raise Refusal("Set CONTENT_KEYS_FILE: the file in which the key is to lie.")
    if bool(options.names) != (options.what == "drop"):
        raise Refusal("Name the keys to drop; nothing else takes names.")
    path = Path(os.environ["CONTENT_KEYS_FILE"])
    try:
        print(DOES[options.what](path, set(options.names)))
    except FileExistsError:
        raise Refusal(f"There is a key in {path} already. Nothing was changed.") from None
    except OSError as error:
        raise Refusal(f"{path} cannot be used: {error.strerror}.") from error
    except ContentFault as fault:
        raise Refusal(str(fault)) from fault
    return 0


def _make(path: Path, _names: set[str]) -> str:
    return f"The key {content_keys.make(path)} is in {path}. Keep a copy of it elsewhere."


def _prepare(path: Path, _names: set[str]) -> str:
    name = content_keys.prepare(path)
    return f"The key {name} is next. Copy {path} to every machine, and elsewhere; then turn."


def _turn(path: Path, _names: set[str]) -> str:
    name = content_keys.turn(path)
    return (
        f"From now on {name} is used. Copy {path} to every machine; then digital-dialog rewrap "
        "tells when the keys before it can be dropped."
    )


def _drop(path: Path, names: set[str]) -> str:
    content_keys.drop(path, names)
    return f"Gone from {path}: {', '.join(sorted(names))}. Drop them from its copies too."


DOES = {"make": _make, "prepare": _prepare, "turn": _turn, "drop": _drop}
