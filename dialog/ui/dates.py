"""Days, clocks, money and telephone numbers as a person says them, in bokmål, nynorsk and English.

Written with plain tables: Django's date filter takes most of the time of a long list.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import get_language

from dialog.working_days import OSLO

NBSP = "\u00a0"
UNBROKEN = "\u2060"  # after a dash, so that a line does not end there


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language says days and clocks."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    clock: str
    at: str
    short: int = 3


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NORWEGIAN_MONTHS = _words(
    "januar februar mars april mai juni juli august september oktober november desember"
)
NORWEGIAN_SHORT = _words("jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.")
ENGLISH_SHORT = _words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
ENGLISH_MONTHS = _words(
    "January February March April May June July August September October November December"
)
TONGUES = {
    "nb": Tongue(
        _words("mandag tirsdag onsdag torsdag fredag lørdag søndag"),
        NORWEGIAN_MONTHS,
        NORWEGIAN_SHORT,
        "{}." + NBSP + "{}",
        "{:02d}.{:02d}",
        "kl." + NBSP,
    ),
    "nn": Tongue(
        _words("måndag tysdag onsdag torsdag fredag laurdag sundag"),
        NORWEGIAN_MONTHS,
        NORWEGIAN_SHORT,
        "{}." + NBSP + "{}",
        "{:02d}.{:02d}",
        "kl." + NBSP,
    ),
    "en": Tongue(
        _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        ENGLISH_MONTHS,
        ENGLISH_SHORT,
        "{}" + NBSP + "{}",
        "{:02d}:{:02d}",
        "at ",
    ),
}


def _tongue() -> Tongue:
    return TONGUES.get((get_language() or "nb")[:2], TONGUES["nb"])


def _local(when: datetime) -> datetime:
    return when.astimezone(OSLO)


def _date(when: date) -> date:
    return _local(when).date() if isinstance(when, datetime) else when


def day_of_month(when: date) -> str:
    """``15. november``, with the year when it is not this year."""
    return _in_month(when, _tongue().months)


def _in_month(when: date, months: tuple[str, ...]) -> str:
    on = _date(when)
    words = _tongue().day.format(on.day, months[on.month - 1])
    return words if on.year == datetime.now(OSLO).year else f"{words} {on.year}"


def day(when: date) -> str:
    """``torsdag 15. mai``, with the year when it is not this year."""
    on = _date(when)
    return f"{_tongue().weekdays[on.weekday()]} {day_of_month(on)}"


def short_day(when: date) -> str:
    """``tor. 15. nov.``: for tables and narrow columns."""
    tongue, on = _tongue(), _date(when)
    stop = "." if tongue.at.startswith("kl") else ""
    name = tongue.weekdays[on.weekday()][: tongue.short]
    return f"{name}{stop} {_in_month(on, tongue.short_months)}"


def numeric(when: date) -> str:
    """``15.05.1985``: a birth date, as people at an office say it."""
    on = _date(when)
    return f"{on.day:02d}.{on.month:02d}.{on.year}"


def weekday(when: date) -> str:
    """``torsdag``."""
    return _tongue().weekdays[_date(when).weekday()]


def weekday_named(number: int) -> str:
    """``torsdag`` for 3; Monday is 0."""
    return _tongue().weekdays[number]


def clock(when: datetime | time) -> str:
    """``09.20``."""
    at = _local(when) if isinstance(when, datetime) else when
    return _tongue().clock.format(at.hour, at.minute)


def moment(when: datetime) -> str:
    """``torsdag 15. mai kl. 09.20``."""
    return f"{day(when)} {_tongue().at}{clock(when)}"


def short_moment(when: datetime) -> str:
    """``15. mai kl. 09.20``: for lists and threads."""
    return f"{day_of_month(when)} {_tongue().at}{clock(when)}"


def period(start: datetime, end: datetime) -> str:
    """``torsdag 15. mai kl. 09.20–09.40``; both days are said when they differ."""
    if _date(start) == _date(end):
        return f"{moment(start)}–{UNBROKEN}{clock(end)}"
    return f"{moment(start)} – {moment(end)}"


def kr(amount: Decimal | int) -> str:
    """``345 kr``, and ``345,50 kr`` only when there are øre."""
    whole = f"{int(amount):,}".replace(",", NBSP)
    cents = round((Decimal(amount) - int(amount)) * 100)
    return f"{whole},{cents:02d}{NBSP}kr" if cents else f"{whole}{NBSP}kr"


def phone(number: str) -> str:
    """``22 33 44 55`` and ``912 34 567``: grouped as Norwegians read them aloud."""
    digits = number.replace(" ", "")
    if not (digits.isdecimal() and len(digits) == 8):
        return number.replace(" ", NBSP)
    mobile = digits[0] in "49"
    cuts = (0, 3, 5, 8) if mobile else (0, 2, 4, 6, 8)
    return NBSP.join(digits[a:b] for a, b in pairwise(cuts))
