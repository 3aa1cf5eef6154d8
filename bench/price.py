"""What the guards cost: the same pages of the same office with nothing encrypted, no row security
and no audit, in the same run and the same minutes, for a machine is not as quick all the time.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bench import people, scenarios
from bench.cpu import Meter
from bench.scenarios import Measured
from bench.stage import CHECKOUT, PLACE, Stage, served
from dialog.adapters import database_roles as roles
from dialog.adapters.postgres import BOOTSTRAP
from dialog.cli.run import free_port

GUARDED, UNGUARDED = "guarded: ", "unguarded: "
TURNS = 4
MORE = 2  # times as many as of anything else: two figures that are near each other are divided


@contextmanager
def unguarded(on: Stage) -> Iterator[Stage]:
    """The same office, served without its guards."""
    subprocess.run(
        [sys.executable, "-m", "bench.baring"],
        env={
            **on.twin(BOOTSTRAP),
            "DIALOG_PROCESS": "owner",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        },
        check=True,
        cwd=CHECKOUT,
    )
    port = free_port()
    log = PLACE / "unguarded.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with served(port, on.twin(roles.WEB), log, settings="bench.unguarded") as process:
        yield replace(
            on,
            port=port,
            database=on.twin(BOOTSTRAP)["DATABASE_URL"],
            meter=Meter(process.pid, on.meter.database),
            environment=on.twin,
        )


def pages(on: Stage, office: people.Office, many: int) -> Iterator[Measured]:
    """Each page with its guards and without them, by turns."""
    with unguarded(on) as bare:
        there = people.gather(bare, len(office.patients))  # the same people
        with_them, without, each = [], [], MORE * many // TURNS
        for _turn in range(TURNS):
            with_them.append(list(scenarios.pages(on, office, each)))
            without.append(list(scenarios.pages(bare, there, each)))
        for name, turns in ((GUARDED, with_them), (UNGUARDED, without)):
            for page in zip(*turns, strict=True):
                yield scenarios.together(name + page[0].name, page)
