"""Every cell of the tables that say when somebody is at work, and which days can be said."""

from datetime import date

import pytest

from dialog.people.policy import Presence, WrongDays, days_off, presence, wrong_days

EVE, FIRST, BETWEEN, LAST, AFTER = (date(2026, 12, day) for day in (6, 7, 10, 14, 15))


@pytest.mark.parametrize(
    ("on", "to_a_last_day", "until_further_notice"),
    [
        (EVE, Presence.COMING, Presence.COMING),
        (FIRST, Presence.HERE, Presence.HERE),
        (BETWEEN, Presence.HERE, Presence.HERE),
        (LAST, Presence.HERE, Presence.HERE),
        (AFTER, Presence.GONE, Presence.HERE),
    ],
)
def test_when_somebody_is_at_work(
    on: date, to_a_last_day: Presence, until_further_notice: Presence
) -> None:
    assert presence(FIRST, LAST, on=on) is to_a_last_day
    assert presence(FIRST, None, on=on) is until_further_notice


def test_one_day_is_a_day() -> None:
    assert [presence(FIRST, FIRST, on=day) for day in (EVE, FIRST, BETWEEN)] == list(Presence)


@pytest.mark.parametrize(
    ("first", "last", "before", "wrong"),
    [
        # Somebody new, said on BETWEEN.
        (BETWEEN, None, None, None),
        (BETWEEN, BETWEEN, None, None),
        (LAST, AFTER, None, None),
        (FIRST, None, None, WrongDays.BEGINS_IN_THE_PAST),
        (LAST, BETWEEN, None, WrongDays.ENDS_BEFORE_IT_BEGINS),
        # Somebody who has begun.
        (FIRST, None, FIRST, None),
        (FIRST, BETWEEN, FIRST, None),
        (FIRST, FIRST, FIRST, WrongDays.ENDS_IN_THE_PAST),
        (FIRST, EVE, FIRST, WrongDays.ENDS_BEFORE_IT_BEGINS),
        (EVE, LAST, FIRST, WrongDays.HAS_BEGUN),
        (LAST, AFTER, FIRST, WrongDays.HAS_BEGUN),
        (LAST, AFTER, BETWEEN, WrongDays.HAS_BEGUN),
        # Somebody who has yet to begin.
        (BETWEEN, LAST, LAST, None),
        (AFTER, None, LAST, None),
        (FIRST, LAST, LAST, WrongDays.BEGINS_IN_THE_PAST),
        (AFTER, LAST, LAST, WrongDays.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_which_days_can_be_said(
    first: date, last: date | None, before: date | None, wrong: WrongDays | None
) -> None:
    assert wrong_days(first, last, on=BETWEEN, before=before) is wrong


@pytest.mark.parametrize(
    ("work", "off"),
    [
        ([], [(date.min, date.max)]),
        ([(FIRST, None)], [(date.min, FIRST)]),
        ([(FIRST, LAST)], [(date.min, FIRST), (AFTER, date.max)]),
        ([(LAST, None), (EVE, EVE)], [(date.min, EVE), (FIRST, LAST)]),
        ([(EVE, EVE), (FIRST, LAST), (AFTER, None)], [(date.min, EVE)]),
    ],
)
def test_days_off_are_all_the_others(
    work: list[tuple[date, date | None]], off: list[tuple[date, date]]
) -> None:
    assert days_off(work) == off
