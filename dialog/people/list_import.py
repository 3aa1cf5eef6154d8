"""A doctor's patient list from another program: who is on it, and what is wrong line by line."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.people.identity_number import IdentityNumber, NotAnIdentityNumber, bare, parse
from dialog.people.numbers import mobile
from dialog.table_file import Column, Fault, Line, read_table

LONGEST_NAME = 100
LONGEST_EMAIL = 254

IDENTITY, GIVEN, FAMILY = "fødselsnummer", "fornavn", "etternavn"
MOBILE, EMAIL = "mobil", "e-post"
COLUMNS = (
    Column(
        IDENTITY,
        gettext_lazy("fødselsnummer"),
        ("fnr", "fødselsnr", "personnummer", "personnr", "fødselsogpersonnummer"),
    ),
    Column(GIVEN, gettext_lazy("fornavn"), ("fornamn", "forogmellomnavn", "givenname")),
    Column(FAMILY, gettext_lazy("etternavn"), ("etternamn", "slektsnavn", "familyname")),
    Column(
        MOBILE,
        gettext_lazy("mobil"),
        ("mobilnr", "mobilnummer", "mobiltelefon", "mobiltlf", "tlfmobil", "telefon", "tlf"),
        required=False,
    ),
    Column(
        EMAIL,
        gettext_lazy("e-post"),
        ("epostadresse", "mail", "email", "mailadresse"),
        required=False,
    ),
)

_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the list. Printed, it shows only the line."""

    line: int
    identity: IdentityNumber = field(repr=False)
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListFile:
    """The people who can be put on the list, and the faults of the other lines."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Told(NamedTuple):
    """What became of one cell: its value, or a sentence."""

    value: str
    complaint: str = ""


def read(data: bytes, *, synthetic_only: bool) -> ListFile:
    """The list in a file; only made-up people where nobody real may be."""
    table = read_table(data, COLUMNS)
    rows: list[Row] = []
    faults = list(table.faults)
    first_seen: dict[str, int] = {}
    for line in table.lines:
        identity, wrong = _identity(line, first_seen, synthetic_only)
        told = {name: check(line.cells[name]) for name, check in _CHECKS.items()}
        wrong += [
            Fault(line.number, name, each.complaint)
            for name, each in told.items()
            if each.complaint
        ]
        faults += wrong
        if identity and not wrong:
            values = (told[name].value for name in (GIVEN, FAMILY, MOBILE, EMAIL))
            rows.append(Row(line.number, identity, *values))
    return ListFile(tuple(rows), tuple(sorted(faults, key=lambda fault: fault.line)))


def _identity(
    line: Line, first_seen: dict[str, int], synthetic_only: bool
) -> tuple[IdentityNumber | None, list[Fault]]:
    try:
        found = parse(_with_its_first_zero(line.cells[IDENTITY]))
    except NotAnIdentityNumber as fault:
        return None, [Fault(line.number, IDENTITY, fault.sentence)]
    if synthetic_only and not found.synthetic:
        sentence = _("Her kan du bare bruke oppdiktede fødselsnumre (måned pluss 80).")
        return None, [Fault(line.number, IDENTITY, sentence)]
    earlier = first_seen.setdefault(found.value, line.number)
    if earlier != line.number:
        sentence = _("Det samme fødselsnummeret står på linje %(line)d.") % {"line": earlier}
        return None, [Fault(line.number, IDENTITY, sentence)]
    return found, []


def _with_its_first_zero(text: str) -> str:
    """Spreadsheets take a number's first zero away."""
    digits = bare(text)
    return f"0{digits}" if len(digits) == _DIGITS - 1 else digits


def _name(text: str) -> _Told:
    if not text:
        return _Told("", _("Navnet mangler."))
    if len(text) > LONGEST_NAME or not text.isprintable():
        return _Told("", _("Navnet er for langt, eller har tegn som ikke hører til i et navn."))
    return _Told(text)


def _mobile(text: str) -> _Told:
    if not text:
        return _Told("")
    number = mobile(text)
    if not number:
        return _Told("", _("Dette er ikke et mobilnummer. Rett det, eller la feltet stå tomt."))
    return _Told(number)


def _email(text: str) -> _Told:
    if not text:
        return _Told("")
    complaint = _("Dette er ikke en e-postadresse. Rett den, eller la feltet stå tomt.")
    try:
        validate_email(text)
    except ValidationError:
        return _Told("", complaint)
    return _Told(text) if len(text) <= LONGEST_EMAIL else _Told("", complaint)


_CHECKS = {GIVEN: _name, FAMILY: _name, MOBILE: _mobile, EMAIL: _email}
