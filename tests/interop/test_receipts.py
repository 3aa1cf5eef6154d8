"""Receipts both ways, and that each message is done once."""

from dataclasses import replace
from uuid import uuid4

from django.test import Client

from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.interop.building import Content
from dialog.interop.names import Process
from dialog.interop.policy import State
from tests.interop.hearing import heard, receipts, states, thread
from tests.interop.record_system import STRANGER, RecordSystem


class TestReceipts:
    def test_the_patient_sees_that_it_has_arrived(
        self, cast: Cast, epj: RecordSystem, as_kari: Client
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")

        epj.receives(heard(epj).header)

        page = as_kari.get(f"/meldinger/{one.id}").content.decode()
        assert "Levert til legekontoret" in page
        assert State.RECEIVED in states(epj)

    def test_one_that_is_not_taken_is_for_a_person_to_look_at(
        self, cast: Cast, epj: RecordSystem, as_kari: Client, as_siri: Client
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")

        epj.receives(heard(epj).header, "E35")

        assert "tok ikke imot det" in as_kari.get(f"/meldinger/{one.id}").content.decode()
        attention = as_siri.get("/kontor/ma-ses-pa").content.decode()
        assert "Meldingen kom ikke fram til journalsystemet" in attention

    def test_a_receipt_for_somebody_elses_message_changes_nothing(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        there = heard(epj)

        RecordSystem(epj.bus, epj.as_role, her_id=STRANGER).receives(there.header)

        assert State.RECEIVED not in states(epj)


class TestOnce:
    def test_the_same_message_again_is_answered_as_before_and_done_once(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        said = epj.answer(heard(epj).header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))

        epj.say(said)

        assert len(thread(cast, one.id).messages) == 2
        assert [receipt.taken for receipt in receipts(epj)] == [True, True]

    def test_given_twice_by_the_bus_it_is_kept_once(self, cast: Cast, epj: RecordSystem) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        there, bus_id = heard(epj), uuid4()
        said = epj.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
        before = len(states(epj))

        epj.say(said, message_id=bus_id)
        epj.say(said, message_id=bus_id)

        assert len(states(epj)) == before + 2  # the message once more, and its receipt

    def test_another_text_under_the_same_name_is_refused(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        there = heard(epj)
        said = epj.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
        receipts(epj)
        other = epj.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Klokka ni."))
        receipts(epj)

        epj.say(replace(other, header=replace(other.header, id=said.header.id)))

        (refusal,) = receipts(epj)
        assert [error.value for error in refusal.errors] == ["E10"]
        assert len(thread(cast, one.id).messages) == 3
