"""What the simulated registers know, how they misbehave, and what is to change when."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError

from dialog.registers import maskinporten
from dialog.registers.maskinporten import Maskinporten

REGISTERS = ("population", "contact", "gp", "personnel")
BEHAVES = (*REGISTERS, maskinporten.NAME)
BROKEN = "broken"  # half an answer
TROUBLE = {"delay", "status", BROKEN}
CHANGE = {"after", "register", "number", "words", "trouble"}

Words = Mapping[str, Any]


class BadScript(Exception):
    """The people or the changes cannot be read; the text says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """At ``due`` somebody is another, or is gone (no words), or a register behaves otherwise."""

    due: float
    register: str
    number: str = ""
    words: Words | None = None
    trouble: Words | None = None


@dataclass
class Registers:
    """All of them; asked by several threads at once."""

    people: dict[str, dict[str, Words]] = field(
        default_factory=lambda: {name: {} for name in REGISTERS}
    )
    trouble: dict[str, Words] = field(default_factory=dict)
    maskinporten: Maskinporten = field(default_factory=Maskinporten)
    _changes: list[Change] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, script: object) -> None:
        """Take in people, and changes from now on: ``{"population": {…}, "changes": [{…}]}``.

        All of it is looked at before any of it counts.
        """
        if not isinstance(script, dict):
            raise BadScript("A script is an object with registers and changes.")
        known = {*REGISTERS, maskinporten.NAME, "changes"}
        if unknown := sorted(set(script) - known):
            raise BadScript(f"{unknown[0]!r} is none of {', '.join(sorted(known))}.")
        people = {name: _people(name, script.get(name, {})) for name in REGISTERS}
        now = time.monotonic()
        changes = [_change(one, now) for one in script.get("changes", [])]
        with self._lock:
            self._let_in(script.get(maskinporten.NAME, {}))
            for name, found in people.items():
                self.people[name].update(found)
            self._changes = sorted([*self._changes, *changes], key=lambda one: one.due)
            self._catch_up()

    def _let_in(self, said: object) -> None:
        try:
            self.maskinporten.read(said)
        except (AttributeError, KeyError, TypeError, ValueError, JoseError) as error:
            raise BadScript(
                "maskinporten: say which clients, with keys (JWK) and scopes, and which registers, "
                "with a scope."
            ) from error

    def behaves(self, register: str) -> Words:
        """How a register, or Maskinporten, behaves now."""
        with self._lock:
            self._catch_up()
            return self.trouble.get(register, {})

    def answer(self, register: str, number: str) -> tuple[Words, Words | None]:
        """How a register behaves now, and what it knows of somebody."""
        with self._lock:
            self._catch_up()
            return self.trouble.get(register, {}), self.people[register].get(number)

    def _catch_up(self) -> None:
        now = time.monotonic()
        while self._changes and self._changes[0].due <= now:
            change = self._changes.pop(0)
            if change.trouble is not None:
                self.trouble[change.register] = change.trouble
            elif change.words is None:
                self.people[change.register].pop(change.number, None)
            else:
                before = self.people[change.register].get(change.number, {})
                self.people[change.register][change.number] = {**before, **change.words}


def read_file(registers: Registers, file: Path) -> None:
    """Take in a script from a file."""
    try:
        registers.read(json.loads(file.read_text()))
    except OSError as error:
        raise BadScript(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadScript(f"{file} is not JSON.") from error


def _people(name: str, found: object) -> dict[str, Words]:
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise BadScript(f"{name}: say who by number, each with an object of words.")
    return found


def _change(said: object, now: float) -> Change:
    if not isinstance(said, dict) or set(said) - CHANGE or said.get("register") not in BEHAVES:
        raise BadScript(f"A change has some of {', '.join(sorted(CHANGE))}, and a known register.")
    trouble, number = said.get("trouble"), str(said.get("number", ""))
    if (trouble is None) == (not number) or (number and said["register"] not in REGISTERS):
        raise BadScript("A change is about somebody's number, or is a trouble.")
    if trouble is not None and (not isinstance(trouble, dict) or set(trouble) - TROUBLE):
        raise BadScript(f"A trouble has some of {', '.join(sorted(TROUBLE))}.")
    return Change(
        due=now + float(said.get("after", 0)),
        register=said["register"],
        number=number,
        words=said.get("words"),
        trouble=trouble,
    )
