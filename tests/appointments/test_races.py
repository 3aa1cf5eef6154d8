"""Who gets the time when many want it at once: real threads, real commits, one winner."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment, Slot
from dialog.appointments.policy import OCCUPYING
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import Feature
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast
from dialog.errors import DialogError, SlotTaken
from dialog.ledger.models import Delivery, Entry
from dialog.people import actions as people
from dialog.people import queries as lists
from dialog.people.identity_number import synthetic
from tests.appointments.people_and_times import clinician, free, patient_uuid
from tests.database import SERVER

CROWD = 40
SCORE = 20
AT_ONCE = 8


@pytest.fixture
def everybody(own_database: str) -> Cast:
    """The cast in a database where transactions commit."""
    return people_in_it.find()


@pytest.fixture
def crowd(everybody: Cast, as_owner: Any) -> list[Actor]:
    """A score more patients on Dr Lund's list."""
    return as_owner(lambda: [_patient(everybody, n) for n in range(SCORE)])


@pytest.fixture
def large_crowd(everybody: Cast, as_owner: Any) -> list[Actor]:
    """Forty of them."""
    return as_owner(lambda: [_patient(everybody, n) for n in range(CROWD)])


@pytest.fixture
def as_owner(own_database: str) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Do something in the owner's role, with commits."""

    def do(what: Callable[[], Any]) -> Any:
        with rows.seeing(scope="setup"), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE dialog_owner")
            return what()

    yield do


def _patient(cast: Cast, n: int) -> Actor:
    number = synthetic(cast_birth(n), n)
    account = people.register_account(by=PLATFORM, identity_number=number, name=f"Pasient {n}")
    patient = people.register_patient(
        by=PLATFORM,
        identity_number=number,
        given_name="Pasient",
        family_name=str(n),
        born=cast_birth(n),
    )
    (list_id,) = (
        one.list_id
        for one in (lists.list_by_id(each) for each in cast.lund.list_ids)
        if one.practitioner_id is not None
    )
    people.assign_gp(by=PLATFORM, patient_id=patient.id, list_id=list_id)
    actor = lists.patient_actor(account.id)
    assert actor is not None
    return actor


def cast_birth(n: int) -> Any:
    return people_in_it.BORN["kari"] + timedelta(days=n)


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """Do all of these at the same time; how each went, as the class of its refusal or ``done``."""
    gate = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> str:
        try:
            gate.wait(timeout=30)
            job()
        except DialogError as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def counts() -> dict[str, int]:
    """Everything there is, as a superuser sees it."""
    name = connections["default"].settings_dict["NAME"]
    tables = [one._meta.db_table for one in (Appointment, Conversation, Message, Entry, Delivery)]
    with psycopg.connect(SERVER.url(database=name)) as admin:
        return {
            table: admin.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }


def overlaps() -> int:
    """How many pairs of appointments are at the same time with the same practitioner."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(SERVER.url(database=name)) as admin:
        return admin.execute(
            "SELECT count(*) FROM appointments_appointment AS a JOIN appointments_appointment AS b "
            "ON a.practitioner_id = b.practitioner_id AND a.id < b.id AND a.period && b.period "
            "WHERE a.status = ANY (%s) AND b.status = ANY (%s)",
            [list(OCCUPYING), list(OCCUPYING)],
        ).fetchone()[0]


def take(by: Actor, slot: Any) -> Callable[[], object]:
    return lambda: actions.book_slot(by=by, slot_id=slot.id, text="Vondt i kneet")


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


def test_a_time_is_never_taken_as_it_is_withdrawn(everybody: Cast, crowd: list[Actor]) -> None:
    slots = free(crowd[0])[:AT_ONCE]

    for patient, slot in zip(crowd, slots, strict=False):
        at_once(
            take(patient, slot),
            lambda slot=slot: actions.withdraw_slot(by=everybody.siri, slot_id=slot.id),
        )

    with rows.seeing(practice=everybody.lund.practice_id):
        both = Appointment.objects.filter(
            slot__in=[one.id for one in slots], slot__withdrawn_at__isnull=False
        )
        assert not both.exists()
        assert Slot.objects.filter(id__in=[one.id for one in slots]).count() == AT_ONCE


def test_a_time_is_never_taken_after_the_service_is_switched_off(
    everybody: Cast, crowd: list[Actor]
) -> None:
    slots = free(crowd[0])[:AT_ONCE]
    (list_id,) = {_list_of(crowd[0])}

    outcome = at_once(
        *(take(one, slot) for one, slot in zip(crowd, slots, strict=False)),
        lambda: conversations.switch_service(
            by=everybody.lund, list_id=list_id, feature=Feature.DIRECT_BOOKING, on=False
        ),
    )

    assert set(outcome) <= {"done", "ServiceOff"}
    off_at = _switched_off_at(everybody)
    with rows.seeing(practice=everybody.lund.practice_id):
        taken = Appointment.objects.count()
    assert taken == outcome.count("done") - 1
    assert all(made <= off_at for made in _committed_before(everybody))
    assert at_once(take(crowd[AT_ONCE], free_for_office(everybody)[0])) == ["ServiceOff"]


def _list_of(one: Actor) -> int:
    with rows.seeing(patient=one.patient_id):
        owner = lists.list_of(one.patient)
    assert owner is not None
    return owner.list_id


def _switched_off_at(cast: Cast) -> int:
    with rows.seeing(practice=cast.lund.practice_id):
        switched = Entry.objects.filter(kind="ServiceSwitched").latest("id")
    return switched.id


def _committed_before(cast: Cast) -> list[int]:
    """Entries of bookings; those after the switch would have been made under it."""
    with rows.seeing(practice=cast.lund.practice_id):
        return list(
            Entry.objects.filter(kind="AppointmentBooked", id__lte=_switched_off_at(cast))
            .values_list("id", flat=True)
        )  # fmt: skip


def free_for_office(cast: Cast) -> list[Any]:
    with rows.seeing(practice=cast.lund.practice_id):
        days = queries.office_slots(cast.lund, practitioner=None, days=30)
    return [one for day in days for one in day.slots if one.practitioner_name == "Ingrid Lund"]


def test_cancelling_one_of_two_while_others_book_gives_no_time_twice(
    everybody: Cast, crowd: list[Actor]
) -> None:
    for n, slot in enumerate(free(crowd[0])[:AT_ONCE]):
        first = actions.book_slot(by=crowd[n], slot_id=slot.id)
        extra = _on_top(everybody, crowd[n + AT_ONCE], slot.starts)
        assert extra.overbooked

        at_once(
            lambda first=first, n=n: actions.cancel(
                by=crowd[n], conversation_id=first.conversation_id
            ),
            *(take(one, slot) for one in crowd[-4:]),
        )

    assert overlaps() == 0


def test_double_booking_while_others_book_is_over_what_one_knows(
    everybody: Cast, crowd: list[Actor]
) -> None:
    slots = [one for one in free(crowd[0]) if one.type.minutes == 20]
    for n in range(0, AT_ONCE * 2, 2):
        slot, following = slots[n], slots[n + 1]
        actions.book_slot(by=crowd[n], slot_id=slot.id)
        late = slot.starts + timedelta(minutes=10)

        at_once(
            lambda late=late, n=n: _on_top(everybody, crowd[n + 1], late, minutes=20),
            *(take(one, following) for one in crowd[-3:]),
        )

    knowingly = _overbooked(everybody)
    assert overlaps() >= len(knowingly)
    assert not _taken_under(everybody, knowingly)


def _on_top(cast: Cast, patient: Actor, starts: datetime, minutes: int = 10) -> Appointment:
    return actions.give_time(
        by=cast.siri,
        patient=patient_uuid(patient),
        practitioner=clinician(cast.lund),
        starts=starts,
        minutes=minutes,
        overbook_because="Haster",
    )


def _overbooked(cast: Cast) -> list[Appointment]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(Appointment.objects.filter(overbooked=True).order_by("made_at"))


def _taken_under(cast: Cast, knowingly: list[Appointment]) -> list[Appointment]:
    """Times that patients took later than, and under, one that was double-booked."""
    with rows.seeing(practice=cast.lund.practice_id):
        entries = dict(
            Entry.objects.filter(kind="AppointmentBooked").values_list("conversation_id", "id")
        )
        return [
            other
            for one in knowingly
            for other in Appointment.objects.filter(
                slot__isnull=False, period__overlap=one.period, practitioner_id=one.practitioner_id
            )
            if entries[other.conversation_id] > entries[one.conversation_id]
        ]


def test_head_on_times_without_a_slot_end_in_one_winner_each_and_no_deadlock(
    everybody: Cast, crowd: list[Actor]
) -> None:
    starts = free(crowd[0])[0].starts + timedelta(hours=7)
    jobs = [
        lambda n=n: actions.give_time(
            by=everybody.siri,
            patient=patient_uuid(crowd[n]),
            practitioner=clinician(everybody.lund),
            starts=starts + timedelta(minutes=30 * (n // 2) + 5 * (n % 2)),
            minutes=20,
        )
        for n in range(16)
    ]
    before = datetime.now().astimezone()

    outcome = Counter(at_once(*jobs))

    assert outcome == {"done": 8, "SlotTaken": 8}
    assert datetime.now().astimezone() - before < timedelta(seconds=20)
    assert overlaps() == 0


def test_a_time_given_and_a_slot_under_it_taken_head_on(
    everybody: Cast, crowd: list[Actor]
) -> None:
    for n, slot in enumerate(free(crowd[0])[:AT_ONCE]):
        outcome = at_once(
            take(crowd[n], slot),
            lambda n=n, slot=slot: actions.give_time(
                by=everybody.siri,
                patient=patient_uuid(crowd[n + AT_ONCE]),
                practitioner=clinician(everybody.lund),
                starts=slot.starts + timedelta(minutes=5),
                minutes=10,
            ),
        )
        assert sorted(outcome) == ["SlotTaken", "done"]

    assert overlaps() == 0


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
