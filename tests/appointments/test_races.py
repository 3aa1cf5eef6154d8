"""Who gets the time when many want it at once: real threads, real commits, one winner."""

from collections import Counter

import psycopg

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions
from dialog.appointments.models import Appointment
from dialog.demo.cast import Cast
from dialog.errors import SlotTaken
from tests.appointments.crowds import AT_ONCE, CROWD, SCORE, at_once, counts, overlaps, take
from tests.appointments.people_and_times import free
from tests.database import SERVER


def test_forty_want_one_time_and_one_has_it(large_crowd: list[Actor]) -> None:
    slot = free(large_crowd[0])[0]
    before = counts()

    outcome = Counter(at_once(*(take(one, slot) for one in large_crowd)))

    assert outcome == {"done": 1, "SlotTaken": CROWD - 1}
    after = counts()
    assert {table: after[table] - before[table] for table in after} == {
        "appointments_appointment": 1,
        "conversations_conversation": 1,
        "conversations_message": 1,
        "ledger_entry": 3,
        "ledger_delivery": after["ledger_delivery"] - before["ledger_delivery"],
    }


def test_without_the_constraints_the_race_is_there(crowd: list[Actor], own_database: str) -> None:
    slot = free(crowd[0])[0]
    with psycopg.connect(SERVER.url(database=own_database), autocommit=True) as admin:
        admin.execute("DROP INDEX appointment_slot_taken")
        admin.execute(
            "ALTER TABLE appointments_appointment DROP CONSTRAINT appointment_practitioner_busy"
        )

    at_once(*(take(one, slot) for one in crowd))

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
