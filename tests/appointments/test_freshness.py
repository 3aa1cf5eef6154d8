"""How long an answer holds, how long one waits for it, and when one asks again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dialog.appointments.freshness import (
    ASKED_DAYS,
    Asked,
    Freshness,
    asked_from,
    freshness,
    together,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRESH, ASKED, OLD = Freshness.FRESH, Freshness.ASKED, Freshness.OLD


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (Asked(), None),
        (Asked(at=ago(0)), ASKED),
        (Asked(at=ago(14.9)), ASKED),
        (Asked(at=ago(15)), OLD),
        (Asked(at=ago(59.9)), OLD),
        (Asked(at=ago(60)), None),
        (Asked(at=ago(70), answered_at=ago(59.9)), FRESH),
        (Asked(at=ago(70), answered_at=ago(60)), None),
        (Asked(at=ago(20), failed_at=ago(14.9)), OLD),
        (Asked(at=ago(20), failed_at=ago(15)), None),
    ],
)
def test_it_stands_as_the_clock_says(last: Asked, expected: Freshness | None) -> None:
    assert freshness(last, NOW) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], FRESH),
        ([FRESH, FRESH], FRESH),
        ([FRESH, OLD], OLD),
        ([FRESH, None], ASKED),
        ([OLD, ASKED], ASKED),
    ],
)
def test_several_are_as_fresh_as_the_one_that_is_waited_for(
    found: list[Freshness | None], expected: Freshness
) -> None:
    assert together(found) is expected


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ahead", "expected"), [(-3, 0), (0, 0), (41, 0), (42, 42), (83, 42), (84, 84), (366, 336)]
)
def test_a_page_asks_from_one_of_a_few_days(ahead: int, expected: int) -> None:
    day = TODAY + timedelta(days=ahead)

    assert asked_from(day, TODAY) == TODAY + timedelta(days=expected)


def test_a_page_of_a_fortnight_is_within_what_is_asked() -> None:
    for ahead in range(367):
        first = asked_from(TODAY + timedelta(days=ahead), TODAY)
        assert first + timedelta(days=ASKED_DAYS) >= TODAY + timedelta(days=ahead + 14)
