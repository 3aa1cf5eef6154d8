"""Prepare a PostgreSQL server of your own: the three roles and the database.

  digital-dialog database prepare --admin-url postgresql://postgres@db.example.org/postgres

Prints the addresses of new roles once, with new passwords, as lines for the environment.
"""

import sys
from argparse import ArgumentParser, Namespace

import psycopg

from dialog.adapters import database_roles as roles
from dialog.cli.readiness import DATABASE
from dialog.cli.surroundings import Refusal

SETTINGS = {
    roles.OWNER: "DATABASE_URL",
    roles.WEB: "DATABASE_URL_WEB",
    roles.RELAY: "DATABASE_URL_RELAY",
}


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument("what", choices=["prepare"])
    parser.add_argument(
        "--admin-url", required=True, help="a role that may create roles and databases"
    )
    parser.add_argument("--name", default=DATABASE, help="the database (default: %(default)s)")


def run(options: Namespace) -> int:
    """Make what is missing, and say what was made."""
    try:
        made = roles.prepare(options.admin_url, database=options.name)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Refusal(f"The server at --admin-url refused: {reason}") from error
    for role, url in made.items():
        print(f"{SETTINGS[role]}={url}")
    print(f"The database {options.name} and its three roles are there.", file=sys.stderr)
    return 0
