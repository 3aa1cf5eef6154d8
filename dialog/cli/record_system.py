"""Let an office work in its own record system, or here again; and see which offices do.

The numbers are those of the national address registry (HER-id): the office's own, and one for each
practitioner whose messages have an address of their own.

  digital-dialog record-system connect --office "Storgata legesenter" --her-id 8000010 \\
      --practitioner "Ingrid Lund=8000011"

What is not where it should be is listed by «waiting»: never what a message says, only when it came
or went, whose it is and why it stopped. One that was laid aside is handled again by «again». What
a record system gets wrong and we take all the same is counted by «tolerated».
"""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils import timezone, translation

from dialog import rows
from dialog.actor import PLATFORM
from dialog.cli.surroundings import Refusal
from dialog.errors import DialogError
from dialog.interop import actions, queries
from dialog.interop.plainly import plainly
from dialog.interop.policy import State
from dialog.people import queries as people

STANDS: Mapping[State, str] = {
    State.STORED: "kept and not handled yet, tried {tries} times",
    State.PARKED: "laid aside after {tries} tries",
    State.REFUSED: "refused",
    State.REJECTED: "not taken there",
    State.UNANSWERED: "sent {tries} times, and no receipt",
}


def arguments(parser: ArgumentParser) -> None:
    """What is to be done, and with which office."""
    parser.formatter_class = RawDescriptionHelpFormatter
    what = parser.add_subparsers(dest="what", required=True)
    connect = what.add_parser("connect", help="let an office work in its record system")
    connect.add_argument("--office", required=True, help="the office's name")
    connect.add_argument("--her-id", required=True, type=int, help="the office's own number")
    connect.add_argument(
        "--practitioner",
        action="append",
        default=[],
        metavar="NAME=HER-ID",
        help="a practitioner and their number; may be said several times",
    )
    disconnect = what.add_parser("disconnect", help="let an office work here again")
    disconnect.add_argument("--office", required=True, help="the office's name")
    what.add_parser("list", help="which offices are reached where")
    waiting = what.add_parser("waiting", help="which messages are not where they should be")
    waiting.add_argument("--refused", action="store_true", help="and which we have refused")
    what.add_parser("tolerated", help="what each record system gets wrong, and how often")
    again = what.add_parser("again", help="handle a message that was laid aside once more")
    again.add_argument("message", type=UUID, help="its id, from waiting or the log")


def run(options: Namespace) -> int:
    """Do it, and say what was done."""
    try:
        with translation.override("en"), rows.seeing(scope="setup"):
            return DO[options.what](options)
    except DialogError as refusal:
        raise Refusal(str(refusal.sentence)) from None


def _connect(options: Namespace) -> int:
    practice_id = _office(options.office)
    practitioners = dict(_practitioner(practice_id, one) for one in options.practitioner)
    actions.connect(
        by=PLATFORM, practice_id=practice_id, her_id=options.her_id, practitioners=practitioners
    )
    print(
        f"{options.office} works in its record system from now on, reached at {options.her_id}.\n"
        "Start digital-dialog listen where it is not running: it hears what the office answers."
    )
    return 0


def _disconnect(options: Namespace) -> int:
    actions.disconnect(by=PLATFORM, practice_id=_office(options.office))
    print(f"{options.office} works here from now on. Late answers still find their way.")
    return 0


def _list(_options: Namespace) -> int:
    for one in queries.everybody_reached():
        print(f"{one.her_id}\t{one.office}\t{one.practitioner or 'the office'}")
    return 0


def _waiting(options: Namespace) -> int:
    found = queries.what_waits(refused=options.refused)
    for one in found:
        print(_line(one))
    if not found:
        print("Every message is where it should be.")
    return 0


def _line(one: queries.Waiting) -> str:
    """When, which way and whom, at which office, what, how it stands and why, its name."""
    way = "from" if one.came else "to"
    why = f", {one.code}: {plainly(one.code)}" if one.code else ""
    return "\t".join(
        (
            f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}",
            f"{way} {one.other}",
            one.office or "no office we know",
            one.function,
            STANDS[one.state].format(tries=one.tries) + why,
            str(one.uuid),
        )
    )


def _tolerated(_options: Namespace) -> int:
    """Whose it is, what it is called (docs/interop-troubles.md), how often, and when the last."""
    found = queries.what_is_tolerated()
    for one in found:
        office = one.office or "no office we know"
        last = f"{timezone.localtime(one.last):%Y-%m-%d %H:%M}"
        print(f"{one.her_id}\t{office}\t{one.name}\t{one.count}\tlast {last}")
    if not found:
        print("Every message was as it should be.")
    return 0


def _again(options: Namespace) -> int:
    actions.try_again(by=PLATFORM, transmission_id=options.message)
    print("It is handled within a minute, where digital-dialog relay is running.")
    return 0


def _office(name: str) -> int:
    found = people.practices_named(name)
    if len(found) != 1:
        known = ", ".join(sorted(people.practice_names()))
        many = f"There are {len(found)} offices called {name!r}."
        raise Refusal(f"{many} We know: {known or 'none'}.")
    return found[0]


def _practitioner(practice_id: int, said: str) -> tuple[int, int]:
    name, _equals, number = said.rpartition("=")
    if not name or not number.isdigit():
        raise Refusal(f"{said!r}: write the name, =, and the number: 'Ingrid Lund=8000011'.")
    for one in people.practitioners_at(practice_id):
        if one.name.casefold() == name.strip().casefold():
            return one.id, int(number)
    raise Refusal(f"There is no practitioner called {name!r} there.")


DO: Mapping[str, Callable[[Namespace], int]] = {
    "connect": _connect,
    "disconnect": _disconnect,
    "list": _list,
    "waiting": _waiting,
    "tolerated": _tolerated,
    "again": _again,
}
