"""What somebody must be authorised as, cell by cell."""

from itertools import product

import pytest

from dialog.actor import Duty, Role
from dialog.people.policy import OFFICE_ROLES, acts_as, without_clinical

HELD = ("LE", "SP", "TL")
KEEPS = {(Role.PRACTITIONER, "LE"), (Role.NURSE, "SP")}


@pytest.mark.parametrize(("role", "kind"), list(product(OFFICE_ROLES, HELD)))
def test_only_the_authorisation_of_the_role_keeps_it(role, kind):
    kept = (role, kind) in KEEPS or role is Role.STAFF

    assert acts_as(role, {kind}) is (role if kept else Role.STAFF)


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_without_any_one_works_at_the_desk(role):
    assert acts_as(role, set()) is Role.STAFF


def test_one_of_several_is_enough():
    assert acts_as(Role.NURSE, {"LE", "SP"}) is Role.NURSE


def test_nothing_clinical_is_handed_to_those_without():
    left = without_clinical(frozenset(Duty))

    assert Duty.MANAGE_OFFICE in left
    assert not left & {
        Duty.PREPARE_RENEWALS,
        Duty.SEE_ECONSULTATIONS,
        Duty.ANSWER_ECONSULTATIONS,
    }
