"""What a command finds around it: its data folder, its secrets and its database."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import django
import psycopg
from django.core.management import call_command

from dialog import retention
from dialog.adapters import content_keys, seal_keys
from dialog.adapters import database_roles as roles
from dialog.adapters.postgres import Server
from dialog.config.environment import flag
from dialog.content.ports import ContentFault, outside_keys
from dialog.ledger import ports

PACKAGE = Path(__file__).resolve().parent.parent
DATABASE = "dialog"
SECRETS = ("SECRET_KEY", "IDENTITY_HASH_KEY")
# What seals the ledger and encrypts the content lies beside the data in a demonstration; else it is
# said where.
KEY_FILES = {
    "SEAL_KEY_FILE": "seal-key.pem",
    "SEAL_HEADS_FILE": "seal-heads",
    "CONTENT_KEYS_FILE": "content-keys",
}


class Refusal(Exception):
    """The command cannot be obeyed; the text says why, and what to do."""


def data_dir() -> Path:
    """Where this installation keeps its data: DATA_DIR, else the checkout's or the user's own."""
    chosen = os.environ.get("DATA_DIR", "")
    if chosen:
        folder = Path(chosen).expanduser().resolve()
    elif (PACKAGE.parent / "pyproject.toml").exists():
        folder = PACKAGE.parent / "var" / "data"
    elif os.geteuid() == 0:
        folder = Path("/var/lib/digital-dialog/data")
    else:
        share = os.environ.get("XDG_DATA_HOME", "") or "~/.local/share"
        folder = Path(share).expanduser() / "digital-dialog"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"DATA_DIR is {folder}, which cannot be made: {error.strerror}.") from error
    return folder


def load_django_settings() -> None:
    """Say where the settings are, and give them the secrets of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
    folder = data_dir()
    for name in SECRETS:
        if not os.environ.get(name):
            os.environ[name] = _secret(folder / name.lower().replace("_", "-"))
    if demonstration_mark().exists():
        os.environ.setdefault("DIALOG_DEMONSTRATION", "1")


def name_key_files() -> None:
    """Say where a demonstration keeps what it seals and encrypts with, unless somebody has."""
    if flag("DIALOG_DEMONSTRATION"):
        for name, file in KEY_FILES.items():
            if not os.environ.get(name):
                os.environ[name] = str(data_dir() / file)


def ready_to_seal() -> None:
    """Give a demonstration its key the first time; refuse, and say what to do, where there is none
    to seal with.
    """
    name_key_files()
    file = data_dir() / KEY_FILES["SEAL_KEY_FILE"]
    if flag("DIALOG_DEMONSTRATION") and os.environ.get("SEAL_KEY_FILE") == str(file):
        with suppress(FileExistsError):
            seal_keys.make(file)
    try:
        ports.seal_keys().current()
        ports.seal_heads()
    except ports.SealFault as fault:
        raise Refusal(str(fault)) from fault


def ready_with_content() -> None:
    """Give a demonstration the key to its content the first time; refuse, and say what to do, where
    there is none: without it nothing can be written or read.
    """
    name_key_files()
    file = data_dir() / KEY_FILES["CONTENT_KEYS_FILE"]
    if flag("DIALOG_DEMONSTRATION") and os.environ.get("CONTENT_KEYS_FILE") == str(file):
        with suppress(FileExistsError):
            content_keys.make(file)
    try:
        outside_keys().current()
    except ContentFault as fault:
        raise Refusal(str(fault)) from fault


def ready_to_forget() -> None:
    """Refuse a file of how long things are kept that cannot be used: nothing goes by guess."""
    try:
        retention.table()
    except retention.RetentionFault as fault:
        raise Refusal(str(fault)) from fault


def demonstration_mark() -> Path:
    """Exists when the data are a demonstration's, so that other commands know it too."""
    return data_dir() / "demonstration"


def registers_file() -> Path:
    """Whom the simulated registers of a demonstration know beside the cast."""
    return data_dir() / "registers.json"


def _secret(note: Path) -> str:
    if not note.exists():
        beside = note.with_suffix(".unfinished")
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(48))
        beside.rename(note)
    return note.read_text().strip()


def elsewhere() -> bool:
    """Whether the database is on a server of somebody else's making."""
    return bool(os.environ.get("DATABASE_URL"))


def check_elsewhere() -> None:
    """Refuse early, and say why, when that server cannot be used."""
    try:
        missing = roles.missing(os.environ["DATABASE_URL"])
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Refusal(f"The database at DATABASE_URL does not answer: {reason}") from error
    except psycopg.ProgrammingError as error:
        raise Refusal("DATABASE_URL is not an address: postgresql://user@host/name") from error
    if missing:
        raise Refusal(
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
def database(process: str) -> Iterator[bool]:
    """A database for one command; whether it was started only for it.

    While ``digital-dialog run`` is on, its server is used.
    """
    load_django_settings()
    os.environ["DIALOG_PROCESS"] = process
    if elsewhere():
        check_elsewhere()
        yield False
        return
    server = Server(data_dir())
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


def start_django(*, migrated: bool) -> None:
    """Load Django; a database that only this command uses is brought up to date first."""
    django.setup()
    if not migrated:
        call_command("migrate", verbosity=0)
