"""Stretches of numbers, held against plain sets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.ledger import stretches

NUMBERS = st.sets(st.integers(1, 60))
FLOOR = st.integers(0, 62)


def of(numbers: set[int]) -> list[stretches.Stretch]:
    return stretches.packed(sorted(numbers))


@given(NUMBERS)
def test_they_are_the_numbers_they_were_made_of(numbers: set[int]) -> None:
    packed = of(numbers)

    assert [*stretches.each(packed)] == sorted(numbers)
    assert stretches.count(packed) == len(numbers)
    assert stretches.unflat(stretches.flat(packed)) == packed
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(packed))


@given(NUMBERS, NUMBERS)
def test_joined_are_all_that_are_in_any(some: set[int], others: set[int]) -> None:
    assert stretches.joined(of(some), of(others)) == of(some | others)


@given(NUMBERS, FLOOR, FLOOR)
def test_above_and_holes_are_what_is_there_and_what_is_not(
    numbers: set[int], floor: int, top: int
) -> None:
    left = set(range(floor + 1, top + 1)) - numbers

    assert stretches.above(of(numbers), floor) == of({one for one in numbers if one > floor})
    assert stretches.holes(of(numbers), floor, top) == of(left)


def test_the_last_hole_has_no_end() -> None:
    assert stretches.holes([(1, 3)], 0) == [(4, stretches.HIGHEST)]
    assert stretches.holes([(1, stretches.HIGHEST)], 0) == []


@pytest.mark.parametrize("ends", [[1], [2, 1], [1, 3, 3, 4], [5, 6, 1, 2]])
def test_what_can_never_have_been_stretches_is_refused(ends: list[int]) -> None:
    with pytest.raises(ValueError):
        stretches.unflat(ends)
