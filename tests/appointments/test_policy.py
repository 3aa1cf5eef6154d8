"""The table of steps, cell by cell; and the small rules beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from dialog.actor import Actor, Duty, Role
from dialog.appointments import policy
from dialog.appointments.policy import AppointmentStatus as S
from dialog.appointments.policy import DayPart, MeetingType, Step, Wish
from dialog.errors import WrongState

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATIENT = Actor(role=Role.PATIENT, patient_id=1)
OFFICE = Actor(role=Role.STAFF, practice_id=1)
PLATFORM = Actor(role=Role.PLATFORM)

ALLOWED = {
    ("proposed", "offer", "staff"): "offered",
    ("proposed", "give", "staff"): "booked",
    ("proposed", "cancel", "staff"): "cancelled",
    ("proposed", "redirect", "staff"): "cancelled",
    ("proposed", "cancel", "patient"): "cancelled",
    ("pending", "confirm", "staff"): "booked",
    ("pending", "refuse", "staff"): "cancelled",
    ("pending", "redirect", "staff"): "cancelled",
    ("pending", "cancel", "patient"): "cancelled",
    ("pending", "expire", "platform"): "cancelled",
    ("offered", "offer", "staff"): "offered",
    ("offered", "give", "staff"): "booked",
    ("offered", "convert", "staff"): "offered",
    ("offered", "cancel", "staff"): "cancelled",
    ("offered", "redirect", "staff"): "cancelled",
    ("offered", "accept", "patient"): "booked",
    ("offered", "ask-again", "patient"): "proposed",
    ("offered", "cancel", "patient"): "cancelled",
    ("offered", "expire", "platform"): "cancelled",
    ("offered", "release", "platform"): "proposed",
    ("booked", "move", "staff"): "booked",
    ("booked", "move", "patient"): "booked",
    ("booked", "convert", "staff"): "booked",
    ("booked", "cancel", "staff"): "cancelled",
    ("booked", "redirect", "staff"): "cancelled",
    ("booked", "cancel", "patient"): "cancelled",
    ("booked", "set-aside", "staff"): "booked",
    ("booked", "attend", "staff"): "fulfilled",
    ("booked", "miss", "staff"): "noshow",
    ("fulfilled", "set-aside", "staff"): "fulfilled",
    ("fulfilled", "miss", "staff"): "noshow",
    ("noshow", "set-aside", "staff"): "noshow",
    ("noshow", "attend", "staff"): "fulfilled",
}


CELLS = list(product(S, Step, (PATIENT, OFFICE, PLATFORM)))


@pytest.mark.parametrize(("status", "step", "by"), CELLS)
def test_every_step_leads_where_the_table_says_and_nowhere_else(
    status: S, step: Step, by: Actor
) -> None:
    expected = ALLOWED.get((str(status), str(step), str(by.role)))

    if expected is None:
        with pytest.raises(WrongState):
            policy.after(status, step, by)
    else:
        assert policy.after(status, step, by) == expected


def test_nothing_follows_a_cancelled_appointment() -> None:
    steps = [policy.possible(S.CANCELLED, by, starts=NOW, now=NOW) for by in (PATIENT, OFFICE)]

    assert steps == [frozenset(), frozenset()]


def test_before_it_begins_it_can_be_moved_but_nobody_is_absent() -> None:
    steps = policy.possible(S.BOOKED, OFFICE, starts=NOW + timedelta(hours=1), now=NOW)

    assert steps == {Step.MOVE, Step.CONVERT, Step.REDIRECT, Step.CANCEL, Step.SET_ASIDE}


def test_once_it_has_begun_it_is_noted_who_came() -> None:
    steps = policy.possible(S.BOOKED, OFFICE, starts=NOW, now=NOW)

    assert steps == {Step.ATTEND, Step.MISS, Step.CANCEL, Step.SET_ASIDE}


def test_a_patient_can_do_nothing_with_what_has_begun() -> None:
    assert policy.possible(S.BOOKED, PATIENT, starts=NOW, now=NOW) == frozenset()


LUND = Actor(role=Role.PRACTITIONER, practice_id=1, practitioner_id=7, duties=frozenset(Duty))
SIRI = Actor(role=Role.STAFF, practice_id=1, duties=frozenset({Duty.MANAGE_OFFICE}))
HELPER = Actor(role=Role.STAFF, practice_id=1)
NINA = Actor(role=Role.NURSE, practice_id=1, practitioner_id=8)


@pytest.mark.parametrize(
    ("who", "expected"), [(LUND, True), (SIRI, True), (NINA, True), (HELPER, True)]
)
def test_a_timebook_that_is_handed_over_is_kept_at_the_desk(who: Actor, expected: bool) -> None:
    assert policy.may_open_times(who, 7, doctor=True, handed_over=True) is expected


def test_a_colleague_keeps_nobodys_timebook_and_a_patient_none() -> None:
    colleague = replace(LUND, practitioner_id=6)

    assert not policy.may_open_times(colleague, 7, doctor=True, handed_over=True)
    assert not policy.may_open_times(PATIENT, 9, doctor=True, handed_over=True)


@pytest.mark.parametrize(
    ("who", "practitioner_id", "doctor", "expected"),
    [
        (LUND, 7, True, True),
        (LUND, 6, True, False),
        (LUND, 8, False, True),
        (SIRI, 7, True, False),
        (SIRI, 8, False, True),
        (HELPER, 8, False, False),
        (NINA, 8, False, True),
        (NINA, 9, False, True),
        (NINA, 7, True, False),
        (PATIENT, 7, True, False),
        (PATIENT, 8, False, False),
        (PLATFORM, 7, True, True),
    ],
)
def test_a_doctor_alone_opens_the_doctors_times(
    who: Actor, practitioner_id: int, doctor: bool, expected: bool
) -> None:
    assert policy.may_open_times(who, practitioner_id, doctor=doctor) is expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (time(9, 59), DayPart.MORNING),
        (time(10), DayPart.MIDDAY),
        (time(12, 59), DayPart.MIDDAY),
        (time(13), DayPart.AFTERNOON),
    ],
)
def test_the_day_has_three_parts(clock: time, expected: DayPart) -> None:
    assert policy.day_part(clock) is expected


TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
TALK = frozenset({MeetingType.IN_PERSON, MeetingType.PHONE})


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), 0),
        (Wish(weekdays=frozenset({1}), parts=frozenset({DayPart.MORNING})), 0),
        (Wish(parts=frozenset({DayPart.AFTERNOON})), 1),
        (Wish(weekdays=frozenset({2})), 2),
        (Wish(latest=date(2026, 11, 23)), 3),
        (Wish(meeting=MeetingType.VIDEO), 4),
        (Wish(meeting=MeetingType.PHONE), 0),
        (Wish(earliest=WEDNESDAY), 8),
    ],
)
def test_a_time_is_as_far_from_a_wish_as_what_it_misses(wish: Wish, expected: int) -> None:
    assert wish.misses(TUESDAY, time(9), TALK) == expected


@pytest.mark.parametrize(
    ("promised", "starts", "expected"),
    [
        (timedelta(days=2), timedelta(days=5), timedelta(days=2)),
        (timedelta(days=2), timedelta(hours=5), timedelta(hours=4)),
        (timedelta(days=2), timedelta(minutes=90), timedelta(hours=1)),
        (timedelta(days=2), timedelta(minutes=30), timedelta(minutes=30)),
    ],
)
def test_a_proposal_can_be_answered_until_it_is_about_to_begin(
    promised: timedelta, starts: timedelta, expected: timedelta
) -> None:
    assert policy.offer_ends(NOW + promised, NOW + starts, NOW) == NOW + expected


def test_what_has_no_limit_is_never_late() -> None:
    assert not policy.is_late(None, NOW)


def test_the_last_free_moment_is_still_free() -> None:
    assert not policy.is_late(NOW, NOW)
    assert policy.is_late(NOW, NOW + timedelta(microseconds=1))
