"""A record system that nobody here wrote, as far as the bus can see (``record_system.mjs``)."""

import json
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dialog.adapters.processes import die_with_parent
from epj import settings
from epj.development import FOLDER
from epj.settings import Settings
from tests.epj.numbers import LUND
from tests.epj.running import Ends
from tests.markup import BROUGHT, CHECKOUT

SCRIPT = Path(__file__).with_name("record_system.mjs")
PATIENCE = 30.0
Seen = dict[str, Any]


class Stranger:
    """The process, what it says it has seen, and what it is told to do."""

    def __init__(self, said: Seen, log: Path) -> None:
        node = next((str(path) for path in CHECKOUT.glob(BROUGHT)), shutil.which("node"))
        assert node, "There is no Node: run `make install`."
        with log.open("wb") as words:
            self._process = subprocess.Popen(
                [node, str(SCRIPT), json.dumps(said)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
                cwd=CHECKOUT,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        self._log, self._seen = log, list[Seen]()
        self._lines: queue.SimpleQueue[Seen | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def sees(self, key: str, **wanted: object) -> Any:
        """The first thing of a kind it has not told of before, with these in it; what else it says
        meanwhile is kept for later.
        """
        looked = 0
        while True:
            for one in self._seen[looked:]:
                found = one.get(key)
                within = found if isinstance(found, dict) else one
                if found is not None and wanted.items() <= within.items():
                    self._seen.remove(one)
                    return found
            looked = len(self._seen)
            self._seen.append(self._next())

    def does(self, order: str) -> None:
        """An order, one of those at the end of the script."""
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """Away with it; whatever else it has said can still be looked at in ``rest``."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()  # then it ends by itself
        try:
            self._process.wait(10)
        finally:
            self._process.kill()
            self._process.wait(10)
            self._reader.join(10)
            self._process.stdout.close()

    def _next(self) -> Seen:
        try:
            seen = self._lines.get(timeout=PATIENCE)
        except queue.Empty:
            seen = None
        if seen is None or "failed" in seen:
            pytest.fail(f"{seen}; {self._seen}; {self._log.read_text()}")
        return seen

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))
        self._lines.put(None)


@contextmanager
def at_work(ends: Ends, times: Sequence[Seen], *, withhold: int) -> Iterator[Stranger]:
    """It listens in the place of the office; the first ``withhold`` questions it answers late."""
    chosen = settings.load(ends.data)
    one = Stranger(_said(ends, chosen, times, withhold), ends.folder / "stranger.log")
    try:
        for kind in ("async", "sync", "error"):
            one.sees("listens", listens=kind)
        yield one
    finally:
        one.end()


def _said(ends: Ends, chosen: Settings, times: Sequence[Seen], withhold: int) -> Seen:
    place, bus = ends.data / FOLDER, settings.bus(chosen.bus)
    return {
        "port": bus.port,
        "virtualHost": bus.virtual_host,
        "user": bus.user,
        "password": bus.password,
        "ca": bus.ca_file,
        "form": bus.address_form,
        "keys": str(place / "epj-keys"),
        "trust": str(place / "trust"),
        "agreement": str(place / "registry" / f"agreement-{LUND}.xml"),
        "folder": str(ends.folder),
        "own": str(LUND),
        "enterprise": str(chosen.enterprise),
        "portal": str(chosen.portal.her_id),
        "portalEnterprise": str(chosen.portal.enterprise),
        "queues": {kind: f"{chosen.portal.her_id}_{kind}" for kind in ("async", "error")},
        "type": "DIALOG_INNBYGGER_EKONTAKT",
        "times": list(times),
        "withhold": withhold,
    }
