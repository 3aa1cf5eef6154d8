"""The platform as processes beside a bus: web server, relay and listener on a test's database."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path

import psycopg
import pytest

from bench.load import HOST
from dialog.adapters import database_roles as roles
from dialog.adapters.processes import die_with_parent
from dialog.cli import record_system, web
from tests.database import CHECKOUT, SERVER, connected_to

PATIENCE = 60.0  # seconds, for machines with much else to do
AS_INSTALLED = {
    "STATIC_ROOT": str(CHECKOUT / "dialog" / "collected"),
    "STATIC_STORAGE": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "WEB_WORKERS": "1",
}


@dataclass
class Program:
    """One command in a process of its own, which can be killed and started again."""

    words: list[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        """Start it; it may not be ready yet."""
        with self.log.open("ab") as words:
            self.process = subprocess.Popen(
                self.words,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env={**os.environ, **self.environment},
                cwd=CHECKOUT,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def end(self, order: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, or kill it."""
        if self.process is None:
            return
        self.process.send_signal(order)
        self.process.wait(PATIENCE)
        self.process = None

    def kill(self) -> None:
        """kill -9."""
        self.end(signal.SIGKILL)


@dataclass
class Platform:
    """The processes of one installation, and its database with somebody who rules over it."""

    database: str
    admin: psycopg.Connection
    folder: Path
    settings: Mapping[str, str]
    programs: dict[str, Program] = field(default_factory=dict)

    def program(self, name: str, role: str, words: list[str]) -> Program:
        """One of its processes, not started yet."""
        made = Program(words, self._environment(role), self.folder / f"{name}.log")
        self.programs[name] = made
        return made

    def command(self, name: str) -> Program:
        """``digital-dialog relay`` or ``listen``."""
        return self.program(name, roles.RELAY, [sys.executable, "-m", "dialog", name])

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What the database says, row security aside."""
        answered = self.admin.execute(statement, values)
        return answered.fetchall() if answered.description else []

    def said(self) -> str:
        """All that its processes have written to their logs."""
        return "\n".join(one.read_text() for one in sorted(self.folder.glob("*.log")))

    def _environment(self, role: str) -> dict[str, str]:
        return {
            **self.settings,
            "DATABASE_URL": SERVER.url(role, self.database),
            "DIALOG_PROCESS": role.removeprefix("dialog_"),
            "DATA_DIR": str(self.folder),
        }


def as_admin(database: str) -> psycopg.Connection:
    """A connection that row security does not hold, and that commits at once."""
    return psycopg.connect(SERVER.url(database=database), autocommit=True)


STORGATA = (
    *("--office", "Storgata legesenter", "--her-id", "8000010"),
    *("--practitioner", "Ingrid Lund=8000011"),
)


def connect(database: str, *office: str) -> None:
    """As ``digital-dialog record-system connect`` does, without a process of its own."""
    parser = ArgumentParser()
    record_system.arguments(parser)
    with connected_to(database, roles.OWNER), redirect_stdout(StringIO()):
        record_system.run(parser.parse_args(["connect", *office]))


# How long somebody waits for an answer is a rule of the bus, not a setting.
LISTEN_WITHIN = """
from dialog.interop import ports
ports.ANSWER_WITHIN = {seconds}
from dialog.cli import main
raise SystemExit(main(["listen"]))
"""


@contextmanager
def on_the_bus(
    database: str, folder: Path, settings: Mapping[str, str], *, answer_within: float | None = None
) -> Iterator[Platform]:
    """Relay and listener, both at work, and Dr Lund's office in its own record system.

    With ``answer_within`` nobody waits the 15 seconds for an answer that does not come.
    """
    folder.mkdir(exist_ok=True)
    with ExitStack() as ends:
        admin = ends.enter_context(as_admin(database))
        made = Platform(database, admin, folder, settings)
        for name in ("relay", "listen"):
            program = made.command(name)
            if name == "listen" and answer_within is not None:
                program.words[1:] = ["-c", LISTEN_WITHIN.format(seconds=answer_within)]
            ends.callback(program.end)
            program.start()
        connect(database, *STORGATA)
        wait_until(lambda: "Listening as" in made.said(), made)
        yield made


@contextmanager
def web_server(platform: Platform) -> Iterator[str]:
    """The web server of a platform; its address."""
    port = free_port()
    platform.settings = {**platform.settings, **AS_INSTALLED}
    program = platform.program("web", roles.WEB, web.granian(port))
    program.start()
    try:
        wait_until(lambda: _answers(port), platform)
        yield f"http://{HOST}:{port}"
    finally:
        program.end()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def wait_until(
    happens: Callable[[], object], platform: Platform, patience: float = PATIENCE
) -> None:
    """Wait until something is so; what the processes said if it never is."""
    deadline = time.monotonic() + patience
    while not happens():
        if time.monotonic() > deadline:
            pytest.fail(platform.said()[-4000:])
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/logg-inn")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
