"""Making a checkout ready: what is missing is named, and nothing is done twice."""

import builtins
import subprocess

import pytest

from tools import debian, licences, setup
from tools.locked import Kind, Package, Use


@pytest.fixture
def steps(monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "STAMPS", tmp_path)
    source, made = tmp_path / "source", tmp_path / "made"
    source.write_text("one")
    taken = []

    def take():
        taken.append(source.read_text())
        made.touch()

    def step():
        setup.step("step", [source], take, made=made)

    return step, source, made, taken


def test_a_step_is_taken_once(steps):
    step, _, _, taken = steps

    step()
    step()

    assert taken == ["one"]


def test_a_step_is_taken_again_when_its_source_changed(steps):
    step, source, _, taken = steps
    step()
    source.write_text("two")

    step()

    assert taken == ["one", "two"]


def test_a_step_is_taken_again_when_its_result_is_gone(steps):
    step, _, made, taken = steps
    step()
    made.unlink()

    step()

    assert taken == ["one", "one"]


def test_a_step_that_failed_is_not_remembered(monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "STAMPS", tmp_path)

    def fail():
        (tmp_path / "made").touch()
        raise SystemExit("This did not work")

    with pytest.raises(SystemExit):
        setup.step("step", [], fail, made=tmp_path / "made")

    assert not setup.fresh("step", [], "", tmp_path / "made")


def test_a_missing_python3_venv_is_named_in_one_line(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "ensurepip":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(SystemExit, match=r"^python3-venv is missing\. Install it: apt-get install"):
        setup.check_machine()


def test_an_older_python_is_named_in_one_line(monkeypatch):
    monkeypatch.setattr(setup.sys, "version_info", (3, 10, 2))

    with pytest.raises(SystemExit, match=r"^Python 3\.11 or later is needed"):
        setup.check_machine()


def test_the_locked_lists_hold_a_hash_for_everything_and_no_address():
    for locked in setup.LOCKS.glob("*.txt"):
        text = locked.read_text()
        packages = [line for line in text.splitlines() if line and not line.startswith(" ")]

        assert "://" not in text
        assert all(line.endswith("\\") for line in packages), locked.name
        assert text.count("--hash=sha256:") >= len(packages)


def test_the_front_end_lock_holds_no_address():
    text = (setup.CHECKOUT / "package-lock.json").read_text()

    assert '"resolved"' not in text
    assert '"integrity": "sha512-' in text


class Told:
    """A package as its metadata tells it."""

    def __init__(self, **about):
        self.about = about
        self.metadata = self

    def get_all(self, name):
        found = self.about.get(name.replace("-", "_"))
        return [found] if isinstance(found, str) else found


@pytest.mark.parametrize(
    ("about", "in_order"),
    [
        ({"License_Expression": "MIT"}, True),
        ({"License": "BSD-3-Clause\nlong text"}, True),
        ({"Classifier": ["License :: OSI Approved :: Apache Software License"]}, True),
        ({"License_Expression": "LGPL-3.0-only"}, True),
        ({"License_Expression": "MIT OR GPL-3.0-or-later"}, True),
        ({"License_Expression": "GPL-3.0-or-later"}, False),
        ({"License_Expression": "AGPL-3.0-only"}, False),
        ({"License_Expression": "MIT AND GPL-2.0-only"}, False),
        ({"License": "GNU Lesser General Public License v3"}, True),
        (
            {"Classifier": ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]},
            False,
        ),
        ({}, False),
    ],
)
def test_a_licence_we_may_not_ship_with_is_named(monkeypatch, about, in_order):
    monkeypatch.setattr(licences, "distribution", lambda name: Told(**about))

    assert (licences.judge("something") == "") is in_order


def test_the_licences_of_the_front_end_are_judged_by_what_the_lock_says(monkeypatch, capsys):
    font = Package(Kind.FRONT_END, "a-font", "1", Use.RUN, licence="GPL-3.0-only")
    tester = Package(Kind.FRONT_END, "a-tester", "1", Use.DEVELOP, licence="GPL-3.0-only")
    monkeypatch.setattr(licences, "front_end", lambda: [font, tester])

    assert licences.main() == 1
    assert capsys.readouterr().out == "a-font: GPL-3.0-only\n"


def test_what_the_tests_lack_is_named_with_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(debian.sys, "argv", ["debian", "tests"])
    monkeypatch.setattr(debian, "lacking", lambda name: ["chromium", "rabbitmq-server"])
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)

    code = debian.main()

    told = capsys.readouterr().err
    assert code == 1
    assert "apt-get install --no-install-recommends chromium rabbitmq-server" in told
    assert "make test-fast" in told


def test_root_gets_what_is_missing_installed(monkeypatch):
    missing, installed = ["chromium"], []

    def install(packages):
        installed.extend(packages)
        missing.clear()

    monkeypatch.setattr(debian.sys, "argv", ["debian", "browser"])
    monkeypatch.setattr(debian, "lacking", lambda name: list(missing))
    monkeypatch.setattr(debian, "install", install)
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")

    assert debian.main() == 0
    assert installed == ["chromium"]


def test_a_machine_without_a_compiler_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(debian.sys, "argv", ["debian", "compiler"])
    monkeypatch.setattr(debian.shutil, "which", lambda name: None)
    monkeypatch.setattr(debian, "installed", lambda package: False)
    monkeypatch.setattr(debian.sys, "base_prefix", "/usr")

    code = debian.main()

    told = capsys.readouterr().err
    assert code == 1
    assert "apt-get install --no-install-recommends gcc libc6-dev libssl-dev" in told
    assert "python3-dev" in told


def test_only_developers_need_a_compiler(monkeypatch, tmp_path):
    taken = []
    monkeypatch.setattr(setup, "VENV", tmp_path / "venv")
    monkeypatch.setattr(setup, "fresh", lambda *of: False)
    monkeypatch.setattr(setup, "step", lambda name, *of, **more: taken.append(name))

    setup.environment("run")
    for_running = list(taken)
    setup.environment("dev")

    assert "amqp" not in for_running
    assert "amqp" in taken[len(for_running) :]


def test_the_python_it_is_made_from_can_make_environments() -> None:
    chosen = subprocess.run(
        [setup.CHECKOUT / "tools" / "interpreter.sh"], capture_output=True, text=True, check=True
    )
    able = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    subprocess.run([chosen.stdout.strip(), "-c", able], check=True)
