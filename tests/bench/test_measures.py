"""All that `make bench` measures, once each on a small office: that it runs, never how fast."""

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bench import report
from bench.cpu import Meter
from bench.load import HOST
from bench.measures import LEAST, measure
from bench.memory import Memory
from bench.rush import ORDERS, TIMES
from bench.stage import Stage, served
from dialog.adapters import database_roles as roles
from dialog.demo.population import making
from dialog.demo.population.making import Plan
from tests import memory
from tests.database import SERVER, connected_to, drop

HOW = ("guarded", "unguarded")
OFFICE = Plan(patients=60, practitioners=1, inbox=20)
MEASURED = [
    "empty view",
    *report.PAGES,
    *(f"{how}: {page}" for how in HOW for page in ("empty view", *report.PAGES)),
    "send a message",
    "book distinct times",
    "a time just taken",
    "bare PostgreSQL: read a row",
    "bare PostgreSQL: book",
    "decode a message",
    "bare: decode a message",
    "encode a message",
    "bare: encode a message",
    "way in: the doctor writes",
    "way in: an answer",
    "way in, alone: the doctor writes",
    "way in, alone: an answer",
    "free times, asked and answered",
]
HANDLED = """
SELECT count(*) FROM interop_transmission AS heard
JOIN interop_transmission AS receipt ON receipt.answers_id = heard.id
WHERE heard.state = 'handled' AND receipt.direction = 'out' AND receipt.code = ''
"""
NOT_HANDLED = (
    "SELECT count(*) FROM interop_transmission WHERE direction = 'in' AND state <> 'handled'"
)
ANSWERED = "SELECT count(*), count(answered_at) FROM appointments_timesasked"


@pytest.fixture
def on(
    own_database: str,
    tmp_path: Path,
    server: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    with connected_to(own_database, roles.OWNER):
        making.make(OFFICE)
    twin = f"{own_database}_twin"
    memory.copy(server, twin, own_database)
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    monkeypatch.setenv("WEB_WORKERS", "1")  # two threads in it rush too; how fast is not asked
    web = {**os.environ, "DATABASE_URL": SERVER.url(roles.WEB, own_database)}
    with served(port, {**web, "DIALOG_PROCESS": "web"}, tmp_path / "web.log") as process:
        database = int((SERVER.cluster / "postmaster.pid").read_text().split()[0])
        yield Stage(
            port=port,
            database=SERVER.url(database=own_database),
            programs=SERVER.programs,
            meter=Meter(process.pid, database),
            environment=lambda role: {
                **os.environ,
                "DATABASE_URL": SERVER.url(role, own_database),
                "DIALOG_PROCESS": role.removeprefix("dialog_"),
            },
            twin=lambda role: {
                **os.environ,
                "DATABASE_URL": SERVER.url(role, twin),
                "DIALOG_PROCESS": role.removeprefix("dialog_"),
            },
        )
    drop(server, twin)


def test_everything_is_measured_and_every_rush_is_fair(on: Stage, tmp_path: Path) -> None:
    measured, rushes, grown = measure(on, LEAST)

    assert [one.name for one in measured] == MEASURED
    assert [one.name for one in measured if not (one.many and one.rate > 0 and one.p50 > 0)] == []
    assert [one.name for one in rushes] == list(ORDERS)
    for one in rushes:
        assert one.answers == {302: TIMES, 409: LEAST.people - TIMES}
        assert (one.winners, one.times_taken, one.matters) == (TIMES, TIMES, TIMES)
        assert one.fair and one.drained > 0
    file = tmp_path / "bench.json"
    assert on.rows(HANDLED) == [(4 * LEAST.many + LEAST.warm_up + grown.messages,)]
    assert on.rows(NOT_HANDLED) == [(0,)]
    assert on.rows(ANSWERED) == [(4, 4)]
    assert (grown.messages, grown.began > 0) == (2 * LEAST.batch, True)
    targets = report.targets(measured, rushes, grown)
    report.keep(file, measured, rushes, grown, targets, quick=True)
    kept = json.loads(file.read_text())
    assert [one["name"] for one in kept["measured"]] == MEASURED
    assert len(kept["targets"]) == len(targets) == 8 + 2 * len(report.PAGES) + len(rushes)


def test_what_grows_is_told_for_a_hundred_thousand_messages() -> None:
    seen = [
        (100 * place, 50.0 + 0.001 * place + (9.0 if place < 2 else 0.0)) for place in range(1, 31)
    ]

    found = Memory.of(seen)

    assert found.messages == 3000
    assert found.growth == pytest.approx(1.0)
    assert (found.began, found.ended) == (pytest.approx(50.01), pytest.approx(50.03))
