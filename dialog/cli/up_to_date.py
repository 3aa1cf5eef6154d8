"""Whether our own database is as this version wants it, known without loading all of Django.

Remembered beside the data: what the database and the migrations looked like when last brought up to
date, and who could sign in then. A start that finds the same skips a second of looking.
"""

import hashlib
import json
from pathlib import Path

import psycopg

from dialog.adapters.postgres import BOOTSTRAP, Server
from dialog.cli.readiness import DATABASE
from dialog.cli.surroundings import PACKAGE, data_dir

STATE = (
    "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()),"
    " (SELECT count(*) FROM django_migrations), (SELECT max(id) FROM django_migrations)"
    " FROM pg_control_system()"
)


def recall(server: Server) -> str | None:
    """Who can sign in, as told when nothing has changed since; none when something has."""
    try:
        told = json.loads(_note().read_text())
    except (OSError, ValueError):
        return None
    now = _state(server)
    return str(told["people"]) if now and told.get("state") == now else None


def remember(server: Server, people: str) -> None:
    """For the next start."""
    _note().write_text(json.dumps({"state": _state(server), "people": people}))


def _note() -> Path:
    return data_dir() / "up-to-date"


def _state(server: Server) -> str:
    digest = hashlib.sha256()
    for migration in sorted(PACKAGE.glob("*/migrations/*.py")):
        digest.update(migration.name.encode() + migration.read_bytes())
    try:
        with psycopg.connect(server.url(BOOTSTRAP, DATABASE)) as connection:
            row = connection.execute(STATE).fetchone()
    except psycopg.Error:
        return ""
    return f"{digest.hexdigest()} {row}"
