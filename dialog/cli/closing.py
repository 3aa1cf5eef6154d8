"""What is done with an office that closes (R223): the day is said, everything is handed over to a
folder with a list of checksums. Part of ``digital-dialog office``.
"""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation

from dialog import rows
from dialog.actor import PLATFORM
from dialog.cli import handing_over
from dialog.cli.surroundings import Refusal
from dialog.conversations import actions as conversations
from dialog.errors import DialogError
from dialog.people import actions as people
from dialog.people import queries


def arguments(kinds: Any) -> None:
    """What may be asked."""
    close = kinds.add_parser("close", help="say from which day an office takes nothing new")
    close.add_argument("--name", required=True, help="what patients call the office")
    when = close.add_mutually_exclusive_group(required=True)
    when.add_argument("--on", type=_day, help="the day, as 2027-03-01")
    when.add_argument("--call-off", action="store_true", help="it does not close after all")
    over = kinds.add_parser("hand-over", help="write all that an office has to a folder")
    over.add_argument("--name", required=True, help="what patients call the office")
    over.add_argument("--to", type=Path, required=True, help="a folder that is not there yet")


def run(options: Namespace) -> int:
    """Do it, and say what was done."""
    try:
        with translation.override("en"):
            return DO[options.what](options)
    except DialogError as refusal:
        raise Refusal(str(refusal.sentence)) from None


def _close(options: Namespace) -> int:
    with rows.seeing(scope="setup"):
        people.close_practice(by=PLATFORM, practice_id=practice(options.name), on=options.on)
    if options.on is None:
        print(f"{options.name} does not close.")
        return 0
    print(
        f"{options.name} takes nothing new from {options.on}. Its patients read it when they sign "
        "in."
    )
    return 0


def _hand_over(options: Namespace) -> int:
    with rows.seeing(scope="setup"):
        practice_id = practice(options.name)
    matters, digest = handing_over.hand_over(practice_id, options.to)
    with rows.seeing(practice=practice_id):
        conversations.hand_over(
            by=PLATFORM, practice_id=practice_id, matters=matters, digest=digest
        )
    print(
        f"{options.name}: {len(matters)} matters are in {options.to}, as they were when it began.\n"
        f"Check them with: cd {options.to} && sha256sum -c {handing_over.LIST}\n"
        f"The list itself has the checksum {digest}, which is in the ledger.\n"
        "Nothing in the folder is encrypted. Keep it as a patient record is kept."
    )
    return 0


def practice(name: str) -> int:
    """The key of the one office of this name."""
    found = queries.practices_named(name)
    if len(found) != 1:
        many = "no office" if not found else f"{len(found)} offices"
        raise Refusal(f"There is {many} called {name}.")
    return found[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day: write it as 2027-03-01.") from None


DO: dict[str, Callable[[Namespace], int]] = {"close": _close, "hand-over": _hand_over}
