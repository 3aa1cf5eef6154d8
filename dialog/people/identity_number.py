"""Norwegian identity numbers: read, checked, shown masked, and made for synthetic people.

Eleven digits: day, month, year, three that also tell the century, and two control digits. A
D-number has 40 added to the day. Synthetic people have 80 (the national test population) or 65
added to the month, so that a number in a test can never belong to somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, islice

from django.utils.translation import gettext_lazy as _

LENGTH = "length"
DIGITS = "digits"
DATE = "date"
CHECKSUM = "checksum"

SENTENCES = {
    LENGTH: _("Fødselsnummeret skal ha 11 siffer."),
    DIGITS: _("Fødselsnummeret kan bare ha siffer."),
    DATE: _("Fødselsnummeret begynner ikke med en gyldig dato. Se om to siffer er byttet om."),
    CHECKSUM: _("Fødselsnummeret er ikke gyldig. Se om et siffer er galt eller to er byttet om."),
}

# The key, and what word processors make of it.
HYPHENS = ("-", "\u2010", "\u2011", "\u2013", "\u2212")

_DIGITS_ALTOGETHER = 11
_DIGITS_AFTER_THE_DATE = 5
_ADDED_TO_DAY = 40
_NATIONAL_TEST_POPULATION = 80
_ADDED_TO_MONTH_WHEN_SYNTHETIC = (_NATIONAL_TEST_POPULATION, 65)
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


class NotAnIdentityNumber(ValueError):
    """These digits belong to nobody; the code says why, and the number itself is not repeated."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        """What is wrong, for the one who wrote it."""
        return str(SENTENCES[self.code])


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that can belong to a person. Printing it shows only the masked form."""

    value: str = field(repr=False)
    birth_date: date
    synthetic: bool
    d_number: bool = False

    @property
    def masked(self) -> str:
        """The birth date, and five stars for the rest."""
        return f"{self.birth_date:%d%m%y} *****"

    def __str__(self) -> str:
        return self.masked


def parse(text: str) -> IdentityNumber:
    """The identity number in a text, with spaces or a hyphen after its date."""
    value = bare(text)
    if not (value.isascii() and value.isdigit()):
        raise NotAnIdentityNumber(DIGITS if value else LENGTH)
    if len(value) != _DIGITS_ALTOGETHER:
        raise NotAnIdentityNumber(LENGTH)
    day, month = int(value[:2]), int(value[2:4])
    d_number = day > _ADDED_TO_DAY
    added = next((n for n in _ADDED_TO_MONTH_WHEN_SYNTHETIC if n < month), 0)
    year = _birth_year(int(value[4:6]), int(value[6:9]))
    try:
        born = date(year, month - added, day - _ADDED_TO_DAY if d_number else day)
    except ValueError:
        raise NotAnIdentityNumber(DATE) from None
    if _control_digits(value[:9]) != value[9:]:
        raise NotAnIdentityNumber(CHECKSUM)
    return IdentityNumber(value, born, synthetic=bool(added), d_number=d_number)


def bare(text: str) -> str:
    """A number without its spaces and the hyphen between the date and the five last digits."""
    value = "".join(text.split())
    first, last = value[:-_DIGITS_AFTER_THE_DATE], value[-_DIGITS_AFTER_THE_DATE:]
    return first[:-1] + last if first.endswith(HYPHENS) else value


@lru_cache(maxsize=256)  # the same few people, again and again
def synthetic(birth_date: date, serial: int = 0) -> str:
    """The number of a made-up person: the first, second, … that the test population has for a day.

    Numbers without control digits are passed over, so every serial gives a valid number of its own.
    """
    found = next(islice(_synthetic_numbers(birth_date), serial, None), None)
    if found is None:
        raise ValueError("there are no more synthetic numbers for this day")
    return found


def _synthetic_numbers(birth_date: date) -> Iterator[str]:
    month = birth_date.month + _NATIONAL_TEST_POPULATION
    for individual in _individual_numbers(birth_date.year):
        first = f"{birth_date:%d}{month}{birth_date:%y}{individual:03}"
        control = _control_digits(first)
        if control is not None:
            yield first + control


def _individual_numbers(year: int) -> Iterator[int]:
    """The three digits people born in a year can have."""
    series = chain(range(500), range(900, 1000), range(500, 900))
    return (n for n in series if _birth_year(year % 100, n) == year)


def _birth_year(two_digits: int, individual: int) -> int:
    """The whole year, or 0 when no century uses these individual digits."""
    if individual < 500 or (individual >= 900 and two_digits >= 40):
        return 1900 + two_digits
    if two_digits < 40:
        return 2000 + two_digits
    return 1800 + two_digits if individual < 750 and two_digits >= 54 else 0


def _control_digits(first_nine: str) -> str | None:
    """The two last digits, or nothing where the rule would need a digit above nine."""
    first = _control_digit(first_nine, _FIRST_WEIGHTS)
    second = _control_digit(f"{first_nine}{first}", _SECOND_WEIGHTS) if first < 10 else 10
    return f"{first}{second}" if second < 10 else None


def _control_digit(digits: str, weights: tuple[int, ...]) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return -total % 11
