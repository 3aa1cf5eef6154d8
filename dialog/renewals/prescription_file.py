"""A patient's prescriptions from another program: what can be kept, and what is wrong by line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.renewals.policy import LONGEST_NAME, Group
from dialog.table_file import Column, Fault, Line, read_table

Value = TypeVar("Value")

MOST_REPEATS = 99
LONGEST_TEXT = 500

NAME, STRENGTH, FORM, DOSAGE = "navn", "styrke", "form", "dosering"
GROUP, REPEATS, VALID, ATC = "reseptgruppe", "utleveringer igjen", "gyldig til", "atc"
COLUMNS = (
    Column(NAME, gettext_lazy("navn"), ("legemiddel", "preparat", "varenavn", "legemiddelnavn")),
    Column(STRENGTH, gettext_lazy("styrke"), required=False),
    Column(FORM, gettext_lazy("form"), ("legemiddelform",), required=False),
    Column(DOSAGE, gettext_lazy("dosering"), ("bruk", "dssn", "bruksanvisning"), required=False),
    Column(GROUP, gettext_lazy("reseptgruppe"), ("gruppe", "resgr", "reseptgr")),
    Column(
        REPEATS,
        gettext_lazy("utleveringer igjen"),
        ("utleveringerigjen", "reit", "reiterasjoner", "gjenståendeutleveringer"),
        required=False,
    ),
    Column(
        VALID,
        gettext_lazy("gyldig til"),
        ("gyldigtildato", "utløper", "utløpsdato", "gyldig"),
        required=False,
    ),
    Column(ATC, gettext_lazy("ATC"), ("atckode", "atcnr"), required=False),
)

_ATC = re.compile(r"[A-V]\d\d([A-Z]([A-Z](\d\d)?)?)?", re.ASCII)
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y")
_GROUPS = {"a": Group.A, "b": Group.B, "c": Group.C, "f": Group.F} | dict.fromkeys(
    ("ingen", "-"), Group.NONE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One prescription; None where the file does not say."""

    line: int
    name: str
    strength: str
    form: str
    dosage: str
    group: Group
    repeats_left: int | None
    valid_until: date | None
    atc: str


@dataclass(frozen=True, slots=True)
class PrescriptionFile:
    """The prescriptions that can be kept, and the faults of the other lines."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Wrong(Exception):
    """A cell that cannot be used."""


def read(data: bytes) -> PrescriptionFile:
    """The prescriptions of one patient in a file."""
    table = read_table(data, COLUMNS)
    rows: list[Row] = []
    faults = list(table.faults)
    first_seen: dict[tuple[str, ...], int] = {}
    for line in table.lines:
        cells = _Cells(line)
        row = _row(cells)
        same = tuple(line.cells[name].casefold() for name in (NAME, STRENGTH, FORM))
        earlier = first_seen.setdefault(same, line.number)
        if earlier != line.number:
            sentence = _("Den samme resepten står på linje %(line)d.") % {"line": earlier}
            cells.faults.append(Fault(line.number, NAME, sentence))
        faults += cells.faults
        if row and not cells.faults:
            rows.append(row)
    return PrescriptionFile(tuple(rows), tuple(sorted(faults, key=lambda fault: fault.line)))


class _Cells:
    """Reads the cells of one line, and keeps what was wrong with each."""

    def __init__(self, line: Line) -> None:
        self.number = line.number
        self.faults: list[Fault] = []
        self._cells: Mapping[str, str] = line.cells

    def read(self, name: str, meaning: Callable[[str], Value]) -> Value | None:
        """What a cell means, or nothing and a fault."""
        try:
            return meaning(self._cells[name])
        except _Wrong as wrong:
            self.faults.append(Fault(self.number, name, str(wrong)))
            return None


def _row(cells: _Cells) -> Row | None:
    name, group = cells.read(NAME, _name), cells.read(GROUP, _group)
    strength, form = cells.read(STRENGTH, _text), cells.read(FORM, _text)
    dosage, atc = cells.read(DOSAGE, _text), cells.read(ATC, _atc)
    repeats_left, valid_until = cells.read(REPEATS, _repeats), cells.read(VALID, _day)
    if name is None or group is None:
        return None
    return Row(
        line=cells.number,
        name=name,
        strength=strength or "",
        form=form or "",
        dosage=dosage or "",
        group=group,
        repeats_left=repeats_left,
        valid_until=valid_until,
        atc=atc or "",
    )


def _name(text: str) -> str:
    if not text:
        raise _Wrong(_("Navnet på legemiddelet mangler."))
    if len(text) > LONGEST_NAME:
        raise _Wrong(_("Navnet er for langt."))
    return text


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _Wrong(_("Teksten er for lang."))
    return text


def _group(text: str) -> Group:
    """Never guessed: what is habit-forming is not renewed without a consultation."""
    group = _GROUPS.get(text.casefold())
    if group is None:
        raise _Wrong(
            _("Reseptgruppen må være A, B, C eller F, eller «ingen» når den ikke har noen.")
        )
    return group


def _repeats(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_REPEATS):
        raise _Wrong(
            _("Utleveringer igjen må være et helt tall fra 0 til %(most)d.")
            % {"most": MOST_REPEATS}
        )
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    for written in _DAYS:
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise _Wrong(_("Datoen kan ikke leses. Skriv den som 31.12.2026."))


def _atc(text: str) -> str:
    code = "".join(text.upper().split())
    if code and not _ATC.fullmatch(code):
        raise _Wrong(_("Dette er ikke en ATC-kode. Rett den, eller la feltet stå tomt."))
    return code
