"""Who gets the time when many want it at once: real threads, real commits, one winner."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus
from dialog.appointments.queries import FreeSlot
from dialog.demo.cast import Cast
from dialog.errors import SlotTaken
from tests.appointments.crowds import (
    AT_ONCE,
    CROWD,
    SCORE,
    at_once,
    closed_counter,
    counts,
    overlaps,
    take,
    without_constraints,
)
from tests.appointments.elsewhere import confirming
from tests.appointments.people_and_times import booked, free


def rush(crowd: list[Actor], slot: FreeSlot) -> Counter[str]:
    """All want the same time, and several have found it free before anybody has it."""
    with ThreadPoolExecutor(1) as pool, closed_counter() as counter:
        outcome = pool.submit(at_once, *(take(one, slot) for one in crowd))
        counter.waits_for(2)
    return Counter(outcome.result())


def test_forty_want_one_time_and_one_has_it(large_crowd: list[Actor]) -> None:
    slot = free(large_crowd[0])[0]
    before = counts()

    outcome = rush(large_crowd, slot)

    assert outcome == {"done": 1, "SlotTaken": CROWD - 1}
    after = counts()
    assert {table: after[table] - before[table] for table in after} == {
        "appointments_appointment": 1,
        "conversations_conversation": 1,
        "conversations_message": 1,
        "ledger_entry": 3,
        "ledger_delivery": after["ledger_delivery"] - before["ledger_delivery"],
    }


def test_without_the_constraints_the_race_is_there(crowd: list[Actor]) -> None:
    slot = free(crowd[0])[0]
    without_constraints()

    rush(crowd, slot)

    assert overlaps() > 0


def test_neighbours_who_want_neighbouring_times_do_not_wait_for_each_other(
    crowd: list[Actor],
) -> None:
    slots = free(crowd[0])[:SCORE]

    outcome = at_once(*(take(one, slot) for one, slot in zip(crowd, slots, strict=True)))

    assert set(outcome) == {"done"}


def test_two_who_swap_do_not_both_lose(everybody: Cast, crowd: list[Actor]) -> None:
    slots = free(crowd[0])
    mine = actions.book_slot(by=crowd[0], slot_id=slots[0].id)

    outcome = at_once(
        *(
            lambda slot=slot: actions.move(
                by=crowd[0], conversation_id=mine.conversation_id, slot_id=slot.id
            )
            for slot in slots[1:5]
        ),
        take(crowd[1], slots[2]),
    )

    assert set(outcome) <= {"done", SlotTaken.__name__}
    with rows.seeing(practice=everybody.lund.practice_id):
        assert Appointment.objects.filter(patient_id=crowd[0].patient_id).count() == 1
    assert overlaps() == 0


def test_one_patient_in_many_windows_gets_no_more_than_allowed(crowd: list[Actor]) -> None:
    slots = free(crowd[0])[:AT_ONCE]

    outcome = Counter(at_once(*(take(crowd[0], slot) for slot in slots)))

    assert outcome == {"done": 3, "WrongState": AT_ONCE - 3}


def test_of_those_who_want_what_the_record_system_gives_one_waits_for_its_answer(
    everybody: Cast, crowd: list[Actor]
) -> None:
    confirming(everybody)
    slot = free(crowd[0])[0]

    outcome = rush(crowd, slot)

    assert outcome == {"done": 1, "SlotTaken": SCORE - 1}
    with rows.seeing(practice=everybody.lund.practice_id):
        (one,) = Appointment.objects.filter(slot_id=slot.id)
    assert (one.status, one.unconfirmed) == (AppointmentStatus.PENDING, True)


def test_a_yes_and_a_change_of_heart_at_once_are_one_of_them(
    everybody: Cast, crowd: list[Actor]
) -> None:
    confirming(everybody)
    made = booked(crowd[0])
    about = made.conversation_id

    outcome = at_once(
        lambda: actions.confirm(by=everybody.siri, conversation_id=about),
        lambda: actions.cancel(by=crowd[0], conversation_id=about),
        lambda: actions.refuse(by=everybody.siri, conversation_id=about),
    )

    with rows.seeing(practice=everybody.lund.practice_id):
        one = Appointment.objects.get(id=made.id)
    assert set(outcome) <= {"done", "WrongState"} and "done" in outcome
    assert one.status == AppointmentStatus.CANCELLED or outcome[1:] == ["WrongState"] * 2


def test_two_answers_that_give_the_same_time_give_it_once(
    everybody: Cast, crowd: list[Actor]
) -> None:
    confirming(everybody)
    slots = free(crowd[0])
    first, second = booked(crowd[0], slots[0]), booked(crowd[1], slots[1])
    period = DateTimeTZRange(slots[5].starts, slots[5].ends)

    outcome = at_once(
        *(
            lambda one=one: actions.confirm(
                by=everybody.siri, conversation_id=one.conversation_id, period=period
            )
            for one in (first, second)
        )
    )

    assert sorted(outcome) == ["SlotTaken", "done"]
    assert overlaps() == 0
