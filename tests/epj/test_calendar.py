"""The office's own calendar: free times, and appointments whose every change is told once."""

from datetime import timedelta

import pytest

from dialog.interop.messages import Message
from dialog.interop.names import Process
from epj import calendar, letters, patients
from epj.patients import Patient
from epj.refusal import Refusal
from tests.epj.numbers import KARI, KNOWN, LUND, OLA
from tests.epj.office import Office, tomorrow


@pytest.fixture
def kari(epj: Office) -> Patient:
    patients.hear_of(epj.store, KARI)
    return patients.meant(epj.store, "Kari")


def at(clock: str) -> object:
    return calendar.moment(f"{tomorrow()}T{clock}")


def told(epj: Office) -> Message:
    epj.work()
    (message,) = epj.messages()
    assert message.header.type.value == Process.APPOINTMENTS.upper()
    return message


def test_every_change_is_one_message_about_the_same_appointment(epj: Office, kari: Patient) -> None:
    made = letters.book(epj.desk, kari, at("09:00"))
    first = told(epj)
    moved = letters.move(epj.desk, made, at("10:00"))
    second = told(epj)
    letters.cancel(epj.desk, moved, text="Legen er syk")
    third = told(epj)

    events = [one.calendar.events[0] for one in (first, second, third)]
    assert {one.uid for one in events} == {made.uid}
    assert [one.start for one in events] == [at("09:00"), at("10:00"), at("10:00")]
    states = [one.property(KNOWN.state_property) for one in events]
    assert states == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert third.note.text.plain == "Legen er syk"
    assert [one.version for one in epj.appointments()] == [3]


def test_a_later_change_is_always_sent_later(epj: Office, kari: Patient) -> None:
    frozen = epj.desk.now()
    epj.now = lambda: frozen
    made = letters.book(epj.desk, kari, at("09:00"))
    letters.move(epj.desk, made, at("10:00"))
    epj.work()

    first, second = epj.messages()
    assert second.header.sent > first.header.sent


def test_two_patients_do_not_get_one_time(epj: Office, kari: Patient) -> None:
    patients.hear_of(epj.store, OLA)
    letters.book(epj.desk, kari, at("09:00"))
    other = letters.book(epj.desk, patients.meant(epj.store, "Ola"), at("09:20"))

    with pytest.raises(Refusal, match="another appointment"):
        letters.move(epj.desk, other, at("09:10"))
    assert len(epj.appointments()) == 2
    epj.work()
    assert len(epj.messages()) == 2


def test_what_is_cancelled_stays_so(epj: Office, kari: Patient) -> None:
    made = letters.cancel(epj.desk, letters.book(epj.desk, kari, at("09:00")))

    with pytest.raises(Refusal, match="cancelled"):
        letters.move(epj.desk, made, at("10:00"))


def test_free_times_do_not_lie_over_others(epj: Office, kari: Patient) -> None:
    letters.book(epj.desk, kari, at("08:30"))
    made = calendar.open_times(
        epj.store, her_id=LUND, begins=at("08:00"), ends=at("09:30"), minutes=20
    )
    again = calendar.open_times(
        epj.store, her_id=LUND, begins=at("08:00"), ends=at("09:30"), minutes=20
    )

    assert [one.starts for one in made] == [at("08:00"), at("09:00")]
    assert again == []


def test_a_time_is_free_again_when_its_appointment_moves(epj: Office, kari: Patient) -> None:
    (slot, *_others) = epj.offers()
    made = letters.book(epj.desk, kari, slot.starts)
    assert slot not in calendar.offered(epj.store, (LUND,), None, None, epj.desk.now())

    letters.move(epj.desk, made, slot.starts + timedelta(days=1))

    assert slot in calendar.offered(epj.store, (LUND,), None, None, epj.desk.now())


def test_an_appointment_is_meant_by_the_beginning_of_its_id(epj: Office, kari: Patient) -> None:
    made = letters.book(epj.desk, kari, at("09:00"))

    assert calendar.meant(epj.store, made.uid[:6].upper()) == made
    with pytest.raises(Refusal):
        calendar.meant(epj.store, "zzzz")


@pytest.mark.parametrize("process", [Process.ENQUIRY, Process.ECONSULTATION])
def test_the_office_writes_first(epj: Office, kari: Patient, process: Process) -> None:
    letters.write(epj.desk, kari, "Ta en prøve", process=process)
    epj.work()

    (message,) = epj.messages()
    assert message.question.text.plain == "Ta en prøve"
    assert message.question.roles[0].professional.person.family == "Lund"
    assert not message.header.conversation
