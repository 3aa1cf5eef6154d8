"""Start everything: database, web server and relay; Ctrl-C stops it all.

PORT, DATA_DIR and DATABASE_URL in the environment say where. Without DATABASE_URL an own PostgreSQL
is started, with its data under DATA_DIR.
"""

import errno
import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from http.client import HTTPConnection, HTTPException
from signal import SIGTERM
from urllib.parse import quote

from dialog.adapters.postgres import Server
from dialog.adapters.processes import die_with_parent, end_marked, hold
from dialog.cli import readiness, surroundings, up_to_date, web
from dialog.cli.supervisor import Child, Supervisor
from dialog.config import scanning
from dialog.config.environment import flag, number, text

TO_GET_READY = 60.0
SIMULATED = ("POPULATION", "PERSONNEL", "GP", "CONTACT")
HANDOVER = 3.0  # seconds that an earlier run may take to end


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument(
        "--demonstration",
        action="store_true",
        help="sign in by picking a person; an empty database gets people to try it as",
    )
    parser.add_argument(
        "--ends-with-parent",
        action="store_true",
        help="stop when the program that started this one is gone",
    )


def run(options: Namespace) -> int:
    """Start, watch until told to stop, stop."""
    if options.ends_with_parent and (promise := die_with_parent(SIGTERM, os.getppid())):
        promise()
    if options.demonstration:
        os.environ["DIALOG_DEMONSTRATION"] = "1"
        surroundings.demonstration_mark().touch()
    port = number("PORT", 8000, least=1, most=65535)
    lock = hold(surroundings.data_dir() / "lock", HANDOVER)
    if lock is None:
        raise surroundings.Refusal(
            f"Digital dialog is already running with the data in {surroundings.data_dir()}. "
            "Stop it first, or set DATA_DIR to another folder."
        )
    mark = f"DIALOG_RUN={quote(str(surroundings.data_dir()))}"
    end_marked(mark)
    check_port(port)
    supervisor = Supervisor(say=say)
    supervisor.listen()
    try:
        return _start(supervisor, mark, port, demonstration=options.demonstration)
    finally:
        supervisor.stop()
        lock.close()
        say("Stopped.")


def _start(supervisor: Supervisor, mark: str, port: int, *, demonstration: bool) -> int:
    if surroundings.elsewhere():
        readiness.check_elsewhere()
    else:
        supervisor.server = Server(surroundings.data_dir())
        readiness.open_server(supervisor.server)
        readiness.point_to(supervisor.server)
    readiness.ready_to_seal()
    readiness.ready_with_content()
    readiness.ready_to_forget()
    people = bring_up_to_date(supervisor.server, demonstration=demonstration)
    if people is None or supervisor.asked.is_set():
        return 0 if supervisor.asked.is_set() else 1
    registers = [national_registers(mark)] if demonstration and not asked_elsewhere() else []
    on_the_bus = number("HER_ID", 0) > 0
    children = [*registers, web_server(mark, port), relay(mark)] + [listener(mark)] * on_the_bus
    for child in children:
        supervisor.start(child)
    if not wait_until_ready(supervisor, port):
        return 0 if supervisor.asked.is_set() else 1
    say(f"Ready: http://{web.HOST}:{port}")
    for more in (people, about_files()):
        if more:
            say(more)
    return supervisor.watch()


def about_files() -> str:
    """What whoever starts this must know about files that nobody looks through."""
    return {
        scanning.OWN_CHECKS_ONLY: "Files are not scanned for viruses: a demonstration only checks "
        "their type, and draws pictures anew. Set CLAMD_ADDRESS to scan them.",
        scanning.NO_SCANNER: "Nobody can send files, for nobody scans them. Set CLAMD_ADDRESS.",
    }.get(scanning.scanner_adapter(demonstration=flag("DIALOG_DEMONSTRATION")), "")


def check_port(port: int) -> None:
    """Refuse when somebody else is listening; an earlier run gets a moment to let go."""
    deadline = time.monotonic() + HANDOVER
    while (problem := listening(port)) == errno.EADDRINUSE and time.monotonic() < deadline:
        time.sleep(0.1)
    if problem == errno.EACCES:
        raise surroundings.Refusal(
            f"Port {port} is only for root. Set PORT to a number above 1023."
        )
    if problem:
        raise surroundings.Refusal(
            f"Port {port} is used by another program. Set PORT to another number, "
            f"for instance PORT={port + 1 if port < 65535 else 8000}."
        )


def listening(port: int) -> int:
    """Why we could not listen on a port; 0 when we can."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((web.HOST, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def bring_up_to_date(server: Server | None, *, demonstration: bool) -> str | None:
    """Migrate where needed; whom one can sign in as, or none if it failed."""
    if server and (people := up_to_date.recall(server)) is not None:
        return people if demonstration else ""
    people = migrate(demonstration=demonstration)
    if server and demonstration and people is not None:
        up_to_date.remember(server, people)
    return people


def migrate(*, demonstration: bool) -> str | None:
    """Migrate in a process of its own; what it says, none if it failed."""
    words = [sys.executable, "-m", "dialog", "migrate", *(["--with-cast"] * demonstration)]
    done = subprocess.run(
        words,
        env={**os.environ, "DIALOG_PROCESS": "owner"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=die_with_parent(SIGTERM),
    )
    if done.returncode:
        say("The database could not be brought up to date; the reason is above.")
        return None
    return done.stdout.strip()


def _environment(mark: str, process: str) -> dict[str, str]:
    name, _, value = mark.partition("=")
    return {**os.environ, "DIALOG_PROCESS": process, name: value}


def web_server(mark: str, port: int) -> Child:
    """The web server, by its own command line."""
    return Child("web server", web.granian(port), _environment(mark, "web"))


def relay(mark: str) -> Child:
    """The relay, by its own command."""
    command = [sys.executable, "-m", "dialog", "relay"]
    return Child("relay", command, _environment(mark, "relay"))


def asked_elsewhere() -> bool:
    """Whether somebody has said which registers are asked."""
    names = [f"{one}_REGISTER_{how}" for one in SIMULATED for how in ("URL", "ADAPTER")]
    return any(text(one, "") for one in names)


def national_registers(mark: str) -> Child:
    """The simulated registers of a demonstration, which the pages ask from now on."""
    port = free_port()
    for one in SIMULATED:
        os.environ[f"{one}_REGISTER_URL"] = f"http://{web.HOST}:{port}/{one.lower()}"
    command = [sys.executable, "-m", "dialog", "register", "--cast", "--port", str(port)]
    more = surroundings.registers_file()
    if more.exists():
        command += ["--data", str(more)]
    return Child("registers", command, _environment(mark, "web"))


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as found:
        found.bind((web.HOST, 0))
        return int(found.getsockname()[1])


def listener(mark: str) -> Child:
    """What takes record systems' messages off the bus, where we are on one."""
    command = [sys.executable, "-m", "dialog", "listen"]
    return Child("listener", command, _environment(mark, "relay"))


def wait_until_ready(supervisor: Supervisor, port: int) -> bool:
    """Whether the web server says that all is well, before patience or a process ends."""
    deadline = time.monotonic() + TO_GET_READY
    while not supervisor.asked.wait(0.05):
        for child in supervisor.children:
            if child.fell() is not None:
                say(f"The {child.name} did not start; the reason is above.")
                return False
        if healthy(port):
            return True
        if time.monotonic() > deadline:
            say("Not ready after a minute: GET /health says what is missing.")
            return False
    return False


def healthy(port: int) -> bool:
    """Whether GET /health answers 200."""
    connection = HTTPConnection(web.HOST, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def say(what: str) -> None:
    """To the terminal, at once."""
    print(what, flush=True)
