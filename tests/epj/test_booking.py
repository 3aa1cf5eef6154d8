"""A time that was chosen is had or not, says the calendar; given back it is free again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from dialog.interop.messages import Event, Message, Receipt
from dialog.interop.names import Process
from epj import answers, calendar, letters, patients
from epj.refusal import Refusal
from epj.scripts import Deed
from tests.epj.numbers import HANSEN, KARI, KNOWN, LUND, OLA
from tests.epj.office import Office, event, said, tomorrow

STATE = KNOWN.state_property


def reserves(epj: Office, slot: calendar.Slot, **more: object) -> Message:
    return epj.hears(Process.BOOKING, "ReserverAvtale", events=(event(slot),), **more)


def cancels(epj: Office, asked: Message | None, uid: str, **more: object) -> Message:
    process = more.pop("process", Process.BOOKING)
    starts = epj.desk.now() + timedelta(days=1)
    time = Event(uid=uid, start=starts, end=starts + timedelta(minutes=20), contact=str(LUND))
    return epj.hears(process, "AvbestillAvtale", events=(time,), answers=asked, **more)  # type: ignore[arg-type]


def free(epj: Office) -> list[calendar.Slot]:
    return calendar.offered(epj.store, (LUND,), None, None, epj.desk.now())


class TestReserving:
    def test_the_appointment_has_an_id_of_its_own(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        asked = reserves(epj, slot)

        receipt, yes = sorted(epj.says(), key=lambda one: isinstance(one, Message))
        assert isinstance(receipt, Receipt) and receipt.taken
        assert isinstance(yes, Message)
        (booked,) = yes.calendar.events
        assert booked.related_to == slot.uid != booked.uid
        assert booked.property(STATE) == "CONFIRMED"
        assert yes.header.conversation == asked.header.id
        assert slot not in free(epj)

    def test_the_second_who_asks_gets_a_no(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        reserves(epj, slot)
        epj.says()
        reserves(epj, slot, patient=OLA)

        (no,) = epj.messages()
        assert no.calendar is None
        assert "ikke ledig" in no.note.text.plain
        assert [one.patient for one in epj.appointments()] == [KARI.national_id]

    def test_a_time_with_another_doctor(self, epj: Office) -> None:
        (slot, *_others) = epj.offers(HANSEN)
        reserves(epj, slot)

        (yes,) = epj.messages()
        assert yes.calendar.events[0].contact == str(HANSEN)

    def test_a_time_that_is_known_by_whose_and_when(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        reserves(epj, replace(slot, uid="5f0c4c0e-0000-4000-8000-000000000000"))

        (yes,) = epj.messages()
        assert yes.calendar.events[0].related_to.startswith("5f0c4c0e")

    @pytest.mark.parametrize("shift", [timedelta(minutes=5), timedelta(days=400)])
    def test_a_time_that_nobody_offers(self, epj: Office, shift: timedelta) -> None:
        (slot, *_others) = epj.offers()
        reserves(epj, replace(slot, starts=slot.starts + shift, ends=slot.ends + shift))

        (no,) = epj.messages()
        assert no.calendar is None


class TestByHand:
    @pytest.fixture
    def epj(self, make_office: Callable[..., Office]) -> Office:
        return make_office(by_hand=True)

    def test_yes(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        reserves(epj, slot)
        assert epj.messages() == []
        assert slot not in free(epj)

        answers.say(epj.desk, 1, Deed(do="confirm", text="Velkommen"))
        epj.work()

        (yes,) = epj.messages()
        assert yes.note.text.plain == "Velkommen"
        assert [one.state for one in epj.appointments()] == ["booked"]

    def test_no(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        reserves(epj, slot)
        answers.say(epj.desk, 1, Deed(do="refuse", text="Dessverre"))
        epj.work()

        (no,) = epj.messages()
        assert no.calendar is None and no.note.text.plain == "Dessverre"
        assert slot in free(epj)

    def test_who_cancels_first_is_not_told_yes(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        asked = reserves(epj, slot)
        cancels(epj, asked, slot.uid)

        with pytest.raises(Refusal):
            answers.say(epj.desk, 1, Deed(do="confirm"))
        assert slot in free(epj)


class TestGivingBack:
    def test_by_the_id_the_portal_was_told(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        asked = reserves(epj, slot)
        (yes,) = epj.messages()

        cancels(epj, asked, yes.calendar.events[0].uid.upper())

        (receipt,) = epj.says()
        assert isinstance(receipt, Receipt) and receipt.taken
        assert slot in free(epj)

    def test_before_it_was_asked_for(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        asked = said(Process.BOOKING, "ReserverAvtale", events=(event(slot),))
        cancels(epj, asked, slot.uid)
        epj.takes(asked)

        assert all(one.taken for one in epj.receipts())
        assert epj.appointments() == [] and slot in free(epj)

    def test_once_more_is_taken_as_well(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        asked = reserves(epj, slot)
        for _times in range(2):
            cancels(epj, asked, slot.uid)

        assert all(one.taken for one in epj.receipts())

    def test_of_somebody_else_is_refused(self, epj: Office) -> None:
        (slot, *_others) = epj.offers()
        reserves(epj, slot)
        (yes,) = epj.messages()
        cancels(epj, None, yes.calendar.events[0].uid, patient=OLA)

        (receipt,) = epj.receipts()
        assert [one.value for one in receipt.errors] == ["X99"]
        assert receipt.errors[0].free == "Timen finnes ikke i timeboken."
        assert slot not in free(epj)

    def test_one_that_was_made_at_the_desk_is_answered(self, epj: Office) -> None:
        patients.hear_of(epj.store, KARI)
        kari = patients.meant(epj.store, "Kari")
        made = letters.book(epj.desk, kari, calendar.moment(f"{tomorrow()}T09:00"))
        epj.work()
        epj.says()

        cancels(epj, None, made.uid, process=Process.CANCELLING)

        (answer,) = epj.messages()
        assert answer.calendar.events[0].property(STATE) == "CANCELLED"
        assert [one.state for one in epj.appointments()] == ["cancelled"]
