"""What those who watch over a server are told."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from dialog.config import health
from dialog.ledger.models import Heartbeat


@pytest.fixture
def heartbeat():
    def beat(ago: timedelta, process: str = "relay") -> None:
        Heartbeat.objects.update_or_create(
            process=process, defaults={"seen_at": timezone.now() - ago}
        )

    return beat


def test_all_is_well_when_the_relay_was_seen_a_moment_ago(db, client, heartbeat):
    heartbeat(timedelta(seconds=1))
    heartbeat(timedelta(seconds=1), process="sealer")

    response = client.get("/health")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "relay": "ok", "sealing": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_relay_that_never_was_seen_is_away(db, client):
    response = client.get("/health")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "relay": "away", "sealing": "late"}


def test_a_relay_that_fell_silent_is_away(db, client, heartbeat):
    heartbeat(timedelta(minutes=1))

    response = client.get("/health")

    assert response.status_code == 503


def test_a_database_that_is_away_is_told_and_not_an_error(client, own_database):
    connection.close()
    chosen = connections.settings["default"]
    chosen["NAME"] = "not_there"

    response = client.get("/health")
    chosen["NAME"] = own_database

    assert response.status_code == 503
    assert response.json() == {"database": "away", "relay": "away", "sealing": "late"}


def test_sealing_that_is_late_is_told_and_sends_nobody_away(db, client, heartbeat):
    heartbeat(timedelta(seconds=1))
    heartbeat(timedelta(minutes=1), process="sealer")

    response = client.get("/health")

    assert response.status_code == 200
    assert response.json()["sealing"] == "late"


def test_asking_starts_no_session(db, client, heartbeat):
    heartbeat(timedelta(seconds=1))

    response = client.get("/health")

    assert not response.cookies


def test_health_is_only_for_reading(client):
    assert client.post("/health").status_code == 405


def test_no_connection_is_made_while_the_one_at_hand_answers(db, client, heartbeat, monkeypatch):
    heartbeat(timedelta(seconds=1))
    monkeypatch.setattr("dialog.config.health.psycopg.connect", None)

    assert client.get("/health").status_code == 200


def test_a_connection_that_has_died_is_not_taken_for_a_database_that_is_away(
    own_database, client, heartbeat
):
    heartbeat(timedelta(seconds=1))
    connection.connection.close()

    assert client.get("/health").status_code == 200


def test_a_connection_that_hangs_is_waited_for_no_longer_than_a_watcher_waits(
    own_database, client, heartbeat, monkeypatch
):
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    heartbeat(timedelta(seconds=1))
    backend = connection.connection.info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    began = time.monotonic()
    try:
        answer = client.get("/health")
    finally:
        os.kill(backend, signal.SIGCONT)

    assert answer.status_code == 200
    assert 0.2 <= time.monotonic() - began < 11
