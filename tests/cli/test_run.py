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

RUN = ("-m", "dialog", "run", "--demonstration")
STARTS_A_RUN = (
    "import subprocess, sys, time\n"
    "words = ['-m', 'dialog', 'run', '--demonstration', '--ends-with-parent']\n"
    "subprocess.Popen([sys.executable, *words])\n"
    "time.sleep(600)"
)
HOLDS_A_PORT = (
    "import socket, sys, time\n"
    "with socket.create_server(('127.0.0.1', int(sys.argv[1]))):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(600)"
)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Run:
    """One run of the product, as a person at a terminal has it."""

    def __init__(self, words, data_dir, port, log, **settings):
        self.port, self.log = port, log
        self.mark = f"DIALOG_RUN={quote(str(data_dir))}".encode()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        with log.open("ab") as says:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                env={
                    **environment,
                    "DATA_DIR": str(data_dir),
                    "PORT": str(port),
                    "WEB_WORKERS": "1",
                    **settings,
                },
                stdout=says,
                stderr=says,
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
        """The process ids of what this run started, oldest first: ids begin anew at times."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark in (folder / "environ").read_bytes().split(b"\0") and (
                    word.encode() in (folder / "cmdline").read_bytes()
                ):
                    began = (folder / "stat").read_text().rpartition(")")[2].split()[19]
                    found.append((int(began), int(folder.name)))
            except OSError:
                continue
        return [pid for _began, pid in sorted(found)]

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

    def start(words=RUN, port=None, place=data_dir, **settings):
        log = tmp_path / f"run-{len(started)}.log"
        started.append(Run(words, place, port or free_port(), log, **settings))
        return started[-1]

    yield start
    for run in started:
        run.end()


def test_what_begins_with_nothing_is_killed_heals_stops_and_starts_again(start, data_dir, tmp_path):
    """One after another with the same data, for to make them takes longest of all."""
    first = it_is_ready_and_stands_alone(start, data_dir, tmp_path)
    one_that_was_killed_leaves_nothing_behind(first)
    last = nor_is_what_was_left_in_the_way_of_the_next(start, first)
    it_heals_and_stops(last, data_dir)


def it_is_ready_and_stands_alone(start, data_dir, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:  # each waits a while before it gives up
        same_port = start(port=taken.getsockname()[1], place=tmp_path)
        run = start()
        assert until(Server(data_dir).answers), run.said
        same_data = start()
        run.ready()
        refused = same_data.end(0), same_port.end(0)

    assert len(run.children("\0register\0")) == 1  # a demonstration's own, which it asks
    assert f"Ready: http://127.0.0.1:{run.port}\n" in run.said
    assert "  Kari Nordmann, pasient\n" in run.said
    assert "  Ingrid Lund, lege, Storgata legesenter\n" in run.said
    assert refused == (1, 1)
    assert "already running with the data in" in same_data.said
    assert f"Port {same_port.port} is used by another program." in same_port.said
    assert "Traceback" not in same_data.said + same_port.said
    return run


def one_that_was_killed_leaves_nothing_behind(run):
    assert len(run.children("granian")) == 2  # its worker, too, is known to be of this run

    run.end(signal.SIGKILL)

    assert until(lambda: run.children() == [])


def nor_is_what_was_left_in_the_way_of_the_next(start, killed):
    """As a worker would be, had it outlived the rest: of that run, and still with its port."""
    name, _, value = killed.mark.decode().partition("=")
    left = subprocess.Popen(
        [sys.executable, "-c", HOLDS_A_PORT, str(killed.port)],
        env={**os.environ, name: value},
        stdout=subprocess.PIPE,
    )
    with left:
        try:
            held = left.stdout.readline()
            last = start(port=killed.port).ready()
            ended = left.poll()
        finally:
            left.kill()

    assert (held, ended) == (b"held\n", -signal.SIGKILL)
    assert last.healthy()
    assert last.said.count("Kari Nordmann") == 1
    return last


def it_heals_and_stops(run, data_dir):
    server = int((Server(data_dir).cluster / "postmaster.pid").read_text().split()[0])
    web, relay = run.children("granian")[0], run.children("relay")[0]
    for pid in (web, relay, server):
        os.kill(pid, signal.SIGKILL)
    told = [
        f"The {name} stopped (signal 9). Starting it again"
        for name in ("web server", "relay", "database")
    ]
    # One that was killed may still answer, or be dying, when the others are back.
    came_back = until(
        lambda: (
            all(words in run.said for words in told)
            and run.healthy()
            and run.children("relay")
            and run.children("relay") != [relay]
        )
    )
    code = run.end(signal.SIGINT)

    assert came_back, run.said
    assert run.said.endswith("Stopped.\n")
    assert code == 0
    assert run.children() == []
    assert not Server(data_dir).answers()


def test_it_runs_on_a_server_of_somebody_elses_making_and_ends_with_who_started_it(
    start, tmp_path, server, bare_database
):
    place, url = tmp_path / "run", SERVER.url(roles.OWNER, bare_database)
    run = start(["-c", STARTS_A_RUN], place=place, DATABASE_URL=url).ready()
    healthy, children = run.healthy(), run.children()
    who = server.execute("SELECT usename FROM pg_stat_activity WHERE datname = %s", [bare_database])
    connected = {user for (user,) in who.fetchall()}

    run.end(signal.SIGKILL)

    assert until(lambda: run.said.endswith("Stopped.\n")), run.said
    assert healthy
    assert children
    assert run.children() == []
    assert connected == {roles.OWNER}
    assert SERVER.answers()
    assert not (place / "postgres").exists()
