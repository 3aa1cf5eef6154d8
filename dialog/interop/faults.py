"""Errors on the bus: the profile's conditions, messages that carry them, and the old SOAP form."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from lxml import etree

from dialog.interop.conditions import Condition
from dialog.interop.ports import BusFault, Delivery, Envelope, Unreadable
from dialog.interop.shapes import FUNCTION, REFERENCE, fits
from dialog.interop.trees import NotXml, tree_of

SOAP_FAULT = "AMQP_SOAP_FAULT"
NO_FUNCTION = "UNKNOWN"  # the subject of an error about a message without one
UNKNOWN = "transport:internal-error"

_SOAP = "http://www.w3.org/2003/05/soap-envelope"
_DETAIL = "http://www.kith.no/xmlstds/digitaldialog/2013-10-08"


# Our own words, so that nothing out of a message can come along.
DESCRIPTIONS: Mapping[Condition, str] = {
    Condition.INVALID_FIELD_VALUE: "A field is missing or has a value that cannot be used",
    Condition.MISSING_CERTIFICATE: "The sender's certificate is missing",
    Condition.EXPIRED_CERTIFICATE: "A certificate is outside its period of validity",
    Condition.INVALID_CERTIFICATE: "A certificate cannot be used for this message",
    Condition.REVOKED_CERTIFICATE: "A certificate is revoked, or its status is unknown",
    Condition.UNVERIFIED_CERTIFICATE: "A certificate could not be verified",
    Condition.NOT_WELL_FORMED: "The content is not XML that follows its schema",
    Condition.UNSUPPORTED_MESSAGE: "The message or its encryption is not supported",
    Condition.INTERNAL_ERROR: "The message could not be handled",
    Condition.SPOOFING: "The sender in the header is not the sender in the message",
}


def error_message(
    about: Delivery | Unreadable, condition: Condition, *data: str, to: str, ours: int = 0
) -> Envelope | None:
    """The envelope of an error, with an empty body, for the sender's error queue ``to``.

    None when the sender is not known: then there is nowhere to send it, and it is only logged.
    ``data`` may be names of fields and codes; ``ours`` is who we are when the message does not say.
    """
    heard = about.envelope if isinstance(about, Delivery) else about
    us = heard.receiver or ours
    if not heard.sender or not us:
        return None
    now = datetime.now(UTC)
    original = str(heard.message_id)
    return Envelope(
        message_id=uuid4(),
        function=heard.function if fits(heard.function, FUNCTION) else NO_FUNCTION,
        sender=us,
        receiver=heard.sender,
        sent_at=now,
        to=to,
        content_type="text/plain",
        fault=BusFault(
            condition=condition,
            original_id=original if fits(original, REFERENCE) else "",
            description=DESCRIPTIONS[condition],
            data=data,
            received_at=now,
        ),
    )


def fault_in(application: Mapping[str, object]) -> BusFault | None:
    """The fault that application properties carry, if they do."""
    if "errorCondition" not in application and "originalMessageId" not in application:
        return None
    received = application.get("receiverTimeStamp")
    data = str(application.get("errorConditionData") or "")
    return BusFault(
        condition=str(application.get("errorCondition") or UNKNOWN),
        original_id=str(application.get("originalMessageId") or ""),
        description=str(application.get("errorDescription") or ""),
        data=tuple(part for part in data.split(";") if part),
        received_at=received if isinstance(received, datetime) else None,
    )


def soap_fault_in(body: bytes) -> BusFault:
    """The fault in a SOAP 1.2 message, the older form; what cannot be read is an unknown fault."""
    try:
        root = tree_of(body)
    except NotXml:
        return BusFault(condition=UNKNOWN)
    value = root.find(f".//{{{_SOAP}}}Code/{{{_SOAP}}}Subcode/{{{_SOAP}}}Value")
    if value is None:
        value = root.find(f".//{{{_SOAP}}}Code/{{{_SOAP}}}Value")
    return BusFault(
        condition=_words(value) or UNKNOWN,
        original_id=_words(root.find(f".//{{{_DETAIL}}}messageId")),
        description=_words(root.find(f".//{{{_SOAP}}}Reason/{{{_SOAP}}}Text")),
        received_at=_time(_words(root.find(f".//{{{_DETAIL}}}applicationTimeStamp"))),
    )


def _words(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()[:200]


def _time(said: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(said)
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time
