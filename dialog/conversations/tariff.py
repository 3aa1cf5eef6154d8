"""What an e-consultation costs the patient, and a time that is not used: read from ``tariff.csv``.

A row holds from its date until the next row of the same kind. Its source is a code from the list of
sources in the requirements; *verified* means that several published lists say the same and none
says otherwise. Where lists differ the file has the highest amount, because the patient is promised
that it will not cost more. The fee for a time that is not used goes by the doctor's qualification
and not by the time of day, and is the same whether it was cancelled too late or not at all.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from itertools import product

COLUMNS = (
    "code", "qualification", "when", "amount", "below_age", "valid_from", "source", "verified",
)  # fmt: skip

DAY = "2ae"
EVENING = "2aek"
NO_SHOW = "no-show"
UNDER_AGE = "under-age"
CEILING_CARD = "ceiling-card"

_ANY = "any"
_QUALIFICATIONS = ("ordinary", "specialist")
_WHEN = {DAY: "day", EVENING: "evening", NO_SHOW: _ANY, UNDER_AGE: _ANY, CEILING_CARD: _ANY}
_BY_QUALIFICATION = (DAY, EVENING, NO_SHOW)
_KINDS = {
    *product(_BY_QUALIFICATION, _QUALIFICATIONS),
    (UNDER_AGE, _ANY),
    (CEILING_CARD, _ANY),
}
_BEYOND = "beyond the last column"
_VERIFIED = {"yes": True, "no": False}


class TariffFault(Exception):
    """The tariff file cannot be used, or says nothing about a day: somebody must mend the file."""


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in whole kroner, by which rule, since when, and whether it has been verified."""

    amount: int
    code: str
    valid_from: date
    verified: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tariff file."""

    price: Price
    qualification: str
    source: str
    below_age: int | None = None


def price(on: date, specialist: bool, evening: bool) -> Price:
    """What an e-consultation costs on a day, by day or in the evening."""
    return _row(EVENING if evening else DAY, on, _qualification(specialist)).price


def highest_price(on: date, specialist: bool) -> Price:
    """The most an e-consultation can cost on a day, whenever the doctor answers."""
    prices = (price(on, specialist, evening) for evening in (False, True))
    return max(prices, key=lambda each: each.amount)


def patient_price(on: date, specialist: bool, birth_date: date, ceiling_card: bool) -> Price:
    """The most this patient can have to pay: the young and those with a ceiling card go free."""
    young = _row(UNDER_AGE, on, _ANY)
    if young.below_age is not None and _age(birth_date, on) < young.below_age:
        return young.price
    if ceiling_card:
        return _row(CEILING_CARD, on, _ANY).price
    return highest_price(on, specialist)


def no_show_fee(on: date, specialist: bool) -> Price:
    """What a time costs that is cancelled too late or not used; nobody is exempt from it."""
    return _row(NO_SHOW, on, _qualification(specialist)).price


def read(text: str) -> tuple[Row, ...]:
    """The rows of a tariff file, newest first; a file that is not whole is refused as a whole."""
    lines = csv.DictReader(StringIO(text), restkey=_BEYOND, strict=True)
    if tuple(lines.fieldnames or ()) != COLUMNS:
        raise TariffFault(f"the tariff file must begin with {','.join(COLUMNS)}")
    rows = [_read_row(lines.line_num, line) for line in lines]
    _must_be_whole(rows)
    return tuple(sorted(rows, key=lambda row: row.price.valid_from, reverse=True))


def _read_row(number: int, line: dict[str, str]) -> Row:
    try:
        if _BEYOND in line:
            raise ValueError("there is something " + _BEYOND)
        found = Price(
            amount=_whole_number(line["amount"]),
            code=line["code"],
            valid_from=date.fromisoformat(line["valid_from"]),
            verified=_VERIFIED[line["verified"]],
        )
        below_age = _whole_number(line["below_age"]) if line["below_age"] else None
        row = Row(found, line["qualification"], line["source"], below_age)
        _must_be_known(row, line["when"])
    except (KeyError, ValueError, TypeError) as error:
        raise TariffFault(f"line {number} of the tariff file cannot be used: {error}") from error
    return row


def _must_be_known(row: Row, when: str) -> None:
    if (row.price.code, row.qualification) not in _KINDS or _WHEN[row.price.code] != when:
        raise ValueError("unknown code, qualification or time of day")
    if (row.below_age is None) == (row.price.code == UNDER_AGE):
        raise ValueError(f"an age belongs to {UNDER_AGE} and to nothing else")
    if not row.source:
        raise ValueError("where the amount is from must be said")


def _must_be_whole(rows: Iterable[Row]) -> None:
    seen = [(row.price.code, row.qualification, row.price.valid_from) for row in rows]
    if len(set(seen)) != len(seen):
        raise TariffFault("the tariff file has two amounts for the same thing from the same day")
    if missing := _KINDS - {(code, qualification) for code, qualification, _ in seen}:
        raise TariffFault(f"the tariff file lacks {sorted(missing)}")


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("an amount or age is a whole number")
    return int(text)


def _row(code: str, on: date, qualification: str) -> Row:
    for row in _rows():
        same = row.price.code == code and row.qualification == qualification
        if same and row.price.valid_from <= on:
            return row
    raise TariffFault(f"the tariff file says nothing about {code} on {on}")


@cache
def _rows() -> tuple[Row, ...]:
    return read((files(__package__) / "tariff.csv").read_text("utf-8"))


def _qualification(specialist: bool) -> str:
    return _QUALIFICATIONS[specialist]


def _age(birth_date: date, on: date) -> int:
    if birth_date > on:
        raise ValueError("nobody has a consultation before they are born")
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday
