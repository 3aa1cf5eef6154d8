"""Tables people bring from other programs: CSV in whatever letters and signs their program uses;
and one rule for those they take out.

A file is read line by line. What cannot be used is a fault with its line and column, so that the
one who brought it can mend it; the good lines are kept apart from the faults.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _

MOST_ROWS = 20_000
MOST_MEGABYTES = 10

_SEPARATORS = (";", ",", "\t")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# How spreadsheets keep the first zero of a number: ="01234".
_KEPT_AS_TEXT = re.compile(r'^="(.*)"$')
# What a spreadsheet reckons out, where a cell begins so.
_RECKONED = ("=", "+", "-", "@", "\t", "\r", "\n")
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŧ": "t", "ŋ": "n"})


def as_words(text: str) -> str:
    """What somebody wrote as a cell of a table they take out: words, also where they are shaped
    like a formula.
    """
    return f"'{text}" if text.startswith(_RECKONED) else text


@dataclass(frozen=True, slots=True)
class Column:
    """A column we look for, and whether the file is useless without it.

    Aliases are what else people call it, without capitals, spaces and signs.
    """

    name: str
    title: str | Promise
    aliases: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which line (0 for the file) and which column ("" for the line)."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        return _("Linje %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its cells by the name of their column. Printed, it shows none."""

    number: int
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """The lines that could be read, and what was wrong with the others."""

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()


class Unusable(Exception):
    """Nothing in the file can be used."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(line, "", sentence)


def read_table(data: bytes, columns: Sequence[Column]) -> Table:
    """The lines of a file with these columns, in any order and under any of their names."""
    try:
        rows = _rows(data, columns)
    except Unusable as unusable:
        return Table(faults=(unusable.fault,))
    (_number, header), *below = rows
    places = {column.name: _place(column, header) for column in columns}
    lines, faults = [], []
    for number, cells in below:
        if any(cells[len(header) :]):
            faults.append(Fault(number, "", _("Linjen har flere felt enn det er kolonner.")))
            continue
        cells += [""] * (len(header) - len(cells))
        by_name = {name: "" if at is None else cells[at] for name, at in places.items()}
        lines.append(Line(number, by_name))
    return Table(tuple(lines), tuple(faults))


def _rows(data: bytes, columns: Sequence[Column]) -> list[tuple[int, list[str]]]:
    """The header and every line below it that is not empty; there is at least one of each."""
    text = _decoded(data)
    separator = max(_SEPARATORS, key=lambda each: _found(_header(text, each), columns))
    rows = []
    for number, cells in _split(text, separator):
        rows.append((number, cells))
        if len(rows) > MOST_ROWS + 1:
            sentence = _("Filen har mer enn %(most)d linjer. Del den i flere filer.")
            raise Unusable(0, sentence % {"most": MOST_ROWS})
    _must_have_header(rows[0] if rows else (1, []), columns)
    if len(rows) == 1:
        raise Unusable(0, _("Filen har ingen linjer under overskriften."))
    return rows


def _must_have_header(row: tuple[int, list[str]], columns: Sequence[Column]) -> None:
    number, header = row
    missing = [str(column.title) for column in columns
               if column.required and _place(column, header) is None]  # fmt: skip
    if missing:
        sentence = _("Den første linjen skal ha navnene på kolonnene. Vi fant ikke: %(missing)s.")
        raise Unusable(number, sentence % {"missing": ", ".join(missing)})
    for column in columns:
        if sum(_is_called(column, title) for title in header) > 1:
            sentence = _("Kolonnen «%(title)s» står flere ganger.") % {"title": column.title}
            raise Unusable(number, sentence)


def _place(column: Column, header: Sequence[str]) -> int | None:
    return next((at for at, title in enumerate(header) if _is_called(column, title)), None)


def _is_called(column: Column, title: str) -> bool:
    return _plain(title) in {_plain(name) for name in (column.name, *column.aliases)}


def _found(header: Sequence[str], columns: Sequence[Column]) -> int:
    return sum(_place(column, header) is not None for column in columns)


def _plain(title: str) -> str:
    """A title without capitals, accents, spaces and signs."""
    folded = unicodedata.normalize("NFKD", title.casefold().translate(_FOLDED))
    return "".join(sign for sign in folded.translate(_FOLDED) if sign.isalnum())


def _header(text: str, separator: str) -> list[str]:
    try:
        return next(_split(text, separator), (1, []))[1]
    except Unusable:  # quotes that make sense only with another separator
        return []


def _split(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty, by the number an editor shows where it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            cleaned = [_cleaned(cell) for cell in cells]
            if any(cleaned) and not (begins == 1 and text.lower().startswith("sep=")):
                yield begins, cleaned
            begins = reader.line_num + 1
    except csv.Error as error:
        sentence = _("Linjen kan ikke leses. Se om et anførselstegn mangler eller er for mye.")
        raise Unusable(begins, sentence) from error


def _cleaned(cell: str) -> str:
    return " ".join(_KEPT_AS_TEXT.sub(r"\1", cell.strip()).split())


def _decoded(data: bytes) -> str:
    if len(data) > MOST_MEGABYTES * 1024 * 1024:
        sentence = _("Filen er større enn %(most)d MB. Del den i flere filer.")
        raise Unusable(0, sentence % {"most": MOST_MEGABYTES})
    if data.startswith(_SPREADSHEETS):
        raise Unusable(0, _("Dette er et regneark. Lagre det som CSV, og prøv igjen."))
    text = _in_letters(data)
    if not text.strip():
        raise Unusable(0, _("Filen er tom."))
    if "\x00" in text:
        raise Unusable(0, _("Dette er ikke en tekstfil. Lagre listen som CSV, og prøv igjen."))
    return text


def _in_letters(data: bytes) -> str:
    """UTF-8 where it can be, else what Windows programs write."""
    letters = ("utf-16",) if data.startswith(_UTF_16) else ("utf-8-sig", "cp1252")
    for name in letters:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
