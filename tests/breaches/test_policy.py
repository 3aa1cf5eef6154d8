"""The 72 hours, what must be done at each risk, and every step from every state."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from dialog.actor import PLATFORM, Actor, Duty, Role
from dialog.breaches.policy import (
    MUST,
    STEPS,
    Must,
    Obstacle,
    Risk,
    Status,
    Step,
    after,
    clock_runs,
    deadline,
    hours_left,
    is_late,
    may_follow_up,
    next_reminder,
    obstacles,
    possible,
)
from dialog.errors import WrongState
from dialog.working_days import OSLO

# A Friday afternoon: the hours run over the weekend too.
FRIDAY = datetime(2026, 11, 27, 14, 10, tzinfo=OSLO)
NOTHING: list[bool] = []


class TestClock:
    def test_it_runs_over_the_weekend(self) -> None:
        assert deadline(FRIDAY) == datetime(2026, 11, 30, 14, 10, tzinfo=OSLO)

    def test_hours_are_hours_when_summer_time_ends(self) -> None:
        before = datetime(2026, 10, 24, 12, tzinfo=OSLO)

        assert (deadline(before).timestamp() - before.timestamp()) / 3600 == 72

    @pytest.mark.parametrize(
        ("passed", "left"),
        [
            (timedelta(0), 72),
            (timedelta(hours=40, minutes=30), 31),
            (timedelta(hours=71, minutes=30), 0),
            (timedelta(hours=72, minutes=1), -1),
            (timedelta(hours=75, minutes=30), -3),
        ],
    )
    def test_what_is_left_is_whole_hours(self, passed: timedelta, left: int) -> None:
        assert hours_left(deadline(FRIDAY), FRIDAY + passed) == left

    def test_it_is_late_after_the_last_minute(self) -> None:
        assert not is_late(FRIDAY, deadline(FRIDAY))
        assert is_late(FRIDAY, deadline(FRIDAY) + timedelta(minutes=1))

    @pytest.mark.parametrize(
        ("status", "risk", "notified", "runs"),
        [
            (Status.OPEN, "", False, True),
            (Status.ASSESSED, Risk.UNLIKELY, False, False),
            (Status.ASSESSED, Risk.RISK, False, True),
            (Status.ASSESSED, Risk.HIGH, False, True),
            (Status.NOTIFIED, Risk.HIGH, True, False),
            (Status.CLOSED, Risk.UNLIKELY, False, False),
            (Status.ASSESSED, Risk.RISK, True, False),
        ],
    )
    def test_it_runs_until_nobody_need_be_told_or_they_have_been(
        self, status: Status, risk: str, notified: bool, runs: bool
    ) -> None:
        assert clock_runs(status=status, risk=risk, notified=notified) is runs

    def test_one_is_reminded_four_times_and_then_no_more(self) -> None:
        moments, now = [], FRIDAY
        while (coming := next_reminder(FRIDAY, now)) is not None:
            moments.append((deadline(FRIDAY) - coming).total_seconds() // 3600)
            now = coming

        assert moments == [48, 24, 6, 0]


class TestSteps:
    ALLOWED = {
        (Status.OPEN, Step.ASSESS),
        (Status.ASSESSED, Step.ASSESS),
        (Status.ASSESSED, Step.NOTIFY),
        (Status.ASSESSED, Step.CLOSE),
        (Status.NOTIFIED, Step.ASSESS),
        (Status.NOTIFIED, Step.NOTIFY),
        (Status.NOTIFIED, Step.CLOSE),
        (Status.CLOSED, Step.REOPEN),
    }

    @pytest.mark.parametrize(("status", "step"), list(product(Status, Step)))
    def test_each_is_allowed_or_refused(self, status: Status, step: Step) -> None:
        allowed = (status, step) in self.ALLOWED

        assert possible(status, step) is allowed
        if allowed:
            assert after(status, step) is STEPS[status, step]
        else:
            with pytest.raises(WrongState):
                after(status, step)

    def test_what_was_notified_and_is_assessed_anew_stays_notified(self) -> None:
        assert after(Status.NOTIFIED, Step.ASSESS) is Status.NOTIFIED


class TestWhatMustBeDone:
    def test_everything_is_documented(self) -> None:
        assert all(Must.DOCUMENT in one for one in MUST.values())

    @pytest.mark.parametrize(
        ("risk", "notified", "told", "stands"),
        [
            ("", False, NOTHING, [Obstacle.NOT_ASSESSED]),
            (Risk.UNLIKELY, False, [False], []),
            (Risk.RISK, False, [False], [Obstacle.NOT_NOTIFIED]),
            (Risk.RISK, True, [False], []),
            (Risk.HIGH, False, [False], [Obstacle.NOT_NOTIFIED, Obstacle.NOT_TOLD]),
            (Risk.HIGH, True, [True, False], [Obstacle.NOT_TOLD]),
            (Risk.HIGH, True, NOTHING, [Obstacle.NOT_TOLD]),
            (Risk.HIGH, True, [True, True], []),
        ],
    )
    def test_it_is_not_over_before_that(
        self, risk: str, notified: bool, told: list[bool], stands: list[Obstacle]
    ) -> None:
        assert obstacles(risk=risk, notified=notified, told=told) == stands


class TestWho:
    @pytest.mark.parametrize("role", [one for one in Role if one.side == "practice"])
    def test_whoever_has_been_handed_it_whatever_their_role(self, role: Role) -> None:
        handed = frozenset({Duty.REVIEW_ACCESS})

        assert may_follow_up(Actor(role=role, practice_id=1, duties=handed))
        assert not may_follow_up(Actor(role=role, practice_id=1))
        assert not may_follow_up(Actor(role=role, duties=handed))

    def test_nobody_else(self) -> None:
        handed = frozenset({Duty.REVIEW_ACCESS})

        assert not may_follow_up(PLATFORM)
        assert not may_follow_up(Actor(role=Role.PATIENT, practice_id=1, duties=handed))
