"""Hand out lines of the ledger to an authority: those about a patient, or those of what somebody
did in their work at an office; to read, for machines, and with what proves that they are as they
were sealed. Part of ``digital-dialog ledger``.

Nothing in the folder is encrypted. That the log was handed out, to whom and for what, is written in
the ledger.
"""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import translation

from dialog import rows
from dialog.actor import PLATFORM, Actor, Role
from dialog.cli import folders, handed_out
from dialog.cli.surroundings import Refusal
from dialog.errors import DialogError
from dialog.ledger import actions
from dialog.ledger.orders import CASE_NUMBER, Authority, Order, OrderedFor
from dialog.people import queries as people
from dialog.people.identity import checked


class Whose(NamedTuple):
    """Whose lines, as keys and in words."""

    keys: dict[str, int]
    words: dict[str, Any]


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument(
        "--patient",
        metavar="FILE",
        help="a file with the patient's identity number in it; - reads it, so that it stands "
        "neither among the processes nor in the history of the shell",
    )
    whose.add_argument("--employee", metavar="NAME", help="by name, or by id where two have it")
    parser.add_argument("--office", help="where the employee works or has worked")
    parser.add_argument("--from", dest="since", type=_day, help="from this day, as 2026-11-28")
    parser.add_argument("--to", dest="until", type=_day, help="to and with this day")
    parser.add_argument("--ordered-by", required=True, choices=list(map(str, Authority)))
    parser.add_argument("--purpose", required=True, choices=list(map(str, OrderedFor)))
    parser.add_argument(
        "--case", required=True, type=_case, help="the number of the case at whoever ordered it"
    )
    parser.add_argument("--folder", required=True, type=Path, help="one that is not there yet")


def run(options: Namespace) -> int:
    """Write the folder, write down that it was handed out, and wait for the receipt."""
    with translation.override("nb"):
        try:
            with rows.seeing(scope="setup"):
                keys = handed_out.public_keys()
                whose = _patient(options) if options.patient else _employee(options)
                order = _order(options, whose)
                folder = folders.Folder(options.folder)
                lines = handed_out.write(folder, order, whose.words, keys)
                digest = folder.close()
                actions.hand_out(by=PLATFORM, order=order, lines=lines, digest=digest)
        except DialogError as refusal:
            raise Refusal(str(refusal.sentence)) from None
    print(
        f"{lines} lines are in {options.folder}. Nothing in it is encrypted.\n"
        f"The list of files has the checksum {digest}, which is in the ledger."
    )
    return _receipt(options.folder, order, digest)


def _receipt(folder: Path, order: Order, digest: str) -> int:
    if not handed_out.receipt(folder, order, digest):
        print(
            "The receipt is missing, for nothing has been sealed since: does the relay run? When "
            f"it does: digital-dialog ledger receipt {folder}"
        )
        return 1
    print(f"Verify it with: digital-dialog ledger verify-export {folder}")
    return 0


def receipt(options: Namespace) -> int:
    """Fetch the receipt of a folder that came without."""
    with rows.seeing(scope="setup"):
        whose = handed_out.ordered_of(options.folder)
    return _receipt(options.folder, whose, folders.digest_of(options.folder / folders.LIST))


def _order(options: Namespace, whose: Whose) -> Order:
    if options.since and options.until and options.since > options.until:
        raise Refusal(f"--from {options.since} is after --to {options.until}.")
    return Order(
        by=Authority(options.ordered_by),
        purpose=OrderedFor(options.purpose),
        case_number=options.case,
        since=options.since,
        until=options.until,
        **whose.keys,
    )


def _patient(options: Namespace) -> Whose:
    if options.office:
        raise Refusal("--office goes with --employee; a patient's lines are those of every office.")
    found = people.patient_anywhere(checked(_number(options.patient)).value)
    if found is None:
        raise Refusal("There is no patient with this identity number.")
    words = {"id": str(found.uuid), "name": found.name, "born": found.born.isoformat()}
    return Whose({"patient_id": found.id}, {"patient": words})


def _number(place: str) -> str:
    if place != "-":
        try:
            return Path(place).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise Refusal(f"{place} cannot be read as text.") from fault
    if sys.stdin.isatty():
        return getpass("Identity number: ").strip()
    return sys.stdin.readline().strip()


def _employee(options: Namespace) -> Whose:
    """What somebody has done is asked for by a purpose and a time, never all there is (R220)."""
    if not options.office:
        raise Refusal("--office is missing: where the employee works or has worked.")
    if not (options.since and options.until):
        raise Refusal("--from and --to are missing: what an employee did is asked for by a time.")
    offices = people.practices_named(options.office)
    if len(offices) != 1:
        many = "no office" if not offices else f"{len(offices)} offices"
        raise Refusal(f"There is {many} called {options.office}.")
    everybody = people.workers(Actor(role=Role.PLATFORM, practice_id=offices[0]))
    asked = options.employee.strip().lower()
    found = [one for one in everybody if asked in (one.name.lower(), str(one.account_uuid))]
    if not found:
        raise Refusal(f"Nobody called {options.employee} works at {options.office}, or has.")
    if len(found) > 1:
        each = "\n".join(f"  {one.account_uuid}  {one.role}" for one in found)
        raise Refusal(f"{len(found)} are called that. Give the id of one with --employee:\n{each}")
    one = found[0]
    words = {"id": str(one.account_uuid), "name": one.name, "office": options.office}
    keys = {"practice_id": offices[0], "account_id": one.account_id}
    return Whose(keys, {"employee": words})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day: write it as 2026-11-28") from None


def _case(text: str) -> str:
    if not CASE_NUMBER.fullmatch(text):
        raise ArgumentTypeError(
            "letters, digits, / . and -, at most 30; it is written in the ledger, so no name and "
            "no identity number"
        )
    return text
