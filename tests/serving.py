"""The product's own web server in processes of its own, on a database of the test's own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from bench.load import HOST
from dialog.adapters import database_roles as roles
from dialog.adapters.processes import die_with_parent, ended
from dialog.cli import web
from tests.database import CHECKOUT, SERVER

PATIENCE = 60.0  # seconds, for machines with much else to do


@dataclass(frozen=True, slots=True)
class Running:
    """Where it listens, and somebody who rules over its database."""

    port: int
    admin: psycopg.Connection

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What the database says, row security aside."""
        return self.admin.execute(statement, values).fetchall()


@pytest.fixture
def running(own_database: str, tmp_path: Path) -> Iterator[Running]:
    """The site with the cast, served as it is served to people: several processes and threads."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    settings = {"DATABASE_URL": SERVER.url(roles.WEB, own_database), "DIALOG_PROCESS": "web"}
    log = tmp_path / "web.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            web.granian(port),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            env={**os.environ, **settings},
            cwd=CHECKOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    try:
        assert _answers(port, process), log.read_text()
        with psycopg.connect(SERVER.url(database=own_database), autocommit=True) as admin:
            yield Running(port, admin)
    finally:
        process.terminate()
        if not ended(process.pid, process, PATIENCE):
            os.killpg(process.pid, signal.SIGKILL)


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        try:
            connection.request("GET", "/logg-inn")
            return connection.getresponse().status == 200
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    return False
