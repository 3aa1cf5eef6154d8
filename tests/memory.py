"""Keeps what tests make and drop in memory, where there is enough of it.

A copy of a database is some six hundred files, a server a thousand, and the tests' own folders hold
a thousand more. A file system without a journal is slow to make a file where many were removed a
moment ago, so on a disk they make each other slow.
"""

import os
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from dialog.adapters import database_roles as roles
from dialog.adapters import postgres_places
from dialog.adapters.postgres import Server

MEMORY = Path("/dev/shm")
ENOUGH = 2**30  # bytes; what a worker needs is a tenth of it, and there are eight at most
NAME = "memory"


def settings(server: Server) -> dict[str, str]:
    """By which the servers that tests make beside this one lie in memory, and their own folders."""
    if not _is_enough():
        return {}
    folders = os.environ.get("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    return {"POSTGRES_DIR": str(_others(server)), "PYTEST_DEBUG_TEMPROOT": folders}


def make_room(server: Server, admin: psycopg.Connection) -> None:
    """A place in memory for this server's databases; when nobody uses it. What an earlier run left
    is gone, and may have been since the machine was started.
    """
    clear(server, admin)
    for note in _others(server).glob("*/belongs-to"):
        if not Path(note.read_text().strip()).exists():
            postgres_places.remove(note.parent)
    if not _is_enough():
        return
    folder = _folder(server)
    postgres_places.private(folder, server.account)
    admin.execute(
        sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(
            sql.Identifier(NAME), sql.Literal(str(folder))
        )
    )


def clear(server: Server, admin: psycopg.Connection) -> None:
    """Give the memory back."""
    admin.execute(sql.SQL("DROP TABLESPACE IF EXISTS {}").format(sql.Identifier(NAME)))
    postgres_places.remove(_folder(server))


def _folder(server: Server) -> Path:
    return MEMORY / f"digital-dialog-{server.sockets.name}"


def _others(server: Server) -> Path:
    return _folder(server).with_name(f"{_folder(server).name}-others")


def _is_enough() -> bool:
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ENOUGH


def copy(admin: psycopg.Connection, name: str, template: str) -> None:
    """A database as the template is, in memory where there is room."""
    known = admin.execute("SELECT 1 FROM pg_tablespace WHERE spcname = %s", [NAME]).fetchone()
    place = sql.SQL(" TABLESPACE {}").format(sql.Identifier(NAME)) if known else sql.SQL("")
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy{}").format(
            sql.Identifier(name), sql.Identifier(roles.OWNER), sql.Identifier(template), place
        )
    )
