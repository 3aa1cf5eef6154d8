"""Keeping processes together, tried on small ones."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dialog.adapters.processes import end_marked
from dialog.cli import supervisor as house
from dialog.cli.supervisor import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FALL = [sys.executable, "-c", "raise SystemExit(3)"]
WITH_CHILD = [
    sys.executable,
    "-c",
    "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True);"
    " time.sleep(60)",
]
WITH_SUPERVISED_CHILD = [
    sys.executable,
    "-c",
    "import time\n"
    "from dialog.cli.supervisor import Child\n"
    "child = Child('sleeper', ['sleep', '60'], {'PATH': '/usr/bin:/bin'})\n"
    "child.start()\n"
    "print(child.process.pid, flush=True)\n"
    "time.sleep(60)",
]


def child(command, **environment):
    return Child("sleeper", command, {"PATH": os.environ["PATH"], **environment})


def until(true, patience=5.0):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


def gone(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def marked(started):
    return b"DIALOG_RUN" in Path(f"/proc/{started.process.pid}/environ").read_bytes()


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said, monkeypatch):
    monkeypatch.setattr(house, "FIRST_PAUSE", 0.1)
    supervisor = Supervisor(say=said.append)
    yield supervisor
    supervisor.stop()


def test_a_child_that_was_killed_is_named_and_started_again(supervisor, said):
    sleeper = child(SLEEP)
    supervisor.start(sleeper)
    first = sleeper.process.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: sleeper.fell() is not None)

    supervisor._mind(sleeper)
    until(lambda: supervisor._mind(sleeper) and sleeper.process is not None)

    assert said == ["The sleeper stopped (signal 9). Starting it again in 0.1 s (1 of 5)."]
    assert sleeper.process.pid != first
    assert sleeper.fell() is None


def test_a_child_that_will_not_stay_up_stops_the_run(supervisor, said, monkeypatch):
    monkeypatch.setattr(house, "MOST_FALLS", 1)
    supervisor.start(child(FALL))

    code = supervisor.watch()

    assert code == 1
    assert said[-1] == "The sleeper will not stay up (exit code 3). Stopping everything."


def test_falls_long_ago_are_forgotten(supervisor, monkeypatch):
    monkeypatch.setattr(house, "STEADY", 0.0)
    fallen = child(FALL)
    fallen.falls = 5
    supervisor.start(fallen)
    until(lambda: fallen.fell() is not None)

    went_on = supervisor._mind(fallen)

    assert went_on
    assert fallen.falls == 1


def test_being_asked_to_stop_ends_the_watch(supervisor):
    supervisor.start(child(SLEEP))
    supervisor.asked.set()

    assert supervisor.watch() == 0


def test_stopping_leaves_no_process_behind(supervisor):
    sleeper = child(SLEEP)
    supervisor.start(sleeper)
    pid = sleeper.process.pid

    supervisor.stop()

    assert gone(pid)


def test_what_a_killed_child_left_behind_is_removed(supervisor):
    parent = child(WITH_CHILD)
    parent.process = subprocess.Popen(WITH_CHILD, stdout=subprocess.PIPE, start_new_session=True)
    with parent.process.stdout as words:
        orphan = int(words.readline())
    os.kill(parent.process.pid, signal.SIGKILL)

    parent.clear()

    assert until(lambda: gone(orphan))


def test_processes_with_another_runs_mark_are_left_alone(supervisor):
    ours, other = child(SLEEP, DIALOG_RUN="ours"), child(SLEEP, DIALOG_RUN="ours-too")
    supervisor.start(ours)
    supervisor.start(other)
    until(lambda: marked(ours) and marked(other))

    found = end_marked("DIALOG_RUN=ours")

    assert found == 1
    assert until(lambda: ours.fell() == -signal.SIGKILL)
    assert other.fell() is None


def test_children_end_with_a_supervisor_that_was_killed():
    with subprocess.Popen(
        WITH_SUPERVISED_CHILD, stdout=subprocess.PIPE, cwd=Path.cwd()
    ) as supervisor:
        inner = int(supervisor.stdout.readline())
        supervisor.kill()

    assert until(lambda: gone(inner))
