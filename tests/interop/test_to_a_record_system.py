"""From a click on the portal to a message that the record system can read."""

from datetime import UTC, timedelta

import time_machine
from django.utils import timezone

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind, Topic
from dialog.demo.cast import Cast, number
from dialog.econsultations import actions as econsultations
from dialog.enquiries import actions as enquiries
from dialog.interop import chores
from dialog.interop.models import Transmission
from dialog.interop.names import Process
from dialog.interop.policy import RECEIPT_WAITS, State
from dialog.interop.processes import Side, recognised
from dialog.ledger.models import Delivery, DeliveryState
from tests.appointments.elsewhere import morning, offer
from tests.appointments.people_and_times import free
from tests.econsultations.asked import price_for
from tests.interop.record_system import KNOWN, LUND, RecordSystem
from tests.oversight.searched import asked_about
from tests.pictures import png
from tests.renewals.prescribed import ask, prescribe


def enquiry(cast: Cast, text: str = "Når åpner dere?") -> object:
    return enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text=text)


def named(message: object) -> str:
    found = recognised(message, KNOWN, Side.PATIENT)
    return f"{found.process} {found.name}" if found else ""


class TestEachService:
    def test_an_enquiry(self, cast: Cast, epj: RecordSystem) -> None:
        enquiry(cast)

        (message,) = epj.messages()

        assert named(message) == f"{Process.ENQUIRY} Foresporsel"
        assert message.question.text.plain == "Når åpner dere?"
        assert message.question.subject == "Åpningstider"
        assert message.header.patient.national_id == number("kari")
        assert message.header.receiver.her_ids[1] == str(LUND)
        assert message.header.wants_receipt
        assert not message.header.conversation

    def test_an_econsultation_with_a_picture(self, cast: Cast, epj: RecordSystem) -> None:
        kept = conversations.keep_file(by=cast.kari, name="utslett.png", data=png())
        econsultations.request_econsultation(
            by=cast.kari,
            text="Utslettet er tilbake",
            topic=Topic.KNOWN_PROBLEM,
            accepted_price=price_for(cast.kari),
            files=[kept.id],
        )

        (message,) = epj.messages()

        assert named(message) == f"{Process.ECONSULTATION} Foresporsel"
        (file,) = message.attachments
        assert (file.mime_type, len(file.content)) == (kept.media_type, kept.size)

    def test_a_renewal(self, cast: Cast, epj: RecordSystem) -> None:
        ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))

        (message,) = epj.messages()

        assert named(message) == f"{Process.RENEWAL} Foresporsel"
        assert "Metoprolol" in message.question.text.plain
        assert message.question.extra.value == "AP"

    def test_a_wish_for_a_time(self, cast: Cast, epj: RecordSystem) -> None:
        appointments.request_appointment(by=cast.kari, text="Kontroll", weekdays=[1])

        (message,) = epj.messages()

        assert named(message) == f"{Process.WISH} OnskeReserver"
        assert message.question.text.plain == "Kontroll\nDager: tirsdag"

    def test_a_child_whose_mother_writes(self, cast: Cast, epj: RecordSystem) -> None:
        enquiries.ask_practice(by=cast.kari_for_ola, topic=Topic.OTHER, text="Gjelder Ola")

        (message,) = epj.messages()

        assert message.header.patient.national_id == number("ola")
        assert message.relation.person.national_id == number("kari")
        assert message.relation.kind.value == "FO"


class TestWhatIsNotTold:
    def test_that_a_patient_asks_about_a_look(self, cast: Cast, epj: RecordSystem) -> None:
        """Whoever looked may read what lies in the record system."""
        matter = enquiry(cast)
        conversations.read(by=cast.siri, conversation_id=matter.id)
        question = asked_about(cast.kari)
        conversations.reply(by=cast.kari, conversation_id=question.id, text="Hvem er det?")

        (only,) = epj.messages()

        assert only.question.text.plain == "Når åpner dere?"


class TestOneConversation:
    def test_more_words_are_answers_in_it(self, cast: Cast, epj: RecordSystem) -> None:
        one = enquiry(cast)
        conversations.reply(by=cast.kari, conversation_id=one.id, text="Også lørdag?")

        first, second = epj.messages()

        assert named(second) == f"{Process.ENQUIRY} Svar"
        assert second.header.conversation == first.header.id

    def test_what_the_office_does_here_is_not_told_there(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one = enquiry(cast)
        epj.messages()

        conversations.reply(by=cast.siri, conversation_id=one.id, text="Klokka åtte.")

        assert epj.messages() == []

    def test_another_offices_patients_are_not_told_of(self, cast: Cast, epj: RecordSystem) -> None:
        conversations.start(
            by=cast.bjarne, kind=Kind.ENQUIRY, patient_id=cast.bjarne.patient, text="Hei"
        )

        assert epj.messages() == []


def transmissions(cast: Cast) -> list[Transmission]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(Transmission.objects.order_by("id"))


def ask_after_receipts(epj: RecordSystem) -> None:
    with epj.as_role("dialog_relay"):
        chores.ask_after_receipts()


class TestOnce:
    def test_a_bus_that_is_away_gets_it_once_it_is_back(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        epj.bus.away = 3
        enquiry(cast)

        for minutes in range(5):
            with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
                epj.pay()

        assert len(epj.bus.sent) == 1
        assert [one.state for one in transmissions(cast)] == [State.SENT]

    def test_told_again_it_is_the_same_message(self, cast: Cast, epj: RecordSystem) -> None:
        enquiry(cast)
        (first,) = epj.messages()

        with time_machine.travel(timezone.now() + 2 * RECEIPT_WAITS[0], tick=False):
            ask_after_receipts(epj)
            (second,) = epj.messages()

        assert second == first

    def test_at_last_somebody_is_told_that_no_receipt_came(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        enquiry(cast)
        now = timezone.now()
        for hours in range(0, 24, 2):
            with time_machine.travel(now + timedelta(hours=hours), tick=False):
                ask_after_receipts(epj)
                epj.pay()

        assert len(epj.bus.sent) == len(RECEIPT_WAITS)
        assert [one.state for one in transmissions(cast)] == [State.UNANSWERED]
        with rows.seeing(practice=cast.lund.practice_id):
            parked = Delivery.objects.filter(state=DeliveryState.PARKED)
            assert [one.subscriber for one in parked] == ["interop"]


class TestBooking:
    def test_a_time_is_reserved_and_the_patient_waits(self, cast: Cast, epj: RecordSystem) -> None:
        offer(cast, morning())
        slot = free(cast.kari)[0]
        appointments.book_slot(by=cast.kari, slot_id=slot.id, text="Vondt i kneet")

        (message,) = epj.messages()

        assert named(message) == f"{Process.BOOKING} ReserverAvtale"
        (event,) = message.calendar.events
        assert event.uid == str(slot.id)
        assert event.start == slot.starts.astimezone(UTC)
        assert event.contact == str(LUND)

    def test_given_back_it_is_cancelled_there(self, cast: Cast, epj: RecordSystem) -> None:
        offer(cast, morning())
        made = appointments.book_slot(by=cast.kari, slot_id=free(cast.kari)[0].id)
        epj.messages()

        appointments.cancel(by=cast.kari, conversation_id=made.conversation_id)

        (message,) = epj.messages()
        assert named(message) == f"{Process.BOOKING} AvbestillAvtale"
