"""Make an office of real size, with a year of history and eight weeks of calendar.

Everybody in it is made up. The same seed on the same day makes the same office.
"""

import json
import time
from argparse import ArgumentParser, Namespace

from django.db import transaction

from dialog.cli.migrate import at_the_door
from dialog.cli.surroundings import Refusal, demonstration_mark, elsewhere, registers_file
from dialog.demo import cast
from dialog.demo.contact import of_patients
from dialog.demo.personnel import personnel
from dialog.demo.population import making
from dialog.demo.population.making import Plan
from dialog.demo.population.office import NAME
from dialog.people.identity_number import parse

FIRST_AFTER_THE_CAST = 9_000_101
TOLD = {
    "people.Patient": "patients",
    "conversations.Conversation": "conversations",
    "conversations.Message": "messages",
    "appointments.Appointment": "appointments",
    "appointments.Slot": "published times",
    "ledger.Entry": "lines in the ledger",
}


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    usual = Plan()
    parser.add_argument("--patients", type=int, default=usual.patients)
    parser.add_argument("--practitioners", type=int, default=usual.practitioners)
    parser.add_argument("--inbox", type=int, help="how many items wait (else: what a day brings)")
    parser.add_argument("--seed", type=int, default=usual.seed)


def run(options: Namespace) -> int:
    """Make it, and say what was made."""
    if options.patients < options.practitioners or options.practitioners < 1:
        raise Refusal("There must be at least one practitioner, and a patient for each.")
    if making.exists():
        print(f"{NAME} is here already. Nothing was changed.")
        return 0
    _must_be_for_show()
    began = time.monotonic()
    with transaction.atomic():
        if not at_the_door():
            cast.make()
        made = making.make(
            Plan(
                patients=options.patients,
                practitioners=options.practitioners,
                inbox=options.inbox,
                seed=options.seed,
            )
        )
    if not elsewhere():
        demonstration_mark().touch()
    # Those of the cast come first in the register.
    known = {
        "personnel": personnel(made.office.hired, first=FIRST_AFTER_THE_CAST),
        "contact": of_patients((one.number, one.phone) for one in made.patients if one.phone),
    }
    registers_file().write_text(json.dumps(known))
    print(f"{NAME} is ready, after {time.monotonic() - began:.0f} seconds:")
    for label, what in TOLD.items():
        print(f"  {made.rows.written[label]:>9,} {what}")
    print(f"  {made.waiting:>9,} items wait in the inbox")
    doctor, patient = made.office.doctors[0].actor, made.patients[0].actor
    print(f"Sign in as, for instance, {doctor.name} at work or {patient.name} as a patient.")
    return 0


def _must_be_for_show() -> None:
    """Made-up people are never put among real ones."""
    if any(not parse(one.identity_number).synthetic for one in at_the_door()):
        raise Refusal(
            "There are real people in this database, so made-up ones do not belong there. "
            "Set DATA_DIR to another folder, or DATABASE_URL to an empty database."
        )
