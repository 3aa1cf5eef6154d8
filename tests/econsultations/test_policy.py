"""Every cell of the e-consultation's table, who may take which step, and what it comes to."""

from datetime import time
from itertools import product

import pytest

from dialog.actor import Actor, Duty, Role, Side
from dialog.conversations.policy import Outcome
from dialog.econsultations import policy
from dialog.econsultations.policy import EConsultationStatus as S
from dialog.econsultations.policy import Step
from dialog.errors import NotAllowed, WrongState

DOCTOR = Actor(role=Role.PRACTITIONER, practice_id=1)
NURSE = Actor(role=Role.NURSE, practice_id=1)
NURSE_WHO_ANSWERS = Actor(
    role=Role.NURSE, practice_id=1, duties=frozenset({Duty.ANSWER_ECONSULTATIONS})
)
PATIENT = Actor(role=Role.PATIENT, patient_id=1)
PARENT = Actor(role=Role.PROXY, patient_id=1)

WRITTEN = {
    (S.REQUESTED, Step.BEGIN): (Side.PRACTICE, S.BEGUN),
    (S.REQUESTED, Step.COMPLETE): (Side.PRACTICE, S.COMPLETED),
    (S.REQUESTED, Step.REFER): (Side.PRACTICE, S.REFERRED),
    (S.REQUESTED, Step.DECLINE): (Side.PRACTICE, S.DECLINED),
    (S.REQUESTED, Step.WITHDRAW): (Side.PATIENT, S.WITHDRAWN),
    (S.REQUESTED, Step.MISFILE): (Side.PRACTICE, S.WITHDRAWN),
    (S.BEGUN, Step.MISFILE): (Side.PRACTICE, S.WITHDRAWN),
    (S.BEGUN, Step.COMPLETE): (Side.PRACTICE, S.COMPLETED),
    (S.BEGUN, Step.REFER): (Side.PRACTICE, S.REFERRED),
    (S.BEGUN, Step.DECLINE): (Side.PRACTICE, S.DECLINED),
}
CELLS = list(product(S, Step, (DOCTOR, PATIENT, PARENT)))
ALLOWED = [
    (status, step, by, WRITTEN[status, step][1])
    for status, step, by in CELLS
    if WRITTEN.get((status, step), (None,))[0] == by.side
]
REFUSED = [
    (status, step, by)
    for status, step, by in CELLS
    if WRITTEN.get((status, step), (None,))[0] != by.side
]


class TestAfter:
    @pytest.mark.parametrize(("status", "step", "by", "expected"), ALLOWED)
    def test_what_the_table_allows_leads_where_it_says(
        self, status: S, step: Step, by: Actor, expected: S
    ) -> None:
        assert policy.after(status, step, by) is expected
        assert policy.possible(status, step, by)

    @pytest.mark.parametrize(("status", "step", "by"), REFUSED)
    def test_everything_else_is_too_late_or_not_theirs(
        self, status: S, step: Step, by: Actor
    ) -> None:
        with pytest.raises(WrongState):
            policy.after(status, step, by)

        assert not policy.possible(status, step, by)

    def test_together_they_are_every_cell(self) -> None:
        assert len(ALLOWED) + len(REFUSED) == len(CELLS)
        assert len(ALLOWED) == len(WRITTEN) + 1  # a parent withdraws as the patient does

    @pytest.mark.parametrize(("status", "step"), list(product(S, Step)))
    def test_a_nurse_takes_no_step(self, status: S, step: Step) -> None:
        with pytest.raises(NotAllowed):
            policy.after(status, step, NURSE)

        assert not policy.possible(status, step, NURSE)

    @pytest.mark.parametrize("step", [Step.DECLINE, Step.REFER])
    def test_a_nurse_who_has_been_handed_it_declines_and_refers(self, step: Step) -> None:
        assert policy.possible(S.REQUESTED, step, NURSE_WHO_ANSWERS)

    @pytest.mark.parametrize("step", [Step.BEGIN, Step.COMPLETE])
    def test_only_a_practitioner_takes_responsibility(self, step: Step) -> None:
        with pytest.raises(NotAllowed):
            policy.after(S.REQUESTED, step, NURSE_WHO_ANSWERS)


class TestStatusNow:
    @pytest.mark.parametrize(
        ("outcome", "expected"),
        [
            (Outcome.ANSWERED, S.COMPLETED),
            (Outcome.DECLINED, S.DECLINED),
            (Outcome.REDIRECTED, S.REFERRED),
            (Outcome.WITHDRAWN, S.WITHDRAWN),
            (Outcome.EXPIRED, S.COMPLETED),
        ],
    )
    def test_an_end_in_the_core_is_an_end_here(self, outcome: Outcome, expected: S) -> None:
        assert policy.status_now(S.BEGUN, outcome) is expected

    @pytest.mark.parametrize("status", S)
    def test_without_an_outcome_it_is_what_it_is(self, status: S) -> None:
        assert policy.status_now(status, "") is status

    def test_our_own_end_goes_before_the_cores(self) -> None:
        assert policy.status_now(S.REFERRED, Outcome.ANSWERED) is S.REFERRED


class TestIsEvening:
    @pytest.mark.parametrize(
        ("clock", "working_day", "expected"),
        [
            (time(7, 59), True, True),
            (time(8, 0), True, False),
            (time(15, 59), True, False),
            (time(16, 0), True, True),
            (time(23, 30), True, True),
            (time(12, 0), False, True),
        ],
    )
    def test_from_sixteen_to_eight_and_when_nobody_works(
        self, clock: time, working_day: bool, expected: bool
    ) -> None:
        assert policy.is_evening(clock, working_day=working_day) is expected


class TestCharge:
    @pytest.mark.parametrize(
        ("accepted", "price", "waived", "expected"),
        [
            (300, 200, False, 200),
            (200, 300, False, 200),
            (0, 300, False, 0),
            (None, 300, False, 0),
            (300, 300, True, 0),
            (300, 0, False, 0),
        ],
    )
    def test_it_is_never_more_than_was_said_yes_to(
        self, accepted: int | None, price: int, waived: bool, expected: int
    ) -> None:
        assert policy.charge(accepted=accepted, price=price, waived=waived) == expected


class TestTemplates:
    def test_what_is_known_is_filled_in_and_the_rest_stays_to_be_seen(self) -> None:
        text = policy.fill("Hei {fornavn}, hilsen {lege}. {ukjent}", {"fornavn": "Kari"})

        assert text == "Hei Kari, hilsen {lege}. {ukjent}"

    def test_what_nobody_can_fill_in_is_named(self) -> None:
        assert policy.unknown_placeholders("{fornavn} {diagnose} {lege}") == ["diagnose"]
