"""What a record system says is free, and what of it makes sense."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dialog.appointments.offered import MOST_TIMES, OfferedTime, in_order
from dialog.appointments.policy import MeetingType
from dialog.errors import DialogError, InvalidInput, SlotsOverlap
from tests.appointments.elsewhere import (
    IN_PERSON,
)

PHONE = frozenset({MeetingType.PHONE})
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plain(starts: datetime, minutes: int = 20, **change: Any) -> OfferedTime:
    return OfferedTime(
        **{
            "id": uuid4(),
            "starts": starts,
            "ends": starts + timedelta(minutes=minutes),
            "meetings": IN_PERSON,
            "type_name": "Time",
            **change,
        }
    )


def ordered(*times: OfferedTime, first: datetime = NOON, days: float = 7) -> list[OfferedTime]:
    return in_order(times, first, first + timedelta(days=days), NOON)


class TestInOrder:
    def test_the_first_is_first_and_what_has_begun_is_left_out(self) -> None:
        early, late = plain(NOON + HOUR), plain(NOON + 2 * HOUR)

        assert ordered(late, plain(NOON), early) == [early, late]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"minutes": 0},
            {"minutes": -5},
            {"minutes": 241},
            {"type_name": " "},
            {"type_name": "x" * 81},
            {"meetings": frozenset()},
            {"instructions": "x" * 1001},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(InvalidInput):
            ordered(plain(NOON + HOUR, **wrong))

    @pytest.mark.parametrize(
        "starts", [NOON - HOUR, NOON + timedelta(days=7), (NOON + HOUR).replace(tzinfo=None)]
    )
    def test_so_is_one_on_another_day_or_without_a_place_on_earth(self, starts: datetime) -> None:
        with pytest.raises(InvalidInput):
            ordered(plain(starts))

    @pytest.mark.parametrize("days", [0, -1, 367])
    def test_so_is_a_senseless_window(self, days: float) -> None:
        with pytest.raises(InvalidInput):
            ordered(days=days)

    def test_so_is_a_window_without_a_place_on_earth(self) -> None:
        with pytest.raises(InvalidInput):
            ordered(first=NOON.replace(tzinfo=None))

    def test_two_at_once_are_refused(self) -> None:
        with pytest.raises(SlotsOverlap):
            ordered(plain(NOON + HOUR), plain(NOON + HOUR + timedelta(minutes=19)))

    def test_the_same_twice_is_refused(self) -> None:
        one = plain(NOON + HOUR)

        with pytest.raises(InvalidInput):
            ordered(one, plain(NOON + 2 * HOUR, id=one.id))

    def test_there_is_an_end_to_how_many_and_how_many_kinds(self) -> None:
        minute = timedelta(minutes=1)
        many = [plain(NOON + n * minute, 1) for n in range(1, MOST_TIMES + 2)]
        kinds = [plain(NOON + n * minute, 1, type_name=f"Time {n}") for n in range(1, 52)]

        assert len(ordered(*many[:-1])) == MOST_TIMES
        for times in (many, kinds):
            with pytest.raises(DialogError):
                ordered(*times)
