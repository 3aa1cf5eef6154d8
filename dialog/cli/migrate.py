"""Bring the database up to date with this version."""

from argparse import ArgumentParser, Namespace

from django.db import transaction

from dialog import rows
from dialog.cli import tables
from dialog.demo import cast, cast_econsultations
from dialog.people import queries as people

MOST = 12


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument(
        "--with-cast",
        action="store_true",
        help="give an empty database people, and say who can sign in",
    )


def run(options: Namespace) -> int:
    """Migrate, and give an empty database its people if asked."""
    tables.bring_up_to_date()
    if options.with_cast:
        if not at_the_door():
            with transaction.atomic():
                cast.make()
                everybody = cast.find()
                cast_econsultations.begin(everybody.lund, kari=everybody.kari, per=everybody.per)
        print("\n".join(["Sign in as, for instance:", *map(introduction, at_the_door())]))
    return 0


def at_the_door() -> list[people.Persona]:
    """Some of those who can sign in."""
    with rows.seeing(scope="door"):
        return people.everybody_at_the_door(most=MOST)


def introduction(person: people.Persona) -> str:
    """One of them, in a line."""
    work = f"{person.role_words.lower()}, {person.works_at}" if person.works_at else "pasient"
    return f"  {person.name}, {work}"
