"""What a record system writes comes back into the same conversation."""

from datetime import UTC, datetime

from dialog import rows
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Outcome, Status, Topic
from dialog.demo.cast import Cast
from dialog.econsultations.policy import EConsultationStatus
from dialog.enquiries import actions as enquiries
from dialog.interop.building import Content
from dialog.interop.names import Process
from dialog.people.policy import Channel
from dialog.renewals.policy import ItemStatus
from tests.econsultations.asked import asked, seen
from tests.elsewhere import elsewhere
from tests.interop.hearing import KARI, heard, receipts, thread
from tests.interop.record_system import RecordSystem
from tests.renewals.prescribed import ask, lines, prescribe


class TestAnswers:
    def test_an_enquiry_is_answered_in_its_conversation(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        asked_there = heard(epj)

        epj.answer(asked_there.header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))

        after = thread(cast, one.id)
        assert [message.text for message in after.messages] == ["Når?", "Klokka åtte."]
        assert after.messages[1].author_name == "Ingrid Lund"
        assert after.status is Status.WITH_PATIENT
        (receipt,) = receipts(epj)
        assert receipt.taken

    def test_answered_and_closed(self, cast: Cast, epj: RecordSystem) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")

        epj.answer(
            heard(epj).header,
            Process.ENQUIRY,
            "Svar",
            Content(text="Klokka åtte.", kind="SvarAvsluttet"),
        )

        assert thread(cast, one.id).outcome is Outcome.ANSWERED

    def test_an_econsultation_is_answered_asked_about_and_declined(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        first, second, third = asked(cast.kari), asked(cast.kari), asked(cast.kari)
        there = {one.header.id: one for one in epj.messages()}
        one, two, three = there.values()

        epj.answer(one.header, Process.ECONSULTATION, "Svar", Content(text="Hvil armen."))
        epj.answer(two.header, Process.ECONSULTATION, "Foresporsel", Content(text="Hvor lenge?"))
        epj.answer(
            three.header,
            Process.ECONSULTATION,
            "Svar",
            Content(text="Jeg må se på den.", kind="IkkeEgnet"),
        )

        assert thread(cast, first.id).status is Status.RESTING
        assert thread(cast, second.id).status is Status.WITH_PATIENT
        assert seen(cast.kari, third).status is EConsultationStatus.DECLINED
        assert seen(cast.kari, third).charge in (0, None)

    def test_prescriptions_are_renewed(self, cast: Cast, epj: RecordSystem) -> None:
        one = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))

        epj.answer(heard(epj).header, Process.RENEWAL, "Svar", Content(text="Fornyet for et år."))

        assert [line.status for line in lines(cast.kari, one)] == [ItemStatus.RENEWED]
        assert thread(cast, one).messages[-1].text == "Fornyet for et år."

    def test_prescriptions_that_need_a_consultation(self, cast: Cast, epj: RecordSystem) -> None:
        one = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))

        epj.answer(
            heard(epj).header,
            Process.RENEWAL,
            "Svar",
            Content(text="Det er på tide med en kontroll.", kind="BestillTime"),
        )

        (line,) = lines(cast.kari, one)
        assert line.status is ItemStatus.CONSULTATION_NEEDED
        assert line.explanation == "Det er på tide med en kontroll."

    def test_the_office_writes_first(self, cast: Cast, epj: RecordSystem) -> None:
        epj.begin(
            Process.ENQUIRY, "Foresporsel", Content(text="Ring oss."), KARI, datetime.now(UTC)
        )

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            (matter,) = conversations.my_matters(cast.kari)
        assert thread(cast, matter.id).messages[0].text == "Ring oss."


def test_a_late_answer_finds_its_way_when_the_office_works_here_again(
    cast: Cast, epj: RecordSystem
) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    there = heard(epj)
    elsewhere(cast.lund, epj.as_role, channel=Channel.WORKSPACE)

    epj.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))

    assert len(thread(cast, one.id).messages) == 2
