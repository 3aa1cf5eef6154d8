"""Whose turn it is, who answers and who sees: every cell of every table."""

from itertools import product

import pytest

from dialog.actor import PLATFORM, Actor, Area, Duty, Role, Side
from dialog.conversations import policy
from dialog.conversations.policy import Kind, Status, Verb
from dialog.errors import NotAllowed, WrongState

PATIENT = Actor(role=Role.PATIENT)
DOCTOR = Actor(role=Role.PRACTITIONER)
NURSE = Actor(role=Role.NURSE)
SECRETARY = Actor(role=Role.STAFF)
REVIEWER = Actor(role=Role.STAFF, duties=frozenset({Duty.REVIEW_ACCESS}))

OURS, THEIRS, NOBODYS, OVER = (
    Status.WITH_PRACTICE,
    Status.WITH_PATIENT,
    Status.RESTING,
    Status.CLOSED,
)
# For each status and verb: where it leads by the patient, by the practice and by the platform.
TABLE = {
    (OURS, Verb.REPLY): (OURS, THEIRS, None),
    (OURS, Verb.CLOSE): (None, OVER, None),
    (OURS, Verb.REDIRECT): (None, OVER, None),
    (OURS, Verb.WITHDRAW): (OVER, None, None),
    (OURS, Verb.REST): (None, NOBODYS, None),
    (OURS, Verb.MOVE): (OURS, NOBODYS, None),
    (OURS, Verb.CANCEL): (OVER, OVER, None),
    (OURS, Verb.EXPIRE): (None, None, OVER),
    (THEIRS, Verb.REPLY): (OURS, THEIRS, None),
    (THEIRS, Verb.CLOSE): (None, OVER, None),
    (THEIRS, Verb.REDIRECT): (None, None, None),
    (THEIRS, Verb.WITHDRAW): (None, None, None),
    (THEIRS, Verb.REST): (NOBODYS, NOBODYS, None),
    (THEIRS, Verb.MOVE): (OURS, THEIRS, None),
    (THEIRS, Verb.CANCEL): (OVER, OVER, None),
    (THEIRS, Verb.EXPIRE): (None, None, OVER),
    (NOBODYS, Verb.REPLY): (OURS, THEIRS, None),
    (NOBODYS, Verb.CLOSE): (None, OVER, None),
    (NOBODYS, Verb.REDIRECT): (None, None, None),
    (NOBODYS, Verb.WITHDRAW): (None, None, None),
    (NOBODYS, Verb.REST): (NOBODYS, NOBODYS, None),
    (NOBODYS, Verb.MOVE): (NOBODYS, NOBODYS, None),
    (NOBODYS, Verb.CANCEL): (OVER, OVER, None),
    (NOBODYS, Verb.EXPIRE): (None, None, OVER),
    (OURS, Verb.TAKE_ALONG): (OVER, None, None),
    (THEIRS, Verb.TAKE_ALONG): (OVER, None, None),
    (NOBODYS, Verb.TAKE_ALONG): (OVER, None, None),
    (OURS, Verb.RECALL): (None, None, None),
    (THEIRS, Verb.RECALL): (None, OURS, None),
    (NOBODYS, Verb.RECALL): (None, OURS, None),
    **{(OVER, verb): (None, None, None) for verb in Verb},
}
ACTORS = (PATIENT, DOCTOR, PLATFORM)


def test_the_written_table_has_every_cell() -> None:
    assert set(TABLE) == set(product(Status, Verb))


@pytest.mark.parametrize(("status", "verb"), sorted(TABLE))
def test_a_turn_leads_where_the_table_says_and_nowhere_else(status: Status, verb: Verb) -> None:
    for actor, leads in zip(ACTORS, TABLE[status, verb], strict=True):
        assert policy.possible(Kind.ENQUIRY, status, verb, actor) is (leads is not None)
        if leads is None:
            with pytest.raises(WrongState):
                policy.turn(Kind.ENQUIRY, status, verb, actor)
        else:
            assert policy.turn(Kind.ENQUIRY, status, verb, actor) is leads


ANSWERS = {
    Kind.APPOINTMENT: {Role.PRACTITIONER, Role.NURSE, Role.STAFF},
    Kind.RENEWAL: {Role.PRACTITIONER, Role.NURSE, Role.STAFF},
    Kind.ECONSULTATION: {Role.PRACTITIONER},
    Kind.ENQUIRY: {Role.PRACTITIONER, Role.NURSE, Role.STAFF},
    Kind.LOG_QUESTION: set(),
}


@pytest.mark.parametrize(("kind", "role"), sorted(product(Kind, Role)))
def test_who_answers_what(kind: Kind, role: Role) -> None:
    assert policy.may_answer(kind, Actor(role=role)) is (role in ANSWERS[kind])


@pytest.mark.parametrize("verb", [Verb.REPLY, Verb.CLOSE, Verb.REDIRECT, Verb.REST])
def test_who_does_not_answer_cannot_do_it_either(verb: Verb) -> None:
    assert not policy.possible(Kind.ECONSULTATION, OURS, verb, SECRETARY)
    with pytest.raises(NotAllowed):
        policy.turn(Kind.ECONSULTATION, OURS, verb, SECRETARY)


def test_what_the_office_hands_over_can_be_done() -> None:
    handed = Actor(role=Role.NURSE, duties=frozenset({Duty.ANSWER_ECONSULTATIONS}))

    assert policy.may_answer(Kind.ECONSULTATION, handed)
    assert policy.turn(Kind.ECONSULTATION, OURS, Verb.REPLY, handed) is THEIRS


def test_those_named_for_it_answer_whatever_their_role() -> None:
    assert policy.may_answer(Kind.LOG_QUESTION, REVIEWER)
    assert [kind for kind in Kind if policy.by_name(kind)] == [Kind.LOG_QUESTION]


def test_what_is_no_service_is_for_those_who_act_in_everything() -> None:
    assert policy.areas_needed(Kind.RENEWAL) == {Area.RENEWAL}
    assert policy.areas_needed(Kind.LOG_QUESTION) == set(Area)


def test_seeing_is_not_answering() -> None:
    reads = Actor(role=Role.NURSE, duties=frozenset({Duty.SEE_ECONSULTATIONS}))

    assert policy.sees_all(Kind.ECONSULTATION, reads)
    assert not policy.may_answer(Kind.ECONSULTATION, reads)


@pytest.mark.parametrize(
    ("kind", "actor", "everywhere", "on_own_lists"),
    [
        (Kind.ECONSULTATION, DOCTOR, False, True),
        (Kind.ECONSULTATION, NURSE, False, False),
        (Kind.ECONSULTATION, SECRETARY, False, False),
        (Kind.ENQUIRY, DOCTOR, True, False),
        (Kind.ENQUIRY, NURSE, True, False),
        (Kind.ENQUIRY, SECRETARY, True, False),
        (Kind.APPOINTMENT, SECRETARY, True, False),
        (Kind.RENEWAL, SECRETARY, True, False),
        (Kind.LOG_QUESTION, DOCTOR, False, False),
        (Kind.LOG_QUESTION, NURSE, False, False),
        (Kind.LOG_QUESTION, SECRETARY, False, False),
        (Kind.LOG_QUESTION, REVIEWER, True, False),
    ],
)
def test_who_sees_what(kind: Kind, actor: Actor, *, everywhere: bool, on_own_lists: bool) -> None:
    assert policy.sees_all(kind, actor) is everywhere
    assert policy.sees_own_lists(kind, actor) is on_own_lists


@pytest.mark.parametrize(("status", "opened"), sorted(product(Status, [True, False])))
def test_only_what_waits_unopened_is_withdrawn(status: Status, *, opened: bool) -> None:
    assert policy.may_withdraw(status, opened=opened) is (status is OURS and not opened)


@pytest.mark.parametrize(
    ("kind", "status", "reply_allowed", "may"),
    [
        (Kind.ENQUIRY, OURS, True, True),
        (Kind.ENQUIRY, THEIRS, True, True),
        (Kind.ENQUIRY, NOBODYS, True, True),
        (Kind.ENQUIRY, OVER, True, False),
        (Kind.ENQUIRY, NOBODYS, False, False),
        (Kind.RENEWAL, OURS, True, False),
        (Kind.RENEWAL, THEIRS, True, True),
        (Kind.RENEWAL, NOBODYS, True, False),
        (Kind.RENEWAL, THEIRS, False, False),
    ],
)
def test_when_the_patient_may_write(
    kind: Kind, status: Status, *, reply_allowed: bool, may: bool
) -> None:
    assert policy.patient_may_write(kind, status, reply_allowed=reply_allowed) is may


def test_every_service_has_offered_itself() -> None:
    assert {policy.policy_of(kind).kind for kind in Kind} == set(Kind)
    assert all(Side.PRACTICE is role.side for kind in Kind for role in ANSWERS[kind])


OWN_ENDINGS = {
    Kind.APPOINTMENT: {Verb.CLOSE, Verb.REDIRECT, Verb.WITHDRAW, Verb.REST},
    Kind.ECONSULTATION: {Verb.CLOSE, Verb.REDIRECT, Verb.WITHDRAW, Verb.REST},
    Kind.RENEWAL: {Verb.CLOSE, Verb.REDIRECT, Verb.REST},
    Kind.ENQUIRY: set(),
    Kind.LOG_QUESTION: {Verb.REDIRECT},
}


@pytest.mark.parametrize("verb", sorted(policy.ENDINGS))
@pytest.mark.parametrize("kind", Kind)
def test_what_ends_by_itself_is_not_ended_from_outside(kind: Kind, verb: Verb) -> None:
    itself = verb in OWN_ENDINGS[kind]

    actors = (*ACTORS, REVIEWER)
    possible = [policy.possible(kind, status, verb, one) for status in Status for one in actors]

    assert any(possible) is not itself
    if itself:
        with pytest.raises(WrongState):
            policy.must_end_so(kind, verb)
    else:
        policy.must_end_so(kind, verb)


@pytest.mark.parametrize(
    ("kind", "status", "opened", "may"),
    [
        (Kind.ENQUIRY, OURS, True, True),
        (Kind.ENQUIRY, OVER, False, False),
        (Kind.ECONSULTATION, OURS, False, True),
        (Kind.ECONSULTATION, OURS, True, False),
        (Kind.RENEWAL, OURS, False, True),
        (Kind.RENEWAL, OURS, True, True),
        (Kind.RENEWAL, OVER, True, False),
        (Kind.APPOINTMENT, OURS, False, False),
    ],
)
def test_what_goes_along_to_a_new_gp(
    kind: Kind, status: Status, *, opened: bool, may: bool
) -> None:
    assert policy.may_take_along(kind, status, opened=opened) is may
