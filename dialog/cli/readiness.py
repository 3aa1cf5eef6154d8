"""What must be in order before a command works with the database: server, keys and tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import django
import psycopg

from dialog import retention
from dialog.adapters import content_keys, seal_keys
from dialog.adapters import database_roles as roles
from dialog.adapters.postgres import Server
from dialog.cli import surroundings
from dialog.config.environment import flag
from dialog.config.logs import take_in_the_unexpected
from dialog.content.ports import ContentFault, outside_keys
from dialog.ledger import ports

DATABASE = "dialog"


def ready_to_seal() -> None:
    """Give a demonstration its key the first time; refuse, and say what to do, where there is none
    to seal with.
    """
    surroundings.name_key_files()
    file = surroundings.data_dir() / surroundings.KEY_FILES["SEAL_KEY_FILE"]
    if flag("DIALOG_DEMONSTRATION") and os.environ.get("SEAL_KEY_FILE") == str(file):
        with suppress(FileExistsError):
            seal_keys.make(file)
    try:
        ports.seal_keys().current()
        ports.seal_heads()
    except ports.SealFault as fault:
        raise surroundings.Refusal(str(fault)) from fault


def ready_with_content() -> None:
    """Give a demonstration the key to its content the first time; refuse, and say what to do, where
    there is none: without it nothing can be written or read.
    """
    surroundings.name_key_files()
    file = surroundings.data_dir() / surroundings.KEY_FILES["CONTENT_KEYS_FILE"]
    if flag("DIALOG_DEMONSTRATION") and os.environ.get("CONTENT_KEYS_FILE") == str(file):
        with suppress(FileExistsError):
            content_keys.make(file)
    try:
        outside_keys().current()
    except ContentFault as fault:
        raise surroundings.Refusal(str(fault)) from fault


def ready_to_forget() -> None:
    """Refuse a file of how long things are kept that cannot be used: nothing goes by guess."""
    try:
        retention.table()
    except retention.RetentionFault as fault:
        raise surroundings.Refusal(str(fault)) from fault


def check_elsewhere() -> None:
    """Refuse early, and say why, when that server cannot be used."""
    try:
        missing = roles.missing(os.environ["DATABASE_URL"])
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise surroundings.Refusal(
            f"The database at DATABASE_URL does not answer: {reason}"
        ) from error
    except psycopg.ProgrammingError as error:
        raise surroundings.Refusal(
            "DATABASE_URL is not an address: postgresql://user@host/name"
        ) from error
    if missing:
        raise surroundings.Refusal(
            f"The database server lacks {', '.join(missing)}. "
            "Run once: digital-dialog database prepare --admin-url postgresql://…"
        )


def open_server(server: Server) -> None:
    """Start our own server, with its roles and database."""
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        roles.make_roles(connection)
        roles.make_database(connection, DATABASE)


def point_to(server: Server) -> None:
    """Let the settings find our own server."""
    os.environ["DATABASE_URL"] = server.url(roles.OWNER, DATABASE)
    os.environ["DATABASE_URL_WEB"] = server.url(roles.WEB, DATABASE)
    os.environ["DATABASE_URL_RELAY"] = server.url(roles.RELAY, DATABASE)


@contextmanager
def in_order(process: str, *, migrates: bool) -> Iterator[None]:
    """A database for one command, the key to its content, and Django.

    While ``digital-dialog run`` is on, its server is used; one that is started only for this is
    brought up to date first, unless the command does that itself.
    """
    surroundings.load_django_settings()
    os.environ["DIALOG_PROCESS"] = process
    with _server() as only_for_this:
        ready_with_content()
        django.setup()
        if only_for_this and not migrates:
            from dialog.cli import tables  # which few commands need to load

            tables.bring_up_to_date()
        if process == "relay":  # what it prints is a log that is kept
            take_in_the_unexpected()
        yield


@contextmanager
def _server() -> Iterator[bool]:
    """The one that is there, or our own; whether it was started only for this."""
    if surroundings.elsewhere():
        check_elsewhere()
        yield False
        return
    server = Server(surroundings.data_dir())
    point_to(server)
    if server.answers():
        yield False
        return
    open_server(server)
    try:
        yield True
    finally:
        server.stop()
        server.release()
