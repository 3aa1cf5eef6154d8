"""A broker and the record system as processes in a folder, for tests that need the other end.

with running(folder) as ends:
    ends.portal          # the settings a portal needs: HER_ID, ADDRESS_REGISTRY_DIR, BUS_URL, …
    ends.do("calendar", "free", …)   # a command at the record system; what it printed

With ``rabbit`` Debian's RabbitMQ is the broker: a virtual host of it, over TLS and with passwords.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest

from certify.settings import in_file as settings_in
from dialog.adapters.processes import die_with_parent
from dialog.cli import main
from epj import settings
from epj.development import FOLDER, SETTINGS_FILE, write_settings
from epj.settings import BusPlace
from tests.buses import CHECKOUT, BrokerProcess, soon
from tests.rabbit import Rabbit


@dataclass
class Ends:
    """A record system in a folder with its broker, and what a portal needs to reach both."""

    folder: Path
    broker: BrokerProcess
    portal: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def data(self) -> Path:
        """Where the record system keeps all."""
        return self.folder / "epj"

    def do(self, *words: str, refused: bool = False) -> str:
        """A command at the record system, as at a terminal; what it printed."""
        said, complained = StringIO(), StringIO()
        with redirect_stdout(said), redirect_stderr(complained):
            code = main(["epj", "--data", str(self.data), *words])
        assert (code != 0) == refused, said.getvalue() + complained.getvalue()
        return complained.getvalue() if refused else said.getvalue()

    def number(self, words: str) -> str:
        """The number in the inbox of the message with these words, when it has come."""
        found: list[str] = []

        def comes() -> bool:
            lines = self.do("inbox").splitlines()
            found[:] = [line.split()[0] for line in lines if words in line]
            return bool(found)

        assert soon(comes), self.do("inbox", "--all")
        return found[0]

    def start(self, script: Path | None = None, *, dies: bool = False) -> None:
        """``epj run``; back when it listens. One whose script kills it may be gone before it has
        said that it does (``dies``).
        """
        said = self._said
        with (self.folder / "epj.log").open("ab") as words, said.open("wb") as out:
            self.process = subprocess.Popen(
                self._command("run", *(("--script", str(script)) if script else ())),
                stdout=out,  # a pipe nobody reads would stop it when it is full
                stderr=words,
                cwd=CHECKOUT,
                env=surroundings(),
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        ready = soon(lambda: self.process.poll() is not None or "Ready: " in said.read_text(), 60)
        if dies and self.process.poll() == -signal.SIGKILL:
            return
        if not ready or "Ready: " not in said.read_text():
            pytest.fail((self.folder / "epj.log").read_text())

    def stop(self, order: signal.Signals = signal.SIGTERM) -> str:
        """Stop it, or kill it; what it said."""
        assert self.process is not None
        self.process.send_signal(order)
        return self.has_ended()

    def has_ended(self) -> str:
        """Wait for its end; what it said."""
        assert self.process is not None
        self.process.wait(60)
        self.process = None
        return self._said.read_text()

    @property
    def _said(self) -> Path:
        return self.folder / "epj.out"

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "dialog", "epj", "--data", str(self.data), *words]


@contextmanager
def running(
    folder: Path, *options: str, script: Path | None = None, rabbit: Rabbit | None = None
) -> Iterator[Ends]:
    """Both, with everything ``init --development`` makes; ``options`` go to ``init``."""
    with between(folder, *options, rabbit=rabbit) as ends:
        try:
            ends.start(script)
            yield ends
        finally:
            if ends.process is not None:
                ends.stop()


@contextmanager
def between(folder: Path, *options: str, rabbit: Rabbit | None = None) -> Iterator[Ends]:
    """The same with nobody at the office yet."""
    data = folder / "epj"
    broker = BrokerProcess(data / FOLDER / "broker", "--create-certificate")
    ends = Ends(folder, broker)
    ends.do("init", "--development", "--practitioner", "8000011=Ingrid Lund", *options)
    if rabbit is None:
        broker.start()
        _at_port(data, broker.port)
    else:
        _at_rabbit(data, rabbit)
    ends.portal = settings_in(data / FOLDER / SETTINGS_FILE)
    try:
        yield ends
    finally:
        broker.stop()


def _at_port(data: Path, port: int) -> None:
    """Let both sides find the broker at the free port it got, and look for it often."""
    for path in (data / "epj.toml", data / FOLDER / SETTINGS_FILE):
        text = path.read_text()
        path.write_text(re.sub(r"localhost:\d+", f"localhost:{port}", text))
    path = data / "epj.toml"
    path.write_text(path.read_text().replace("pause = 3.0", "pause = 0.05"))


def _at_rabbit(data: Path, rabbit: Rabbit) -> None:
    """Let both sides find RabbitMQ, and speak with it as it wants."""
    url = f"amqps://localhost:{rabbit.tls_port}/vhost:{rabbit.virtual_host()}"
    chosen = settings.load(data)
    place = BusPlace(
        url=url,
        user=chosen.bus.user,
        password=rabbit.password,
        ca_file=str(rabbit.ca_file),
        pause=0.05,
        address_form="/queue/{queue}",
        one_connection_per_receiver=True,
        knows_modified=False,
        reply_queue=f"{chosen.enterprise}_syncreply",
    )
    settings.save(data, replace(chosen, bus=place))
    portal = {
        "BUS_URL": url,
        "BUS_PASSWORD": rabbit.password,
        "BUS_CA_FILE": place.ca_file,
        "BUS_ADDRESS_FORM": place.address_form,
        "BUS_ONE_CONNECTION_PER_RECEIVER": "1",
        "BUS_KNOWS_MODIFIED": "0",
        "BUS_REPLY_QUEUE": f"{chosen.portal.her_id}_syncreply",
    }
    write_settings(data, {**settings_in(data / FOLDER / SETTINGS_FILE), **portal})


def surroundings() -> dict[str, str]:
    """The environment without what tests say to Django; the record system needs none of it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ends]:
    """A broker and a record system for the tests of a module."""
    with running(tmp_path_factory.mktemp("ends")) as both:
        yield both
