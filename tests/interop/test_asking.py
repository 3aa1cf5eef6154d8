"""Free times asked of a record system while the patient waits."""

from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest

from dialog import rows
from dialog.appointments import actions
from dialog.appointments import queries as appointment_queries
from dialog.appointments.models import TimesAsked
from dialog.demo.cast import Cast
from dialog.interop import asking
from dialog.interop.messages import Event
from dialog.people.policy import Profession
from dialog.people.queries import today
from tests.appointments.elsewhere import shown
from tests.appointments.people_and_times import at, clinician
from tests.interop.record_system import LUND, STORGATA, STRANGER, RecordSystem, answers


def a_time(hour: int, *, uid: str = "", contact: int = LUND) -> Event:
    starts = at(time(hour))
    return Event(
        uid=uid or str(uuid4()),
        start=starts,
        end=starts + timedelta(minutes=20),
        contact=str(contact),
        summary="Konsultasjon",
        description="Ta med medisinlisten.",
    )


@pytest.fixture
def asked(cast: Cast, epj: RecordSystem) -> UUID:
    """What is free with Dr Lund the coming four weeks, as the page asks."""
    actions.ask_for_times(
        by=cast.kari, practitioners=[clinician(cast.lund)], first=today(), days=28
    )
    with rows.seeing(practice=cast.lund.practice_id):
        return TimesAsked.objects.get().id


def answered(cast: Cast, epj: RecordSystem, asked_id: UUID) -> tuple[bool, bool]:
    with epj.as_role("dialog_relay"):
        asking.answer(asked_id, cast.lund.practice)
    with rows.seeing(practice=cast.lund.practice_id):
        one = TimesAsked.objects.get(id=asked_id)
    return one.answered_at is not None, one.failed_at is not None


def test_what_is_free_there_can_be_taken_here(cast: Cast, epj: RecordSystem, asked: UUID) -> None:
    first, second = a_time(9), a_time(10)
    answers(epj, [first, second])

    assert answered(cast, epj, asked) == (True, False)

    found = shown(cast)
    assert set(found) == {UUID(first.uid), UUID(second.uid)}
    slot = found[UUID(first.uid)]
    assert (slot.period.lower, slot.type.name) == (first.start, "Konsultasjon")
    assert slot.type.instructions == "Ta med medisinlisten."


def test_somebody_elses_times_are_not_hers(cast: Cast, epj: RecordSystem, asked: UUID) -> None:
    answers(epj, [a_time(9), a_time(10, contact=8000055)])

    answered(cast, epj, asked)

    assert len(shown(cast)) == 1


def test_nothing_is_free(cast: Cast, epj: RecordSystem, asked: UUID) -> None:
    answers(epj, [])

    assert answered(cast, epj, asked) == (True, False)
    assert shown(cast) == {}


def test_somebody_without_an_address_there_keeps_nobody_waiting(
    cast: Cast, epj: RecordSystem
) -> None:
    nurse = clinician(cast.lund, Profession.NURSE)
    actions.ask_for_times(by=cast.kari, practitioners=[nurse], first=today(), days=28)
    with rows.seeing(practice=cast.lund.practice_id):
        one = TimesAsked.objects.get().id

    assert answered(cast, epj, one) == (True, False)
    assert epj.bus.sent == []
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        days = appointment_queries.free_slots(cast.kari, first=today(), days=28)
    assert "Nina Vik" not in {slot.practitioner_name for day in days for slot in day.slots}


def test_no_answer_in_time_is_told(cast: Cast, epj: RecordSystem, asked: UUID) -> None:
    assert answered(cast, epj, asked) == (False, True)


def test_an_answer_from_somebody_else_is_not_believed(
    cast: Cast, epj: RecordSystem, asked: UUID
) -> None:
    answers(epj, [a_time(9)], her_id=STRANGER)

    assert answered(cast, epj, asked) == (False, True)
    assert shown(cast) == {}


@pytest.mark.parametrize("uid", ["nine o'clock", "1"])
def test_a_time_without_a_name_we_can_hold_is_no_answer(
    cast: Cast, epj: RecordSystem, asked: UUID, uid: str
) -> None:
    answers(epj, [a_time(9, uid=uid)])

    assert answered(cast, epj, asked) == (False, True)


def test_another_party_that_is_who_it_says_was_not_asked(
    cast: Cast, epj: RecordSystem, asked: UUID
) -> None:
    """Only the bus's own check stood before this: a signed answer of a party that is known."""
    answers(epj, [a_time(9)], her_id=STORGATA)

    assert answered(cast, epj, asked) == (False, True)
    assert shown(cast) == {}


def test_a_fault_of_ours_is_told_at_once(
    cast: Cast, epj: RecordSystem, asked: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(epj, [a_time(9)])
    monkeypatch.setattr(asking, "recognised", lambda *_said: 1 / 0)

    assert answered(cast, epj, asked) == (False, True)
