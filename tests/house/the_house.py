"""The house as its own tests see it: its files, rooms, actions, events and tables."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import getmembers, isfunction, isgeneratorfunction, unwrap
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType

import dialog
from dialog.ledger.events import Event

ROOT = Path(dialog.__file__).resolve().parent.parent
ROOMS = (
    "people",
    "conversations",
    "appointments",
    "renewals",
    "econsultations",
    "enquiries",
    "ledger",
    "notifications",
    "oversight",
    "breaches",
)


@cache
def files() -> tuple[Path, ...]:
    """Everything in the repository, and what is about to be in it."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listed.splitlines() if (path := ROOT / name).is_file())


def texts(*suffixes: str, under: str = "") -> Iterator[tuple[str, str]]:
    """The name and text of every file of these kinds."""
    for path in files():
        name = str(path.relative_to(ROOT))
        if path.suffix in suffixes and name.startswith(under):
            yield name, path.read_text()


def modules(room: str) -> Iterator[ModuleType]:
    """Every module of a room but its migrations."""
    package = import_module(f"dialog.{room}")
    yield package
    for found in walk_packages(package.__path__, f"dialog.{room}."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


def actions() -> Iterator[FunctionType]:
    """Every public function by which a person does something, where it is written."""
    for room in ROOMS:
        for module in modules(room):
            if ".actions" not in module.__name__:
                continue
            for _name, found in getmembers(module, isfunction):
                done_by_somebody = found is not unwrap(found) and not isgeneratorfunction(
                    unwrap(found)
                )
                if found.__module__ == module.__name__ and done_by_somebody:
                    yield found


def events() -> list[type[Event]]:
    """Everything that can have happened."""
    for room in ROOMS:
        for _module in modules(room):
            pass
    return sorted((one for one in _below(Event) if not _below(one)), key=lambda one: one.__name__)


def _below(kind: type[Event]) -> set[type[Event]]:
    return {one for child in kind.__subclasses__() for one in {child, *_below(child)}}


@cache
def classes_of_tests() -> set[str]:
    """The names of all classes of tests."""
    return {
        name
        for _name, source in texts(".py", under="tests/")
        for name in re.findall(r"^class (\w+)", source, re.MULTILINE)
    }
