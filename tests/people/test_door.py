"""Who somebody is whom a provider vouches for."""

import pytest

from dialog import rows
from dialog.demo.cast import number
from dialog.people import queries


@pytest.fixture
def at_the_door(cast):
    with rows.at_the_door():
        yield cast


def colleague(number="", hpr=""):
    return queries.colleague_at_the_door(identity_number=number, hpr_number=hpr)


def test_somebody_who_works_is_found_by_number(at_the_door):
    assert colleague(number("siri")).id == at_the_door.siri.account_id


def test_a_patient_is_no_colleague(at_the_door):
    assert colleague(number("kari")) is None


def test_nobody_is_found_by_nothing(at_the_door):
    assert colleague() is None


def test_an_office_one_does_not_work_at_is_known_and_not_ones_own(at_the_door):
    found = queries.practice_at_the_door(at_the_door.berg.account, "999999999")

    assert found == (None, True)


def test_an_organisation_that_is_no_office_is_not_known(at_the_door):
    assert queries.practice_at_the_door(at_the_door.berg.account, "888888888") == (None, False)
