"""Knowing at the start that nothing has changed, and noticing when something has."""

import psycopg
import pytest
from django.db import connections

from dialog.cli import up_to_date
from tests import memory
from tests.database import SERVER, drop


@pytest.fixture
def own_server(monkeypatch, tmp_path, own_database):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(up_to_date, "DATABASE", own_database)
    return SERVER


def test_nothing_is_known_before_the_first_time(own_server):
    assert up_to_date.recall(own_server) is None


def test_what_was_told_is_recalled_when_nothing_changed(own_server):
    up_to_date.remember(own_server, "Kari")

    assert up_to_date.recall(own_server) == "Kari"


def test_an_undone_migration_is_noticed(own_server, server, own_database):
    up_to_date.remember(own_server, "Kari")
    with psycopg.connect(own_server.url("postgres", own_database), autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'ledger'")

    assert up_to_date.recall(own_server) is None


def test_a_new_migration_is_noticed(own_server, monkeypatch, tmp_path):
    up_to_date.remember(own_server, "Kari")
    (tmp_path / "room" / "migrations").mkdir(parents=True)
    (tmp_path / "room" / "migrations" / "0001_new.py").touch()

    monkeypatch.setattr(up_to_date, "PACKAGE", tmp_path)

    assert up_to_date.recall(own_server) is None


def test_a_database_made_anew_is_noticed(own_server, server, own_database, empty_database):
    up_to_date.remember(own_server, "Kari")
    connections.close_all()
    drop(server, own_database)
    memory.copy(server, own_database, empty_database)

    assert up_to_date.recall(own_server) is None


def test_a_broken_note_is_no_note(own_server, tmp_path):
    (tmp_path / "up-to-date").write_text("{")

    assert up_to_date.recall(own_server) is None
