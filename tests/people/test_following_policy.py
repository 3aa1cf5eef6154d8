"""What becomes of a patient's list when the GP register has answered, cell by cell."""

from itertools import product

import pytest

from dialog.people.policy import FOLLOW, Follow, Says, Stay, stay_of

IMPOSSIBLE = {(Stay.NONE, Says.SAME), (Stay.BY_HAND, Says.SAME)}
DONE = {
    (Stay.NONE, Says.OURS): Follow.BEGIN,
    (Stay.BY_HAND, Says.OURS): Follow.ASK,
    (Stay.BY_NUMBER, Says.OURS): Follow.MOVE,
    (Stay.BY_NUMBER, Says.ELSEWHERE): Follow.LEAVE,
}


@pytest.mark.parametrize("cell", sorted(set(product(Stay, Says)) - IMPOSSIBLE))
def test_nothing_else_is_done(cell):
    assert FOLLOW[cell] is DONE.get(cell, Follow.KEEP)


def test_there_is_no_cell_for_what_cannot_be():
    assert FOLLOW.keys() == set(product(Stay, Says)) - IMPOSSIBLE


@pytest.mark.parametrize(
    ("number", "stay"), [(None, Stay.NONE), ("", Stay.BY_HAND), ("1001", Stay.BY_NUMBER)]
)
def test_how_somebody_is_on_a_list(number, stay):
    assert stay_of(number) is stay
