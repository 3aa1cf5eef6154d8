"""Whatever the bus gives is kept byte for byte, whatever its properties say."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from dialog import rows
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.interop import complaints, listener
from dialog.interop.building import Content, receipt_for
from dialog.interop.models import Transmission
from dialog.interop.names import APPREC, Process
from dialog.interop.policy import Direction, State
from dialog.interop.ports import BusFault, Delivery, Settled, Unreadable
from dialog.interop.properties import Properties, read
from dialog.interop.writing import write
from tests.interop.envelopes import envelope
from tests.interop.hearing import heard, receipts, thread
from tests.interop.record_system import KNOWN, LUND, US, RecordSystem

SUBJECT = "DIALOG_INNBYGGER_EKONTAKT"


def kept(epj: RecordSystem) -> list[tuple[str, str, bytes]]:
    """State, code and bytes of all that has come, oldest first."""
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        found = Transmission.objects.filter(direction=Direction.IN).select_related("wire")
        return [(one.state, one.code, one.wire.body) for one in found.order_by("id")]


def unreadable(**other: object) -> Unreadable:
    said = {"missing": ("subject",), "body": b"\x00\xff", "queue": "q", "sender": LUND}
    return Unreadable(**{**said, **other})  # type: ignore[arg-type]


class TestKept:
    def test_another_body_under_the_same_id_of_the_bus_is_another_message(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        header, bus_id = heard(epj).header, uuid4()
        first, second = (
            epj.answer(header, Process.ENQUIRY, "Svar", Content(text=text)) for text in "AB"
        )
        texts = len(thread(cast, one.id).messages)
        first, second = (
            replace(said, header=replace(said.header, id=str(uuid4()))) for said in (first, second)
        )

        for said in (first, second, first, second):
            epj.say(said, message_id=bus_id)

        assert len(thread(cast, one.id).messages) == texts + 2
        assert [state for state, _code, _body in kept(epj)] == [State.HANDLED] * 4

    def test_what_is_complained_of_has_the_name_the_bus_gave_it(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        bus_id = uuid4()
        epj.deliver(b"first", SUBJECT, message_id=bus_id)
        epj.deliver(b"second", SUBJECT, message_id=bus_id)
        epj.pay()

        faults = [one.fault for one, _body in epj.bus.sent]

        assert [one.original_id for one in faults if one] == [str(bus_id)] * 2

    @pytest.mark.parametrize(
        "outside",
        [
            {"function": "X" * 300},
            {"function": "DIALOG\x00"},
            {"content_type": "a/b" * 100},
            {"content_type": "a/\x00"},
            {"agreement": "9" * 300},
            {"agreement": "\x00"},
        ],
    )
    def test_properties_that_no_column_holds(
        self, cast: Cast, epj: RecordSystem, outside: dict[str, str]
    ) -> None:
        settled = epj.deliver(b"bytes \x00 of theirs", SUBJECT, **outside)

        assert settled is Settled.ACCEPTED
        assert [body for _state, _code, body in kept(epj)] == [b"bytes \x00 of theirs"]

    @pytest.mark.parametrize("one", [unreadable(), unreadable(sender=0), unreadable(function="\0")])
    def test_one_without_the_properties_it_must_have(
        self, cast: Cast, epj: RecordSystem, one: Unreadable
    ) -> None:
        with epj.as_role("dialog_relay"):
            for _time in range(2):
                assert listener.refuse(one) is Settled.ACCEPTED

        assert kept(epj) == [(State.REFUSED, "transport:invalid-field-value", b"\x00\xff")]

    @pytest.mark.parametrize("subject", ["", "X" * 81, "Tone", "A B", "15838000099"])
    def test_a_subject_is_a_function_or_missing(self, subject: str) -> None:
        told = {"toHerId": US, "fromHerId": LUND, "applicationTimeStamp": datetime.now(UTC)}
        found = read(
            Properties(message_id=uuid4(), subject=subject, content_type="a/b", application=told),
            b"",
            "q",
        )

        missing = found.missing if isinstance(found, Unreadable) else ()
        assert missing == (() if subject == "Tone" else ("subject",))


class TestReceipts:
    def test_another_receipt_under_the_same_id_is_refused_and_changes_nothing(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        for _time in range(2):
            enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        first, second = (one.header for one in epj.messages())
        for header in (first, second):
            now = datetime.now(UTC)
            epj.send(write(receipt_for(header, id="kvittering-1", sent=now, known=KNOWN)), APPREC)

        assert [(state, code) for state, code, _body in kept(epj)] == [
            (State.HANDLED, ""),
            (State.REFUSED, "transport:invalid-field-value"),
        ]
        assert epj.faults() == ["transport:invalid-field-value"]

    @pytest.mark.parametrize("id", ["", " "])
    def test_a_receipt_without_an_id_is_known_again(
        self, cast: Cast, epj: RecordSystem, id: str
    ) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        (message,) = epj.messages()
        no, yes = (
            write(
                receipt_for(message.header, id=id, sent=datetime.now(UTC), known=KNOWN, errors=why)
            )
            for why in (["X99"], [])
        )
        for receipt in (no, no, yes):
            epj.send(receipt, APPREC)

        states = [state for state, _code, _body in kept(epj)]
        assert states == [State.HANDLED, State.REPEATED, State.HANDLED]

    @pytest.mark.parametrize("how", ["receipt", "complaint"])
    def test_a_no_to_a_receipt_of_ours_says_nothing_of_what_the_patient_wrote(
        self, cast: Cast, epj: RecordSystem, how: str
    ) -> None:
        one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        header = heard(epj).header
        epj.answer(header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
        (receipt,) = receipts(epj)
        if how == "receipt":
            epj.receives(replace(header, id=receipt.id), "X99")
        else:
            complain(epj, str(epj.bus.sent[-1][0].message_id), "transport:internal-error")

        with epj.as_role("postgres"):
            assert Conversation.objects.get(id=one.id).not_taken_at is None

    def test_a_type_with_more_than_it_may_have_gets_a_proper_receipt(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        said = epj.answer(heard(epj).header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
        kind = replace(said.header.type, free="Noe mer", list="8279")

        epj.say(replace(said, header=replace(said.header, id=str(uuid4()), type=kind)))

        assert [receipt.taken for receipt in receipts(epj)] == [True, False]


class TestComplaints:
    def test_a_condition_nobody_has_named_is_kept_as_a_fault_of_theirs(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
        heard(epj)

        complain(epj, str(epj.bus.sent[-1][0].message_id), "Kari\x00\n15838000099")

        with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
            (ours,) = Transmission.objects.filter(direction=Direction.OUT)
        assert (ours.state, ours.code) == (State.REJECTED, "transport:internal-error")

    def test_one_about_nothing(self, cast: Cast, epj: RecordSystem) -> None:
        assert complain(epj, "\x00", "x") is Settled.ACCEPTED
        assert complain(epj, "", "x") is Settled.ACCEPTED


def complain(epj: RecordSystem, original_id: str, condition: str) -> Settled:
    fault = BusFault(condition=condition, original_id=original_id)
    about = envelope(sender=epj.her_id, receiver=US, fault=fault)
    with epj.as_role("dialog_relay"):
        return complaints.take(Delivery(envelope=about, body=b"", queue=f"{US}_error"))
