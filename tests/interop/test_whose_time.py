"""A calendar that speaks of another's time, says neither yes nor no, or says it in any order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from dialog import rows
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import queries as conversations
from dialog.demo.cast import Cast, number
from dialog.interop.building import Content
from dialog.interop.messages import Attachment, Event, Header, Person
from dialog.interop.messages.people import national
from dialog.interop.names import Process
from tests.appointments.elsewhere import morning, offer
from tests.appointments.people_and_times import booked, free, view
from tests.econsultations.asked import asked
from tests.interop.hearing import KARI, heard, receipts, thread
from tests.interop.record_system import STORGATA, STRANGER, RecordSystem
from tests.interop.test_times_from_a_record_system import event
from tests.pictures import png

PER = Person(given="Per", family="Hansen", identities=(national(number("per")),))
STATUS = AppointmentStatus


def tell(epj: RecordSystem, one: Event, whom: Person = KARI, sent: datetime | None = None) -> str:
    """The calendar tells; the code of the receipt, or nothing."""
    content = Content(text="Velkommen", events=(one,))
    epj.begin(Process.APPOINTMENTS, "Avtale", content, whom, sent or datetime.now(UTC))
    (receipt,) = receipts(epj)
    return ",".join(error.value for error in receipt.errors)


def of_kari(cast: Cast) -> list[UUID]:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        return [one.id for one in conversations.my_matters(cast.kari)]


def chosen(cast: Cast, epj: RecordSystem) -> tuple[UUID, Header, Event]:
    """A time Kari has taken: its matter, and what the record system was told."""
    offer(cast, morning())
    one = booked(cast.kari, free(cast.kari)[0])
    there = heard(epj)
    assert there.calendar is not None
    return one.conversation_id, there.header, there.calendar.events[0]


def say(epj: RecordSystem, header: Header, one: Event) -> str:
    epj.answer(header, Process.BOOKING, "SvarAvtaleReservasjon", Content(events=(one,)))
    (receipt,) = receipts(epj)
    return ",".join(error.value for error in receipt.errors)


class TestAnothersTime:
    @pytest.mark.parametrize("state", ["booked", "cancelled"])
    def test_is_neither_moved_nor_cancelled_nor_written_to(
        self, cast: Cast, epj: RecordSystem, state: str
    ) -> None:
        uid = str(uuid4())
        assert tell(epj, event(uid, 9)) == ""
        (one,) = of_kari(cast)
        before = thread(cast, one)

        assert tell(epj, event(uid, 13, state=state), PER) == "X99"

        assert thread(cast, one).messages == before.messages
        assert view(cast.kari, one).starts == event(uid, 9).start

    def test_a_name_that_is_over_may_be_used_again(self, cast: Cast, epj: RecordSystem) -> None:
        uid = str(uuid4())
        tell(epj, event(uid, 9))
        tell(epj, event(uid, 9, state="cancelled"))

        assert tell(epj, event(uid, 9), PER) == ""

    def test_a_yes_under_the_name_of_anothers(self, cast: Cast, epj: RecordSystem) -> None:
        uid = str(uuid4())
        tell(epj, event(uid, 14), PER)
        one, header, asked_for = chosen(cast, epj)

        assert say(epj, header, replace(asked_for, uid=uid)) == "X99"

        assert view(cast.kari, one).status is STATUS.PENDING


class TestNeitherYesNorNo:
    def test_a_time_that_is_pending_there_is_pending_here(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one, header, asked_for = chosen(cast, epj)
        pending = event(str(uuid4()), 9, state="pending", related_to=asked_for.uid)

        assert say(epj, header, pending) == ""
        assert tell(epj, pending) == ""

        assert view(cast.kari, one).status is STATUS.PENDING

    def test_nobody_is_given_a_time_that_is_pending(self, cast: Cast, epj: RecordSystem) -> None:
        assert tell(epj, event(str(uuid4()), 9, state="pending")) == "T99"

        assert of_kari(cast) == []


class TestWhom:
    @pytest.mark.parametrize(
        ("contact", "code", "status"),
        [(STORGATA, "", STATUS.BOOKED), (STRANGER, "T99", STATUS.PENDING)],
    )
    def test_a_yes_is_with_whom_the_patient_chose(
        self, cast: Cast, epj: RecordSystem, contact: int, code: str, status: str
    ) -> None:
        one, header, asked_for = chosen(cast, epj)

        assert say(epj, header, replace(asked_for, contact=str(contact))) == code

        assert view(cast.kari, one).status is status


class TestAnyOrder:
    def test_the_calendar_is_quicker_than_the_yes(self, cast: Cast, epj: RecordSystem) -> None:
        one, header, asked_for = chosen(cast, epj)
        made = replace(asked_for, uid=str(uuid4()), related_to=asked_for.uid)

        assert tell(epj, made) == ""
        assert say(epj, header, made) == ""

        assert of_kari(cast) == [one]
        assert view(cast.kari, one).status is STATUS.BOOKED

    def test_a_clock_that_is_ahead_does_not_outlive_every_later_word(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        uid = str(uuid4())
        tell(epj, event(uid, 9), sent=datetime.now(UTC) + timedelta(days=900))

        tell(epj, event(uid, 11))

        (one,) = of_kari(cast)
        assert view(cast.kari, one).starts == event(uid, 11).start

    def test_two_words_of_the_same_second(self, cast: Cast, epj: RecordSystem) -> None:
        uid, now = str(uuid4()), datetime.now(UTC).replace(microsecond=0)
        tell(epj, event(uid, 9), sent=now)

        tell(epj, event(uid, 9, state="cancelled"), sent=now)

        (one,) = of_kari(cast)
        assert view(cast.kari, one).status is STATUS.CANCELLED

    def test_a_time_that_is_over_is_not_silently_left_so(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        uid = str(uuid4())
        tell(epj, event(uid, 9))
        tell(epj, event(uid, 9, state="cancelled"))

        assert tell(epj, event(uid, 9)) == "X99"


class TestWhatNoCalendarHas:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"uid": "x" * 81},
            {"contact": "²"},
            {"contact": "9" * 400},
            {"start": datetime(1, 1, 1, tzinfo=UTC)},
            {"end": datetime.max.replace(tzinfo=UTC)},
        ],
    )
    def test_is_refused(self, cast: Cast, epj: RecordSystem, wrong: dict[str, object]) -> None:
        assert tell(epj, replace(event(str(uuid4()), 9), **wrong)) == "T99"


class TestWhichService:
    def test_an_econsultation_is_not_answered_as_an_enquiry(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one = asked(cast.kari)

        epj.answer(heard(epj).header, Process.ENQUIRY, "Svar", Content(text="Hvil armen."))

        (receipt,) = receipts(epj)
        assert [error.value for error in receipt.errors] == ["X99"]
        assert len(thread(cast, one.id).messages) == 1


def test_a_file_from_the_desk_has_nobody_who_sent_it(cast: Cast, epj: RecordSystem) -> None:
    desk = RecordSystem(epj.bus, epj.as_role, her_id=STORGATA)
    file = Attachment(content=png(), mime_type="image/png", description="kart.png")

    desk.begin(
        Process.ENQUIRY,
        "Foresporsel",
        Content(text="Kart", files=(file,)),
        KARI,
        datetime.now(UTC),
    )

    (receipt,) = receipts(desk)
    (error,) = receipt.errors
    assert (error.value, error.free) == ("X99", "Filer må sendes fra adressen til en behandler.")
