"""Patients the office knows: those on its list, and those it has heard of."""

import csv
from dataclasses import dataclass
from pathlib import Path

from dialog.interop.messages import Person
from dialog.interop.messages.people import national
from dialog.people.identity_number import NotAnIdentityNumber, parse
from epj.refusal import Refusal
from epj.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A patient by number and name."""

    number: str
    given: str
    family: str
    listed: bool

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.family}".strip()

    @property
    def person(self) -> Person:
        """The patient as a message names them."""
        return Person(given=self.given, family=self.family, identities=(national(self.number),))


def hear_of(store: Store, person: Person) -> None:
    """Remember whom a message is about; a name on the list stands."""
    with store.change() as change:
        change.execute(
            "INSERT INTO patients (number, given, family) VALUES (?, ?, ?) "
            "ON CONFLICT (number) DO NOTHING",
            (person.national_id, person.given, person.family),
        )


def known(store: Store, number: str) -> Patient | None:
    """The patient with this identity number."""
    return next(iter(_found(store, "number = ?", number)), None)


def meant(store: Store, words: str) -> Patient:
    """The patient somebody means, by number or by a part of the name that only one has."""
    found = _found(store, "number = ?", words) or _found(
        store, "given || ' ' || family LIKE ?", f"%{words}%"
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(f"{len(found)} patients are called {words}. Say the identity number.")
    raise Refusal(f"Nobody here is called {words}. A number and a name can be put on the list.")


def everybody(store: Store) -> list[Patient]:
    """All of them, by name."""
    return _found(store, "1 ORDER BY family, given")


def read_list(store: Store, path: Path) -> int:
    """Put everybody in a file on the list. How many they are."""
    listed = in_file(path)
    with store.change() as change:
        for one in listed:
            change.execute(
                "INSERT INTO patients VALUES (?, ?, ?, 1) ON CONFLICT (number) DO UPDATE "
                "SET given = excluded.given, family = excluded.family, listed = 1",
                (one.number, one.given, one.family),
            )
    return len(listed)


def in_file(path: Path) -> list[Patient]:
    """Everybody in a file: number;given;family, one a line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=";") if row]
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path} cannot be read: {error}") from error
    return [_checked(path, at, row) for at, row in enumerate(rows, 1)]


def _checked(path: Path, at: int, row: list[str]) -> Patient:
    try:
        number, given, family = (one.strip() for one in row)
        parse(number)
    except (ValueError, NotAnIdentityNumber) as error:
        said = f"{path}, line {at}: write number;given name;family name."
        raise Refusal(said) from error
    return Patient(number=number, given=given, family=family, listed=True)


def _found(store: Store, where: str, *values: object) -> list[Patient]:
    rows = store.connection.execute(
        f"SELECT * FROM patients WHERE {where}",  # noqa: S608 - the conditions are ours
        values,
    )
    return [
        Patient(
            number=row["number"],
            given=row["given"],
            family=row["family"],
            listed=bool(row["listed"]),
        )
        for row in rows
    ]
