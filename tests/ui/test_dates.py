"""Days, clocks and money as a person says them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from dialog.ui import dates

MORNING = datetime(2025, 5, 15, 7, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_2025():
    with time_machine.travel(datetime(2025, 1, 2, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "torsdag 15. mai kl. 09.20"),
        ("nn", "torsdag 15. mai kl. 09.20"),
        ("en", "Thursday 15 May at 09:20"),
        ("se", "torsdag 15. mai kl. 09.20"),
    ],
)
def test_a_moment_is_said_in_norwegian_time_and_in_the_readers_language(language, said):
    with translation.override(language):
        words = dates.moment(MORNING)

    assert words.replace(dates.NBSP, " ") == said


def test_nynorsk_has_its_own_weekdays():
    with translation.override("nn"):
        words = [dates.weekday(date(2025, 5, 12 + n)) for n in range(7)]

    assert words == ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"]


def test_the_year_is_said_only_when_it_is_not_this_year():
    with translation.override("nb"):
        words = [dates.day_of_month(date(year, 5, 15)) for year in (2025, 2026)]

    assert [w.replace(dates.NBSP, " ") for w in words] == ["15. mai", "15. mai 2026"]


def test_an_evening_in_utc_is_the_next_day_in_oslo():
    late = datetime(2025, 5, 15, 22, 30, tzinfo=UTC)

    with translation.override("nb"):
        words = dates.moment(late).replace(dates.NBSP, " ")

    assert words == "fredag 16. mai kl. 00.30"


def test_a_period_within_a_day_says_the_day_once():
    with translation.override("nb"):
        words = dates.period(MORNING, MORNING.replace(minute=40)).replace(dates.NBSP, " ")

    assert words == f"torsdag 15. mai kl. 09.20–{dates.UNBROKEN}09.40"


def test_a_period_over_midnight_says_both_days():
    with translation.override("nb"):
        words = dates.period(MORNING, MORNING.replace(day=16)).replace(dates.NBSP, " ")

    assert words == "torsdag 15. mai kl. 09.20 – fredag 16. mai kl. 09.20"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "0 kr"),
        (345, "345 kr"),
        (Decimal("345.50"), "345,50 kr"),
        (Decimal("3165.00"), "3 165 kr"),
        (Decimal("0.05"), "0,05 kr"),
    ],
)
def test_kroner_are_said_without_needless_decimals(amount, said):
    assert dates.kr(amount).replace(dates.NBSP, " ") == said


@pytest.mark.parametrize(
    ("on", "norwegian", "english"),
    [
        (date(2025, 5, 15), "tor. 15. mai", "Thu 15 May"),
        (date(2025, 11, 17), "man. 17. nov.", "Mon 17 Nov"),
    ],
)
def test_short_days_fit_a_narrow_column(on, norwegian, english):
    with translation.override("nb"):
        in_norwegian = dates.short_day(on).replace(dates.NBSP, " ")
    with translation.override("en"):
        in_english = dates.short_day(on).replace(dates.NBSP, " ")

    assert (in_norwegian, in_english) == (norwegian, english)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("22334455", "22 33 44 55"),
        ("91234567", "912 34 567"),
        ("116117", "116117"),
        ("+47 22 33 44 55", "+47 22 33 44 55"),
    ],
)
def test_a_telephone_number_is_grouped_as_it_is_read_aloud(number, said):
    assert dates.phone(number).replace(dates.NBSP, " ") == said
