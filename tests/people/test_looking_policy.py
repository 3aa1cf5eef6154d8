"""On what account somebody looks, cell by cell."""

from datetime import date, timedelta
from itertools import product

import pytest

from dialog.people.policy import NEAR, Basis, basis, near

TODAY = date(2026, 3, 2)
ALWAYS_TODAY = {one: {-1: False, 0: True, 1: False} for one in Basis}
# By how many days from today what ties the patient to the office is.
STANDS = ALWAYS_TODAY | {
    Basis.APPOINTMENT: {-8: False, -7: True, -1: True, 0: True, 1: True, 7: True, 8: False},
    Basis.JUST_CLOSED: {-8: False, -7: True, -1: True, 0: True, 1: False},
}
CELLS = [(one, days, yes) for one, cells in STANDS.items() for days, yes in cells.items()]


def test_every_basis_has_its_row() -> None:
    assert NEAR.keys() == set(Basis)


@pytest.mark.parametrize(("one", "days", "yes"), CELLS)
def test_a_look_stands_on_what_is_near(one: Basis, days: int, yes: bool) -> None:
    found = basis({one: [TODAY + timedelta(days=days)]}, TODAY)

    assert found == (one if yes else None)


def test_on_nothing_at_all_a_reason_is_asked() -> None:
    assert basis({}, TODAY) is None
    assert basis(dict.fromkeys(Basis, ()), TODAY) is None


@pytest.mark.parametrize(("one", "other"), list(product(Basis, Basis)))
def test_of_two_the_first_in_the_table_is_named(one: Basis, other: Basis) -> None:
    order = list(Basis)

    found = basis({one: [TODAY], other: [TODAY]}, TODAY)

    assert found is min(one, other, key=order.index)


def test_any_of_several_days_may_be_the_near_one() -> None:
    days = [TODAY - timedelta(days=90), TODAY + timedelta(days=3)]

    assert basis({Basis.APPOINTMENT: days}, TODAY) is Basis.APPOINTMENT


def test_what_is_asked_for_in_the_database_is_what_counts() -> None:
    assert near(Basis.APPOINTMENT, TODAY) == (date(2026, 2, 23), date(2026, 3, 9))
