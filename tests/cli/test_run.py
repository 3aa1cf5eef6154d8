"""``digital-dialog run`` as a whole: it starts, is killed in every way, and starts again.

Each start takes a second or two of both cores, so the tests are stories.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from dialog.adapters import database_roles as roles
from dialog.adapters import postgres_places
from dialog.adapters.postgres import Server
from tests.database import SERVER

PATIENCE = 120.0  # for machines with much else to do
OURS = (
    "DATABASE_URL",
    "DIALOG_",
    "SECRET_KEY",
    "IDENTITY_HASH_KEY",
    "STATIC_",
    "SEAL_",
    "CONTENT_",
)

STARTS_A_RUN = (
    "import subprocess, sys, time\n"
    "words = ['-m', 'dialog', 'run', '--demonstration', '--ends-with-parent']\n"
    "subprocess.Popen([sys.executable, *words])\n"
    "time.sleep(60)"
)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Run:
    """One run of the product, as a person at a terminal has it."""

    def __init__(self, data_dir, port, log, **settings):
        self.port, self.log = port, log
        self.mark = f"DIALOG_RUN={quote(str(data_dir))}".encode()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        with log.open("ab") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dialog", "run", "--demonstration"],
                env={
                    **environment,
                    "DATA_DIR": str(data_dir),
                    "PORT": str(port),
                    "WEB_WORKERS": "1",
                    **settings,
                },
                stdout=words,
                stderr=words,
            )

    @property
    def said(self):
        return self.log.read_text()

    def ready(self):
        known = until(lambda: "Bjarne Aas" in self.said or self.process.poll() is not None)
        assert known, self.said
        assert self.process.poll() is None, self.said
        return self

    def healthy(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def children(self, word=""):
        """The process ids of what this run started, oldest first."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark in (folder / "environ").read_bytes().split(b"\0") and (
                    word.encode() in (folder / "cmdline").read_bytes()
                ):
                    found.append(int(folder.name))
            except OSError:
                continue
        return sorted(found)

    def end(self, order=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(order)
        return self.process.wait(timeout=PATIENCE)


def until(true):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    yield folder
    postgres_places.remove(Server(folder).home)


@pytest.fixture
def start(data_dir, tmp_path):
    started = []

    def start(port=None, place=data_dir, **settings):
        log = tmp_path / f"run-{len(started)}.log"
        started.append(Run(place, port or free_port(), log, **settings))
        return started[-1]

    yield start
    for run in started:
        run.end()


def test_what_begins_with_nothing_heals_stops_and_starts_again(start, data_dir, tmp_path):
    """One after another with the same data, for to make them takes longest of all."""
    it_is_ready_stands_alone_heals_and_stops(start, data_dir, tmp_path)
    one_that_was_killed_leaves_nothing_in_the_way_of_the_next(start)
    one_ends_with_the_program_that_started_it(data_dir, tmp_path)


def it_is_ready_stands_alone_heals_and_stops(start, data_dir, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:  # each waits a while before it gives up
        same_port = start(port=taken.getsockname()[1], place=tmp_path)
        run = start()
        assert until(Server(data_dir).answers), run.said
        same_data = start()
        run.ready()
        refused = same_data.end(0), same_port.end(0)
    server = int((Server(data_dir).cluster / "postmaster.pid").read_text().split()[0])
    web, relay = run.children("granian")[0], run.children("relay")[0]
    for pid in (web, relay, server):
        os.kill(pid, signal.SIGKILL)
    came_back = until(
        lambda: run.healthy() and run.children("relay") and run.children("relay") != [relay]
    )
    registers = run.children("\0register\0")
    code = run.end(signal.SIGINT)

    assert len(registers) == 1  # a demonstration's own, which it asks
    assert f"Ready: http://127.0.0.1:{run.port}\n" in run.said
    assert "  Kari Nordmann, pasient\n" in run.said
    assert "  Ingrid Lund, lege, Storgata legesenter\n" in run.said
    assert refused == (1, 1)
    assert "already running with the data in" in same_data.said
    assert f"Port {same_port.port} is used by another program." in same_port.said
    assert "Traceback" not in same_data.said + same_port.said
    assert came_back, run.said
    for name in ("web server", "relay", "database"):
        assert f"The {name} stopped (signal 9). Starting it again" in run.said
    assert run.said.endswith("Stopped.\n")
    assert code == 0
    assert run.children() == []
    assert not Server(data_dir).answers()


def one_that_was_killed_leaves_nothing_in_the_way_of_the_next(start):
    killed = start().ready()
    killed.end(signal.SIGKILL)
    left_nothing = until(lambda: killed.children() == [])

    killed_again = start(port=killed.port).ready()
    orphan = killed_again.children("granian")[-1]
    for pid in (killed_again.process.pid, *killed_again.children()):
        if pid != orphan:
            os.kill(pid, signal.SIGKILL)
    killed_again.end()
    last = start(port=killed.port).ready()

    assert left_nothing
    assert last.healthy()
    assert orphan not in last.children()
    assert last.said.count("Kari Nordmann") == 1
    last.end()


def one_ends_with_the_program_that_started_it(data_dir, tmp_path):
    log = tmp_path / "ends.log"
    with log.open("wb") as words:
        shell = subprocess.Popen(
            [sys.executable, "-c", STARTS_A_RUN],
            env={
                **os.environ,
                "DATA_DIR": str(data_dir),
                "PORT": str(free_port()),
                "DATABASE_URL": "",
            },
            stdout=words,
        )
    ready = until(lambda: "Ready" in log.read_text())

    shell.kill()
    shell.wait()

    assert ready
    assert until(lambda: log.read_text().endswith("Stopped.\n"))


def test_it_runs_on_a_server_of_somebody_elses_making(start, tmp_path, server, bare_database):
    place, url = tmp_path / "run", SERVER.url(roles.OWNER, bare_database)
    run = start(place=place, DATABASE_URL=url).ready()
    healthy = run.healthy()
    who = server.execute("SELECT usename FROM pg_stat_activity WHERE datname = %s", [bare_database])
    connected = {user for (user,) in who.fetchall()}
    run.end()
    goes_on = SERVER.answers()

    assert healthy
    assert connected == {roles.OWNER}
    assert goes_on
    assert not (place / "postgres").exists()
