"""What the guards cost: the same pages of the same office with nothing encrypted, no row security
and no audit, in the same run.
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

UNGUARDED = "unguarded: "


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
    """Each page without its guards."""
    with unguarded(on) as bare:
        there = people.gather(bare, min(many, len(office.patients)))  # as many as ask
        for one in scenarios.pages(bare, there, many):
            yield replace(one, name=UNGUARDED + one.name)
