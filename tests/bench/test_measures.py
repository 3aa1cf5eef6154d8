"""All that `make bench` measures, once each on a small office: that it runs, never how fast."""

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import report
from bench.cpu import Meter
from bench.load import HOST
from bench.measures import LEAST, measure
from bench.rush import ORDERS, TIMES
from bench.stage import Stage, served
from dialog.adapters import database_roles as roles
from dialog.demo.population import making
from dialog.demo.population.making import Plan
from tests.database import SERVER, connected_to

OFFICE = Plan(patients=60, practitioners=1, inbox=20)
MEASURED = [
    "empty view",
    "start page",
    "free times",
    "inbox",
    "thread, patient",
    "thread, practice",
    "send a message",
    "book distinct times",
    "a time just taken",
    "bare PostgreSQL: read a row",
    "bare PostgreSQL: book",
]


@pytest.fixture
def on(own_database: str, tmp_path: Path) -> Iterator[Stage]:
    with connected_to(own_database, roles.OWNER):
        making.make(OFFICE)
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    web = {**os.environ, "DATABASE_URL": SERVER.url(roles.WEB, own_database)}
    with served(port, {**web, "DIALOG_PROCESS": "web"}, tmp_path / "web.log") as process:
        database = int((SERVER.cluster / "postmaster.pid").read_text().split()[0])
        yield Stage(
            port=port,
            database=SERVER.url(database=own_database),
            programs=SERVER.programs,
            meter=Meter(process.pid, database),
        )


def test_everything_is_measured_and_every_rush_is_fair(on: Stage, tmp_path: Path) -> None:
    measured, rushes = measure(on, LEAST)

    assert [one.name for one in measured] == MEASURED
    assert [one.name for one in measured if not (one.many and one.rate > 0 and one.p50 > 0)] == []
    assert [one.name for one in rushes] == list(ORDERS)
    for one in rushes:
        assert one.answers == {302: TIMES, 409: LEAST.people - TIMES}
        assert (one.winners, one.times_taken, one.matters) == (TIMES, TIMES, TIMES)
        assert one.fair and one.drained > 0
    file = tmp_path / "bench.json"
    targets = report.targets(measured, rushes)
    report.keep(file, measured, rushes, targets, quick=True)
    kept = json.loads(file.read_text())
    assert [one["name"] for one in kept["measured"]] == MEASURED
    assert len(kept["targets"]) == len(targets) == 2 + len(report.PAGES) + len(rushes)
