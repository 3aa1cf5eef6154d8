"""What is measured: our own database with an office of real size, and our own web server."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from psycopg import sql

from bench.cpu import Meter
from bench.load import HOST
from dialog.adapters import database_roles as roles
from dialog.adapters.postgres import BOOTSTRAP, Server
from dialog.adapters.processes import die_with_parent, ended
from dialog.cli import web
from dialog.working_days import oslo_day

CHECKOUT = Path(__file__).resolve().parent.parent
PLACE = CHECKOUT / "var" / "bench"
PATIENCE = 60.0
MEASURED = "measured"
TWIN = "measured_twin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large an office is measured."""

    patients: int
    practitioners: int
    inbox: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The running product: where it listens, its database, what its processes use, and what the
    environment of one more process is, by the database role it has; ``twin`` is the same for a copy
    of the database that nobody uses yet.
    """

    port: int
    database: str
    programs: Path
    meter: Meter
    environment: Callable[[str], Mapping[str, str]]
    twin: Callable[[str], Mapping[str, str]]

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What the database says, row security aside: to verify with, not to measure."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(statement.encode(), values).fetchall()


@contextmanager
def stage(size: Size, port: int) -> Iterator[Stage]:
    """Everything running, and stopped again afterwards."""
    PLACE.mkdir(parents=True, exist_ok=True)
    server = Server(PLACE)
    server.start()
    try:
        with psycopg.connect(server.url(), autocommit=True) as admin:
            _office(server, admin, size)
        environment = _environment(server.url(roles.WEB, MEASURED), "web")
        with served(port, environment, PLACE / "web.log") as process:
            database = server.process.pid if server.process else 0
            yield Stage(
                port=port,
                database=server.url(BOOTSTRAP, MEASURED),
                programs=server.programs,
                meter=Meter(process.pid, database),
                environment=lambda role: _environment(
                    server.url(role, MEASURED), role.removeprefix("dialog_")
                ),
                twin=lambda role: _environment(
                    server.url(role, TWIN), role.removeprefix("dialog_")
                ),
            )
    finally:
        server.stop()
        server.release()


def _office(server: Server, admin: "psycopg.Connection[tuple[object, ...]]", size: Size) -> None:
    """A fresh copy of the office; it is made once a day, and when what makes it has changed."""
    name = f"office_{_digest(size)}"
    known = {row[0] for row in admin.execute("SELECT datname FROM pg_database").fetchall()}
    for stale in known:
        if str(stale).startswith(("office_", MEASURED, "unfinished")) and stale != name:
            _drop(admin, str(stale))
    if name not in known:
        roles.make_roles(admin)
        roles.make_database(admin, "unfinished")
        _populate(server, size)
        _say(admin, "ALTER DATABASE unfinished RENAME TO {}", name)
    for copy in (MEASURED, TWIN):
        _say(admin, "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", copy, name)
    with psycopg.connect(server.url(BOOTSTRAP, MEASURED), autocommit=True) as fresh:
        fresh.execute("VACUUM ANALYZE")
    admin.execute("CHECKPOINT")


def _digest(size: Size) -> str:
    digest = hashlib.sha256(f"{size} {oslo_day(datetime.now(UTC))}".encode())
    for pattern in ("*/migrations/*.py", "demo/**/*.py"):
        for source in sorted((CHECKOUT / "dialog").glob(pattern)):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _drop(admin: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    _say(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _say(admin: "psycopg.Connection[tuple[object, ...]]", statement: str, *names: str) -> None:
    identifiers = [sql.Identifier(one) for one in names]
    admin.execute(sql.SQL(statement).format(*identifiers))  # type: ignore[arg-type]


def _populate(server: Server, size: Size) -> None:
    began = time.monotonic()
    words = ["--patients", size.patients, "--practitioners", size.practitioners]
    for command in (
        ["migrate"],
        ["demo", *map(str, words), "--inbox", str(size.inbox)],
    ):
        subprocess.run(
            [sys.executable, "-m", "dialog", *command],
            env=_environment(server.url(roles.OWNER, "unfinished"), "owner"),
            check=True,
            cwd=CHECKOUT,
        )
    print(f"The office was made in {time.monotonic() - began:.0f} s; the next run has it.")


def _environment(database: str, process: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "DATA_DIR": str(PLACE),
        "DATABASE_URL": database,
        "DIALOG_PROCESS": process,
        "DIALOG_DEMONSTRATION": "1",
        "SECRET_KEY": "only-for-the-bench-" * 4,
        "IDENTITY_HASH_KEY": "only-for-the-bench-too-" * 4,
        "CONTENT_KEYS_FILE": str(PLACE / "content-keys"),
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def served(
    port: int, environment: Mapping[str, str], log: Path, settings: str = "bench.settings"
) -> "Iterator[subprocess.Popen[bytes]]":
    """The product's own web server in processes of its own, with the empty page beside it."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            web.granian(port),
            stdin=subprocess.DEVNULL,
            stderr=words,
            env={**environment, "DJANGO_SETTINGS_MODULE": settings},
            cwd=CHECKOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        ended(process.pid, process, 12)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/logg-inn")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("The web server did not start.")


def forget() -> None:
    """Remove the office, so that the next run makes it anew."""
    shutil.rmtree(PLACE, ignore_errors=True)
