"""Make an office, close one, and hand over what it has.

create: the practice, its first doctor, and the doctor's patient list. What is not given is asked
for. The doctor's identity number is never an option, because a command line is kept in the shell's
history: it is asked for, or read from the first line of standard input. The services are off until
the doctor switches them on in the settings page.
"""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass

from django.utils import translation

from dialog import rows
from dialog.actor import PLATFORM
from dialog.cli import closing
from dialog.cli.surroundings import Refusal
from dialog.conversations import actions as conversations
from dialog.errors import DialogError
from dialog.people import actions as people

ASKED = {
    "name": "The name of the office",
    "phone": "The telephone patients call",
    "doctor": "The name of the first doctor",
}
IDENTITY_NUMBER = "The doctor's identity number (11 digits, not shown)"


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    create = kinds.add_parser(
        "create", help="make an office; the same again changes nothing", description=__doc__
    )
    closing.arguments(kinds)
    create.add_argument("--name", default="", help="what patients call the office")
    create.add_argument("--phone", default="", help="the number patients call")
    create.add_argument("--doctor", default="", help="the first doctor's name")
    create.add_argument("--specialist", action="store_true", help="a specialist")


def run(options: Namespace) -> int:
    """Do it, and say how to go on."""
    return closing.run(options) if options.what in closing.DO else _create(options)


def _create(options: Namespace) -> int:
    said = {field: getattr(options, field) or _ask(field) for field in ASKED}
    identity_number = _identity_number()
    try:
        with translation.override("en"), rows.seeing(scope="setup"):
            office = people.start_office(
                by=PLATFORM, identity_number=identity_number, specialist=options.specialist, **said
            )
            conversations.open_services(by=PLATFORM, list_id=office.list_id, on=False)
    except DialogError as refusal:
        words = {**ASKED, "identity_number": "The doctor's identity number"}
        raise Refusal(f"{words.get(refusal.field, 'Not done')}: {refusal.sentence}") from None
    if not office.new:
        print(f"{said['name']} is here already, with {said['doctor']}. Nothing was changed.")
        return 0
    print(
        f"{said['name']} is ready to be set up.\n"
        f"Sign in as {said['doctor']}; the first page says what is left to do.\n"
        "All services are off until the doctor switches them on."
    )
    return 0


def _ask(field: str) -> str:
    if not sys.stdin.isatty():
        raise Refusal(f"{ASKED[field]} is missing: give it with --{field}.")
    return input(f"{ASKED[field]}: ").strip()


def _identity_number() -> str:
    if sys.stdin.isatty():
        return getpass(f"{IDENTITY_NUMBER}: ")
    return sys.stdin.readline().strip()
