"""Code lists: what the codes in the messages mean, as files that an operator can add to.

One file a list, named by its number; ``DIALOG_CODES_DIR`` names a folder with more of the same
kind: a row there stands instead of ours, a new row or list beside them. ``verified`` tells whether
a published source says so.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from dialog.interop.names import NATIONAL

_HERE = Path(__file__).parent
_CALENDAR = "calendar.toml"
_FUNCTIONS = "functions.toml"
_ANSWERS = "answers.toml"


class NoCodes(Exception):
    """A file of codes cannot be used; the sentence says which and why."""


class Unknown(StrEnum):
    """What to do with a code that is not in its list."""

    TAKE = "take"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one code means, who says so, and whether that is published; ``english`` is for those
    who run us, and may be empty.
    """

    list: str
    code: str
    text: str
    source: str
    verified: bool
    english: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list by its number; ``refusal`` is the code of list 8221 for what it does not know."""

    number: str
    title: str
    unknown: Unknown
    refusal: str
    entries: Mapping[str, Entry]


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """All that is data: the lists, how a calendar says its state, which function uses what, and
    what a coded answer does here.
    """

    lists: Mapping[str, CodeList]
    state_property: str
    states: Mapping[str, str]
    functions: Mapping[str, Mapping[str, object]] = field(repr=False)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def entry(self, number: str, code: str) -> Entry | None:
        """What a list says of a code."""
        found = self.lists.get(number)
        return None if found is None else found.entries.get(code)

    def text(self, number: str, code: str) -> str:
        """The words for a code; nothing where it is unknown."""
        found = self.entry(number, code)
        return "" if found is None else found.text

    def word_for(self, state: str) -> str:
        """What a calendar calls a state of ours."""
        return next((word for word, ours in self.states.items() if ours == state), "")


@cache
def tables(folder: Path | None = None) -> Tables:
    """Our tables, with what an operator's folder says over them; read once."""
    read = _files(_HERE)
    for name, more in _files(folder).items() if folder else ():
        read[name] = _over(read.get(name, {}), more)
    calendar, functions = read.pop(_CALENDAR), read.pop(_FUNCTIONS, {})
    answers = read.pop(_ANSWERS, {})
    return Tables(
        lists={name.removesuffix(".toml"): _list(name, one) for name, one in read.items()},
        state_property=str(calendar["property"]),
        states=_words(calendar.get("states")),
        functions={name: one for name, one in functions.items() if isinstance(one, dict)},
        answers={name: _words(one) for name, one in answers.items()},
    )


def number_of(system: str) -> str:
    """The number of a list from its OID; anything else as it stands."""
    return system.removeprefix(NATIONAL)


def system_of(number: str) -> str:
    """The OID of a list from its number; an OID as it stands."""
    return number if "." in number or not number else NATIONAL + number


def _files(folder: Path) -> dict[str, dict[str, object]]:
    if not folder.is_dir():
        raise NoCodes(f"{folder} is no folder. Set DIALOG_CODES_DIR to one, or to nothing.")
    return {path.name: _file(path) for path in sorted(folder.glob("*.toml"))}


def _file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NoCodes(f"{path} cannot be read: {error}") from error


def _over(ours: dict[str, object], more: dict[str, object]) -> dict[str, object]:
    """Ours with theirs over it, table by table and row by row."""
    merged = dict(ours)
    for key, value in more.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _over(before, value)
        else:
            merged[key] = value
    return merged


def _list(name: str, read: dict[str, object]) -> CodeList:
    number = str(read.get("list", ""))
    codes = read.get("codes")
    if name != f"{number}.toml" or not isinstance(codes, dict):
        raise NoCodes(f"{name} must say list = «its number, as in its name» and have [codes].")
    try:
        unknown = Unknown(str(read.get("unknown", Unknown.TAKE)))
    except ValueError:
        raise NoCodes(f"{name}: unknown must be «take» or «refuse».") from None
    return CodeList(
        number=number,
        title=str(read.get("title", "")),
        unknown=unknown,
        refusal=str(read.get("refusal", "T99")),
        entries={code: _entry(name, number, code, row) for code, row in codes.items()},
    )


def _entry(name: str, number: str, code: str, row: object) -> Entry:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise NoCodes(f"{name}: {code} must have a text.")
    verified = row.get("verified", False)
    if not isinstance(verified, bool):
        raise NoCodes(f"{name}: verified of {code} must be true or false.")
    source, english = str(row.get("source", "")), str(row.get("english", ""))
    return Entry(number, code, row["text"], source, verified, english)


def _words(table: object) -> dict[str, str]:
    return {key: str(one) for key, one in table.items()} if isinstance(table, dict) else {}
