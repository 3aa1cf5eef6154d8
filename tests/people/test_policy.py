"""Every cell of the tables that say who may act for whom, and who decides what."""

from itertools import product

import pytest

from dialog.actor import Actor, Duty, Role, Side
from dialog.people import policy
from dialog.people.policy import ProxyKind

GIVES = {
    (Side.PATIENT, ProxyKind.MANDATE),
    (Side.PRACTICE, ProxyKind.PARENT),
    (Side.PRACTICE, ProxyKind.GUARDIAN),
    *((Side.PLATFORM, kind) for kind in ProxyKind),
}


@pytest.mark.parametrize(("side", "kind"), list(product(Side, ProxyKind)))
def test_who_may_say_that_somebody_acts_for_a_patient(side, kind):
    assert policy.may_give(kind, side) is ((side, kind) in GIVES)


@pytest.mark.parametrize(("role", "duty"), list(product(Role, Duty)))
def test_what_each_role_does_by_itself(role, duty):
    own = policy.duties(role, frozenset())

    of_doctors = role is Role.PRACTITIONER and duty is not Duty.REVIEW_ACCESS
    expected = of_doctors or (role is Role.STAFF and duty is Duty.MANAGE_OFFICE)
    assert (duty in own) is expected


@pytest.mark.parametrize(("role", "duty"), list(product(policy.OFFICE_ROLES, Duty)))
def test_what_has_been_handed_over_comes_on_top(role, duty):
    assert policy.duties(role, frozenset({duty})) >= {duty} | policy.duties(role, frozenset())


@pytest.mark.parametrize(("role", "here"), list(product(Role, (True, False))))
def test_who_may_set_up_the_office(role, here):
    actor = Actor(
        role=role, practice_id=1 if here else None, duties=policy.duties(role, frozenset())
    )

    expected = here and role in (Role.PRACTITIONER, Role.STAFF)
    assert policy.may_manage_office(actor) is expected


@pytest.mark.parametrize(("role", "about"), list(product(Role, policy.OFFICE_ROLES)))
def test_doctors_decide_who_is_a_doctor(role, about):
    decides = about is not Role.PRACTITIONER or role in (Role.PRACTITIONER, Role.PLATFORM)

    assert policy.may_decide_about(Actor(role=role), about) is decides


@pytest.mark.parametrize(("role", "mine"), list(product(Role, (True, False))))
def test_only_a_practitioner_who_looks_after_a_list_decides_over_it(role, mine):
    actor = Actor(role=role, list_ids=frozenset({7} if mine else {8}))

    assert policy.may_manage_list(actor, 7) is (mine and role is Role.PRACTITIONER)
