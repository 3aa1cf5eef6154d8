"""What is done with an office that closes (R223): the day is said, everything is handed over to a
folder with a list of checksums, and only then may its matters be erased here. Part of
``digital-dialog office``.
"""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone, translation

from dialog import rows
from dialog.actor import PLATFORM
from dialog.cli import folders, handing_over
from dialog.cli.surroundings import Refusal
from dialog.content import is_destroyed
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.rights import Why
from dialog.errors import DialogError, WrongState
from dialog.ledger.queries import last_fact
from dialog.people import actions as people
from dialog.people import queries as people_queries


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
    gone = kinds.add_parser("erase", help="erase the content of what has been handed over")
    gone.add_argument("--name", required=True, help="what patients call the office")
    gone.add_argument("--list", type=Path, required=True, help="SHA256SUMS of the folder")


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
    as_of = timezone.now()
    matters, digest = handing_over.hand_over(practice_id, options.to)
    with rows.seeing(practice=practice_id):
        conversations.hand_over(
            by=PLATFORM, practice_id=practice_id, matters=matters, digest=digest, as_of=as_of
        )
    print(
        f"{options.name}: {len(matters)} matters are in {options.to}, as they were when it began.\n"
        f"Check them with: cd {options.to} && sha256sum -c {folders.LIST}\n"
        f"The list itself has the checksum {digest}, which is in the ledger.\n"
        "Nothing in the folder is encrypted. Keep it as a patient record is kept."
    )
    return 0


def _erase(options: Namespace) -> int:
    with rows.seeing(scope="setup"):
        practice_id = practice(options.name)
        if not people_queries.office_by_id(practice_id).closed:
            raise Refusal(f"{options.name} has not closed: digital-dialog office close.")
        if is_destroyed(practice_id):
            print(f"{options.name} has been erased, and its keys are destroyed.")
            return 0
    with rows.seeing(practice=practice_id):
        _must_have_all(options.list, practice_id)
        waiting = queries.not_erased(practice_id)
    left = [one for one in waiting if not _decided(practice_id, one)]
    print(f"{len(waiting) - len(left)} matters are being erased. The relay does it.")
    if left:
        print(
            f"{len(left)} matters are not: they are not in the journal, or the record system has "
            "not had all. See to that, and do this again."
        )
        return 1
    return _erase_the_rest(practice_id)


def _erase_the_rest(practice_id: int) -> int:
    """The office's own words and its keys, when no matter has a key any more."""
    try:
        with rows.seeing(scope="setup"):
            conversations.erase_office(by=PLATFORM, practice_id=practice_id)
    except WrongState:
        print(
            "The office's own texts, lists and keys are still there: do this again in a minute, "
            "when the relay has erased the matters."
        )
        return 1
    print("The office's own texts and lists are erased, and its keys are destroyed.")
    return 0


def _must_have_all(listed: Path, practice_id: int) -> None:
    """Refuse unless this list is of the last hand-over, whole, and nothing has come since."""
    told = last_fact(practice_id, "OfficeHandedOver")
    if told is None or not listed.is_file():
        raise Refusal("Nothing was handed over: digital-dialog office hand-over.")
    if folders.digest_of(listed) != told.details["digest"]:
        raise Refusal(f"{listed} is not the list of what was handed over last.")
    if wrong := folders.faults(listed):
        raise Refusal(f"{len(wrong)} files are not as they were handed over, {wrong[0]} the first.")
    if queries.changed_since(practice_id, datetime.fromisoformat(str(told.details["as_of"]))):
        raise Refusal("Something has changed since it was handed over: hand over again.")
    if others := handing_over.changed(practice_id, listed):
        raise Refusal(f"Since it was handed over, {others[0]} has changed: hand over again.")


def _decided(practice_id: int, conversation_id: UUID) -> bool:
    with rows.seeing(practice=practice_id):
        try:
            conversations.decide_erasure(
                by=PLATFORM, conversation_id=conversation_id, why=Why.OFFICE_CLOSED
            )
        except WrongState:
            return False
    return True


def practice(name: str) -> int:
    """The key of the one office of this name."""
    found = people_queries.practices_named(name)
    if len(found) != 1:
        many = "no office" if not found else f"{len(found)} offices"
        raise Refusal(f"There is {many} called {name}.")
    return found[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day: write it as 2027-03-01.") from None


DO: dict[str, Callable[[Namespace], int]] = {
    "close": _close,
    "hand-over": _hand_over,
    "erase": _erase,
}
