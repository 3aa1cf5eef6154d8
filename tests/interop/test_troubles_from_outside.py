"""Messages that are wrong, or not for us: each is answered, and loses nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast, number
from dialog.enquiries import actions as enquiries
from dialog.interop import chores, handling
from dialog.interop.building import Content
from dialog.interop.messages import Person
from dialog.interop.messages.people import national
from dialog.interop.names import Process
from dialog.interop.policy import State
from tests.interop.hearing import KARI, heard, receipts, states, thread
from tests.interop.record_system import STRANGER, RecordSystem


class TestTroubles:
    def test_a_patient_who_has_left(self, cast: Cast, epj: RecordSystem) -> None:
        bjarne = Person(given="Bjarne", family="Aas", identities=(national(number("bjarne")),))

        epj.begin(Process.ENQUIRY, "Foresporsel", Content(text="Hei"), bjarne, timezone.now())

        (receipt,) = receipts(epj)
        assert [error.value for error in receipt.errors] == ["E35"]

    def test_a_conversation_nobody_knows(self, cast: Cast, epj: RecordSystem) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        header = heard(epj).header
        epj.answer(replace(header, id=str(uuid4())), Process.ENQUIRY, "Svar", Content(text="Hei"))

        (receipt,) = receipts(epj)
        assert [error.value for error in receipt.errors] == ["X99"]

    def test_an_answer_to_what_is_over_is_refused_in_words(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        there = heard(epj)
        closed = Content(text="Klokka åtte.", kind="SvarAvsluttet")
        epj.answer(there.header, Process.ENQUIRY, "Svar", closed)
        receipts(epj)

        epj.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Og lørdag."))

        (receipt,) = receipts(epj)
        assert [(one.value, bool(one.free)) for one in receipt.errors] == [("X99", True)]

    @pytest.mark.parametrize(
        ("body", "condition"),
        [
            (b"not protected at all", "transport:invalid-certificate"),
            (b"", "transport:unsupported-message"),
        ],
    )
    def test_bytes_that_are_no_message(
        self, cast: Cast, epj: RecordSystem, body: bytes, condition: str
    ) -> None:
        epj.deliver(body, "DIALOG_INNBYGGER_EKONTAKT")

        assert epj.faults() == [condition]
        assert states(epj) == [State.REFUSED]

    def test_another_name_outside_than_inside(self, cast: Cast, epj: RecordSystem) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        there = heard(epj)
        stranger = RecordSystem(epj.bus, epj.as_role, her_id=STRANGER)

        stranger.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Jeg er legen."))

        assert epj.faults() == ["abuse:spoofing-attack"]

    def test_another_subject_outside_than_inside(self, cast: Cast, epj: RecordSystem) -> None:
        said = epj.begin(
            Process.ENQUIRY, "Foresporsel", Content(text="Hei"), KARI, datetime.now(UTC)
        )

        epj.say(said, function="DIALOG_INNBYGGER_EKONSULTASJON")

        assert epj.faults() == ["transport:invalid-field-value"]

    def test_not_xml(self, cast: Cast, epj: RecordSystem) -> None:
        epj.send(b"<not", "DIALOG_INNBYGGER_EKONTAKT")

        assert epj.faults() == ["transport:not-well-formed-xml"]

    def test_a_fault_of_ours_loses_nothing_and_is_tried_again(
        self, cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        there = heard(epj)
        real = handling.act_on
        monkeypatch.setattr(handling, "act_on", lambda _heard: 1 / 0)
        epj.answer(there.header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
        assert State.STORED in states(epj)
        monkeypatch.setattr(handling, "act_on", real)

        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
            self.later(epj)

        assert len(thread(cast, one.id).messages) == 2

    def later(self, epj: RecordSystem) -> None:
        with epj.as_role("dialog_relay"):
            chores.handle_what_was_kept()
