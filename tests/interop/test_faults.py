"""Errors on the bus: what we tell a sender, and what others tell us, also in the old form."""

from dataclasses import replace
from datetime import datetime

import pytest

from dialog.interop.faults import (
    DESCRIPTIONS,
    NO_FUNCTION,
    UNKNOWN,
    Condition,
    error_message,
    soap_fault_in,
)
from dialog.interop.ports import Delivery, Unreadable
from dialog.interop.properties import read, written
from tests.interop.envelopes import FUNCTION, envelope

PLAIN = {str, int, datetime}  # what a bus has words for
SOAP = b"""<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>
  <s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>transport:expired-certificate</s:Value>
  </s:Subcode></s:Code><s:Reason><s:Text xml:lang="no">Utloept</s:Text></s:Reason>
  <s:Detail><d:messageId xmlns:d="http://www.kith.no/xmlstds/digitaldialog/2013-10-08"
    >3e2b6d0c-0d3d-4a45-8b5c-6e0d5b1d2f11</d:messageId>
  <d:applicationTimeStamp xmlns:d="http://www.kith.no/xmlstds/digitaldialog/2013-10-08"
    >2026-05-15T11:20:30+02:00</d:applicationTimeStamp></s:Detail></s:Fault></s:Body></s:Envelope>"""


def heard() -> Delivery:
    return Delivery(envelope=envelope(), body=b"", queue="8141704_async")


class TestWhatWeTell:
    def test_the_sender_hears_which_message_and_what_was_wrong(self) -> None:
        about = heard()

        told = error_message(about, Condition.INVALID_FIELD_VALUE, "toHerId", to="8141703_error")

        assert told is not None and told.fault is not None
        assert (told.sender, told.receiver) == (8141704, 8141703)
        assert (told.function, told.to) == (FUNCTION, "8141703_error")
        assert told.message_id != about.envelope.message_id
        assert told.fault.original_id == str(about.envelope.message_id)
        assert told.fault.condition == "transport:invalid-field-value"
        assert told.fault.data == ("toHerId",)
        assert told.fault.received_at is not None

    def test_without_a_sender_there_is_nowhere_to_send_it(self) -> None:
        about = Unreadable(missing=("fromHerId",), body=b"", queue="q", receiver=8141704)

        assert error_message(about, Condition.INVALID_FIELD_VALUE, to="") is None

    def test_who_we_are_can_be_said_when_the_message_does_not(self) -> None:
        about = Unreadable(missing=("toHerId",), body=b"", queue="q", sender=8141703)

        told = error_message(about, Condition.INVALID_FIELD_VALUE, to="e", ours=8141704)

        assert told is not None
        assert told.sender == 8141704

    def test_what_a_hostile_sender_wrote_is_not_sent_on(self) -> None:
        about = Unreadable(
            missing=("toHerId",),
            body=b"",
            queue="q",
            sender=8141703,
            receiver=8141704,
            function="Kari Nordmann",
            message_id="15838000099",
        )

        told = error_message(about, Condition.INVALID_FIELD_VALUE, "toHerId", to="8141703_error")

        assert told is not None and told.fault is not None
        assert told.function == NO_FUNCTION
        assert told.fault.original_id == ""
        written(told)

    @pytest.mark.parametrize("condition", Condition)
    def test_every_condition_can_be_sent(self, condition: Condition) -> None:
        told = error_message(heard(), condition, to="8141703_error")

        assert told is not None
        again = read(written(told), b"", "8141703_error")
        assert isinstance(again, Delivery) and again.envelope.fault is not None
        assert again.envelope.fault.description == DESCRIPTIONS[condition]
        assert {type(value) for value in written(told).application.values()} <= PLAIN


class TestTheOldForm:
    def test_a_soap_fault_says_the_same(self) -> None:
        fault = soap_fault_in(SOAP)

        assert fault.condition == "transport:expired-certificate"
        assert fault.original_id == "3e2b6d0c-0d3d-4a45-8b5c-6e0d5b1d2f11"
        assert fault.description == "Utloept"
        assert fault.received_at is not None and fault.received_at.isoformat().endswith("+02:00")

    def test_it_is_known_by_its_subject(self) -> None:
        properties = replace(
            written(envelope()), subject="AMQP_SOAP_FAULT", content_type="application/soap+xml"
        )

        again = read(properties, SOAP, "8141704_error")

        assert isinstance(again, Delivery) and again.envelope.fault is not None
        assert again.envelope.fault.condition == "transport:expired-certificate"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"not xml",
            b"<fault/>",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            b"3e2b6d0c-0d3d-4a45-8b5c-6e0d5b1d2f11",
        ],
    )
    def test_what_cannot_be_read_is_an_unknown_fault(self, body: bytes) -> None:
        fault = soap_fault_in(body)

        assert (fault.condition, fault.original_id, fault.description) == (UNKNOWN, "", "")
