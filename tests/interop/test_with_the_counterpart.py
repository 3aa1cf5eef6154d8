"""The platform and the record system talk: what the patient does, what the office answers."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.appointments.models import TimesAsked
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Status, Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.interop import asking
from dialog.interop.exchange import question
from dialog.interop.models import Transmission
from dialog.interop.names import Process
from dialog.interop.policy import Direction, State
from dialog.interop.ports import Delivery, Envelope
from dialog.people.queries import today
from dialog.renewals.policy import ItemStatus
from epj import answers, calendar, kept, letters, patients
from epj.kept import State as Kept
from epj.scripts import Deed
from tests.appointments.people_and_times import at, booked, clinician, free, view, wished
from tests.econsultations.asked import asked
from tests.epj.numbers import LUND
from tests.epj.office import Office
from tests.interop.record_system import RecordSystem
from tests.renewals.prescribed import ask, lines, prescribe


class Line:
    """Carries messages between the two until nobody has more to say."""

    def __init__(self, platform: RecordSystem, office: Office) -> None:
        self.platform, self.office = platform, office
        self.carried = 0
        self.faults: list[str] = []
        self.refused: list[tuple[str, str, str]] = []

    def carry(self) -> None:
        while self._to_the_office() or self._to_the_platform():
            pass

    def answers(self, verb: str, text: str = "", **more: str) -> None:
        """The office answers what lies in its inbox."""
        self.carry()
        (n,) = self.office.inbox()
        answers.say(self.office.desk, n, Deed(do=verb, text=text, **more))
        self.carry()

    def asks_what_is_free(self, cast: Cast) -> None:
        """As the page does, and the office answers."""
        self.platform.bus.asked = self._is_asked
        appointments.ask_for_times(
            by=cast.kari, practitioners=[clinician(cast.lund)], first=today(), days=28
        )
        with rows.seeing(practice=cast.lund.practice_id):
            one = TimesAsked.objects.get().id
        with self.platform.as_role("dialog_relay"):
            asking.answer(one, cast.lund.practice)

    def _is_asked(self, envelope: Envelope, body: bytes) -> Delivery:
        asked = question(envelope, "reply.1", 15.0)
        self.office.system.take(Delivery(envelope=asked, body=body, queue=envelope.to))
        answered, back = self.office.wire.sent.pop()
        assert answered.correlation_id == str(envelope.message_id)
        return Delivery(envelope=answered, body=back, queue="reply.1")

    def _to_the_office(self) -> bool:
        self.platform.pay()
        sent = self.platform.bus.sent
        new, self.carried = sent[self.carried :], len(sent)
        for envelope, body in new:
            self.office.system.take(Delivery(envelope=envelope, body=body, queue=envelope.to))
            if envelope.fault:
                self.faults.append(envelope.fault.condition)
        return bool(new)

    def _to_the_platform(self) -> bool:
        self.office.work()
        sent = self.office.wire.sent
        new, self.office.read_until = sent[self.office.read_until :], len(sent)
        for envelope, body in new:
            if envelope.fault:
                self.faults.append(envelope.fault.condition)
                continue
            self.platform.deliver(
                body, envelope.function, sender=envelope.sender, message_id=envelope.message_id
            )
        return bool(new)


TROUBLE = "state IN ('kept', 'refused', 'parked', 'due', 'sent', 'rejected', 'complained')"


@pytest.fixture
def line(cast: Cast, epj: RecordSystem, tmp_path: Path) -> Iterator[Line]:
    office = Office(tmp_path)
    made = Line(epj, office)
    yield made
    assert made.faults == []
    troubles = [(one.process, one.name, one.code) for one in kept.every(office.store, TROUBLE)]
    office.store.close()
    assert troubles == made.refused
    with rows.seeing(practice=cast.lund.practice_id):
        states = set(Transmission.objects.values_list("direction", "state"))
    refused = {(Direction.IN, State.REFUSED)} if made.refused else set()
    assert states <= {
        (Direction.IN, State.HANDLED),
        (Direction.OUT, State.RECEIVED),
        (Direction.OUT, State.SENT),  # receipts
        *refused,
    }


def thread(cast: Cast, conversation_id: object) -> list[str]:
    """What Kari reads."""
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        found = conversation_queries.thread(cast.kari, conversation_id)  # type: ignore[arg-type]
        return [one.text for one in found.messages]


def status(cast: Cast, conversation_id: object) -> Status:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        return conversation_queries.conversation_for(cast.kari, conversation_id).status  # type: ignore[arg-type]


def test_an_enquiry_is_answered_and_closed(cast: Cast, line: Line) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når åpner dere?")
    line.answers("ask", "Hvilken dag?")
    conversations.reply(by=cast.kari, conversation_id=one.id, text="Lørdag")
    line.answers("close", "Da har vi stengt")

    assert thread(cast, one.id)[-1] == "Da har vi stengt"
    assert status(cast, one.id) == Status.CLOSED


@pytest.mark.parametrize(
    ("verb", "closed"), [("answer", False), ("ask", False), ("decline", True), ("refer", True)]
)
def test_an_econsultation(cast: Cast, line: Line, verb: str, closed: bool) -> None:
    one = asked(cast.kari)
    line.answers(verb, "Kom på kontroll")

    assert any("Kom på kontroll" in said for said in thread(cast, one.id))
    assert (status(cast, one.id) == Status.CLOSED) == closed


@pytest.mark.parametrize(
    ("verb", "becomes"),
    [
        ("renew", ItemStatus.RENEWED),
        ("decline", ItemStatus.DECLINED),
        ("refer", ItemStatus.CONSULTATION_NEEDED),
    ],
)
def test_a_renewal(cast: Cast, line: Line, verb: str, becomes: ItemStatus) -> None:
    one = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
    line.answers(verb, "Ta blodprøve")

    (drug,) = lines(cast.kari, one)
    assert drug.status == becomes


def test_a_wish_is_given_a_time(cast: Cast, line: Line) -> None:
    one = wished(cast.kari)
    (slot, *_others) = line.office.offers()
    line.answers("give", "Velkommen", at="first")

    seen = view(cast.kari, one.conversation_id)
    assert (seen.status, seen.starts) == (AppointmentStatus.BOOKED, slot.starts)


def test_a_wish_is_refused(cast: Cast, line: Line) -> None:
    one = wished(cast.kari)
    line.answers("refuse", "Vi har dessverre ingen")

    assert view(cast.kari, one.conversation_id).status == AppointmentStatus.CANCELLED


class TestBooking:
    @pytest.fixture
    def slots(self, cast: Cast, line: Line) -> list[calendar.Slot]:
        """What is free there, and known here because it was asked for."""
        begins = at(time(9))
        made = calendar.open_times(
            line.office.store,
            her_id=LUND,
            begins=begins,
            ends=begins + timedelta(hours=1),
            minutes=20,
        )
        line.asks_what_is_free(cast)
        return made

    def test_what_is_free_there_is_offered_here(
        self, cast: Cast, line: Line, slots: list[calendar.Slot]
    ) -> None:
        assert {str(one.id) for one in free(cast.kari)} == {one.uid for one in slots}

    def test_yes_and_given_back(self, cast: Cast, line: Line, slots: list[calendar.Slot]) -> None:
        one = booked(cast.kari, free(cast.kari)[0])
        assert view(cast.kari, one.conversation_id).status == AppointmentStatus.PENDING
        line.carry()

        assert view(cast.kari, one.conversation_id).status == AppointmentStatus.BOOKED
        (there,) = line.office.appointments()
        assert there.asked == slots[0].uid
        appointments.cancel(by=cast.kari, conversation_id=one.conversation_id)
        line.carry()
        assert calendar.appointment(line.office.store, there.uid).state == "cancelled"

    def test_no(self, cast: Cast, line: Line, slots: list[calendar.Slot]) -> None:
        one = booked(cast.kari, free(cast.kari)[0])
        calendar.close_time(line.office.store, slots[0].uid)
        line.carry()

        assert view(cast.kari, one.conversation_id).status == AppointmentStatus.CANCELLED

    def test_given_back_while_nobody_had_answered(
        self, cast: Cast, line: Line, slots: list[calendar.Slot]
    ) -> None:
        one = booked(cast.kari, free(cast.kari)[0])
        appointments.cancel(by=cast.kari, conversation_id=one.conversation_id)
        line._to_the_office()

        assert [one.state for one in line.office.appointments()] == []
        line.carry()
        assert [one.state for one in line.office.appointments()] == ["cancelled"]
        assert view(cast.kari, one.conversation_id).status == AppointmentStatus.CANCELLED
        # The yes that was on its way comes too late, and is refused.
        line.refused = [(Process.BOOKING, "SvarAvtaleReservasjon", "X99")]


class TestTheOfficeFirst:
    @pytest.fixture
    def known(self, cast: Cast, line: Line) -> patients.Patient:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Hei")
        line.answers("close", "Hei")
        return patients.meant(line.office.store, "Kari")

    def test_an_appointment_made_moved_and_cancelled(
        self, cast: Cast, line: Line, known: patients.Patient
    ) -> None:
        desk = line.office.desk
        starts = (desk.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
        made = letters.book(desk, known, starts)
        line.carry()
        with rows.seeing(practice=cast.lund.practice_id):
            told = Transmission.objects.filter(function=Process.APPOINTMENTS.upper()).get()
        assert view(cast.kari, told.conversation_id).starts == starts

        moved = letters.move(desk, made, starts + timedelta(hours=1))
        line.carry()
        assert view(cast.kari, told.conversation_id).starts == starts + timedelta(hours=1)
        letters.cancel(desk, moved)
        line.carry()
        assert view(cast.kari, told.conversation_id).status == AppointmentStatus.CANCELLED

    @pytest.mark.parametrize("process", [Process.ENQUIRY, Process.ECONSULTATION])
    def test_words(self, cast: Cast, line: Line, known: patients.Patient, process: Process) -> None:
        letters.write(line.office.desk, known, "Ta en prøve", process=process)
        line.carry()

        (sent,) = kept.every(
            line.office.store, "process = ? AND name = 'Foresporsel' AND direction = 'out'", process
        )
        assert sent.state == Kept.RECEIVED
