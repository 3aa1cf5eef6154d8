"""The states of a line, who does what, and what the patient is told first."""

from datetime import date, timedelta

import pytest

from dialog.actor import Actor, Duty, Role
from dialog.errors import NotAllowed, WrongState
from dialog.people.policy import duties
from dialog.renewals import texts
from dialog.renewals.policy import (
    ITEM_TURNS,
    NEXT_STEPS,
    OPEN,
    REASONS,
    Group,
    Hint,
    ItemStatus,
    ItemVerb,
    Left,
    PickUp,
    Reason,
    Source,
    Step,
    hint,
    is_recent,
    may_ask,
    turn,
)

TODAY = date(2026, 3, 11)
DOCTOR = Actor(
    role=Role.PRACTITIONER,
    practice_id=1,
    practitioner_id=1,
    duties=duties(Role.PRACTITIONER, frozenset()),
)
CHOSEN = frozenset({Duty.PREPARE_RENEWALS})
NURSE = Actor(role=Role.NURSE, practice_id=1, practitioner_id=2, duties=CHOSEN)
SECRETARY = Actor(role=Role.STAFF, practice_id=1, duties=frozenset({Duty.MANAGE_OFFICE}))
PATIENT = Actor(role=Role.PATIENT, patient_id=1)
SIGNING = [verb for verb in ItemVerb if verb is not ItemVerb.PREPARE]


class TestTurn:
    def test_a_line_is_decided_once(self) -> None:
        decided = set(ItemStatus) - OPEN

        assert {before for before, _ in ITEM_TURNS} == set(OPEN)
        assert {after for (_, verb), after in ITEM_TURNS.items() if verb in SIGNING} == decided

    @pytest.mark.parametrize("verb", list(ItemVerb))
    @pytest.mark.parametrize("status", sorted(set(ItemStatus) - OPEN))
    def test_what_is_decided_stays_so(self, status: ItemStatus, verb: ItemVerb) -> None:
        with pytest.raises(WrongState):
            turn(status, verb, DOCTOR)

    @pytest.mark.parametrize("verb", list(ItemVerb))
    def test_a_doctor_does_everything_alone(self, verb: ItemVerb) -> None:
        assert turn(ItemStatus.REQUESTED, verb, DOCTOR) in ItemStatus

    def test_who_the_office_has_chosen_prepares(self) -> None:
        assert turn(ItemStatus.REQUESTED, ItemVerb.PREPARE, NURSE) is ItemStatus.PREPARED

    @pytest.mark.parametrize("verb", SIGNING)
    @pytest.mark.parametrize("who", [NURSE, SECRETARY, PATIENT])
    def test_nobody_but_a_doctor_signs(self, who: Actor, verb: ItemVerb) -> None:
        with pytest.raises(NotAllowed):
            turn(ItemStatus.PREPARED, verb, who)

    @pytest.mark.parametrize("who", [SECRETARY, PATIENT])
    def test_who_has_not_been_chosen_does_not_prepare(self, who: Actor) -> None:
        with pytest.raises(NotAllowed):
            turn(ItemStatus.REQUESTED, ItemVerb.PREPARE, who)

    def test_what_is_prepared_is_not_prepared_again(self) -> None:
        with pytest.raises(WrongState):
            turn(ItemStatus.PREPARED, ItemVerb.PREPARE, NURSE)


def left(**facts: object) -> Left:
    return Left(**{"group": Group.C, "repeats": 0, "valid_until": None, **facts})  # type: ignore[arg-type]


class TestHint:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({}, Hint.NONE),
            ({"group": Group.A, "repeats": 3}, Hint.HABIT_FORMING),
            ({"group": Group.B, "control_by": date(2020, 1, 1)}, Hint.HABIT_FORMING),
            ({"repeats": 1}, Hint.STILL_VALID),
            ({"repeats": 1, "valid_until": TODAY}, Hint.STILL_VALID),
            ({"repeats": 1, "valid_until": TODAY - timedelta(days=1)}, Hint.NONE),
            ({"repeats": None, "valid_until": TODAY}, Hint.NONE),
            ({"control_by": TODAY - timedelta(days=1)}, Hint.CONTROL_DUE),
            ({"control_by": TODAY}, Hint.NONE),
            ({"renewed_on": TODAY - timedelta(days=30)}, Hint.JUST_RENEWED),
            ({"renewed_on": TODAY - timedelta(days=31)}, Hint.NONE),
            ({"renewed_on": TODAY, "repeats": 2}, Hint.JUST_RENEWED),
        ],
    )
    def test_the_weightiest_is_said(self, facts: dict[str, object], expected: Hint) -> None:
        assert hint(left(**facts), TODAY) is expected

    @pytest.mark.parametrize("group", list(Group))
    def test_only_what_may_form_a_habit_cannot_be_asked_for(self, group: Group) -> None:
        assert may_ask(left(group=group)) is (group not in (Group.A, Group.B))


class TestIsRecent:
    @pytest.mark.parametrize(
        ("until", "expected"),
        [
            (None, True),
            (TODAY + timedelta(days=1), True),
            (TODAY - timedelta(days=365), True),
            (TODAY - timedelta(days=366), False),
        ],
    )
    def test_the_last_twelve_months(self, until: date | None, expected: bool) -> None:
        assert is_recent(until, TODAY) is expected


class TestWords:
    def test_every_word_of_the_vocabulary_has_one_for_people(self) -> None:
        assert set(texts.GROUP) == set(Group)
        assert set(texts.SOURCE) == set(Source)
        assert set(texts.PICK_UP) == set(PickUp)
        assert set(texts.STATUS_FOR_PATIENT) == set(texts.STATUS_FOR_PRACTICE) == set(ItemStatus)
        assert set(texts.REASON_FOR_PATIENT) == set(texts.REASON_FOR_PRACTICE) == set(Reason)
        assert set(texts.NEXT_STEP) == set(Step)
        assert set(texts.HINT) == set(Hint)

    def test_every_no_has_a_next_step(self) -> None:
        assert set(NEXT_STEPS) == set(REASONS[ItemVerb.DECLINE])
