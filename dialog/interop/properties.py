"""The profile's AMQP properties, from and to an envelope; nobody's library, only plain values.

Source of the rules: the national AMQP profile and the published client, as restated in
docs/interop-bus.md. HER-ids are integers. Nothing about a patient can be written here: each value
has a narrow shape of its own, and what looks like an identity number is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from dialog.interop import shapes
from dialog.interop.faults import SOAP_FAULT, fault_in, soap_fault_in
from dialog.interop.ports import BusFault, Delivery, Envelope, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """One message's header, properties and application properties, as plain Python values.

    ``ttl`` is in seconds, 0 for none; ``failures`` is the header's delivery-count.
    """

    message_id: object = None
    to: str = ""
    subject: str = ""
    reply_to: str = ""
    correlation_id: object = None
    content_type: str = ""
    ttl: float = 0.0
    failures: int = 0
    application: Mapping[str, object] = field(default_factory=dict)


class NotForProperties(ValueError):
    """A value that may not travel outside the encryption; the name says which, never the value."""


def written(envelope: Envelope) -> Properties:
    """The properties that say what an envelope says."""
    application: dict[str, object] = {
        "fromHerId": envelope.sender,
        "toHerId": envelope.receiver,
        "applicationTimeStamp": envelope.sent_at,
    }
    if envelope.agreement:
        application["cpaId"] = _shaped("cpaId", envelope.agreement, shapes.REFERENCE)
    if envelope.fault is not None:
        application |= _fault_written(envelope.fault)
    correlation = envelope.correlation_id or str(envelope.message_id)
    return Properties(
        message_id=str(envelope.message_id),
        to=_shaped("to", envelope.to, shapes.ADDRESS),
        subject=_shaped("subject", envelope.function, shapes.FUNCTION),
        reply_to=envelope.reply_to and _shaped("reply-to", envelope.reply_to, shapes.ADDRESS),
        correlation_id=_shaped("correlation-id", correlation, shapes.REFERENCE),
        content_type=_shaped("content-type", envelope.content_type, shapes.CONTENT_TYPE),
        ttl=envelope.ttl or 0.0,
        application=application,
    )


def read(properties: Properties, body: bytes, queue: str) -> Delivery | Unreadable:
    """What properties say, or what they lack of what is mandatory."""
    tolerated: list[str] = []
    told = properties.application
    soap = properties.subject == SOAP_FAULT
    sender = _her_id(told.get("fromHerId"), tolerated)
    receiver = _her_id(told.get("toHerId"), tolerated)
    sent_at = _time(told.get("applicationTimeStamp"), tolerated)
    missing = _missing(properties, sender, receiver, sent_at)
    if missing or sender is None or receiver is None or sent_at is None:
        return Unreadable(
            missing=missing,
            body=body,
            queue=queue,
            message_id=_text(properties.message_id),
            function=properties.subject,
            sender=sender or 0,
            receiver=receiver or 0,
            failures=properties.failures,
        )
    envelope = Envelope(
        message_id=_message_id(properties.message_id, sender, body, tolerated),
        function=properties.subject,
        sender=sender,
        receiver=receiver,
        sent_at=sent_at,
        to=properties.to or queue,
        content_type=properties.content_type,
        correlation_id=_text(properties.correlation_id),
        reply_to=properties.reply_to,
        agreement=_text(told.get("cpaId")),
        ttl=properties.ttl or None,
        fault=soap_fault_in(body) if soap else fault_in(told),
    )
    return Delivery(
        envelope=envelope,
        body=body,
        queue=queue,
        failures=properties.failures,
        tolerated=tuple(dict.fromkeys(tolerated)),
    )


def _fault_written(fault: BusFault) -> dict[str, object]:
    application: dict[str, object] = {
        "originalMessageId": _shaped("originalMessageId", fault.original_id, shapes.REFERENCE),
        "errorCondition": _shaped("errorCondition", fault.condition, shapes.FAULT_WORDS),
        "errorDescription": _shaped("errorDescription", fault.description, shapes.FAULT_WORDS),
        "errorConditionData": ";".join(
            _shaped("errorConditionData", one, shapes.FAULT_WORDS) for one in fault.data
        ),
    }
    if fault.received_at is not None:
        application["receiverTimeStamp"] = fault.received_at
    return application


def _shaped(name: str, value: str, shape: re.Pattern[str]) -> str:
    """The value, where it may travel; as plain text, for the bus knows no kinds of text of ours."""
    if not shapes.fits(value, shape):
        raise NotForProperties(name)
    return str(value)


def _missing(
    properties: Properties, sender: int | None, receiver: int | None, sent_at: datetime | None
) -> tuple[str, ...]:
    there = {
        "toHerId": receiver is not None,
        "fromHerId": sender is not None,
        "subject": shapes.fits(properties.subject, shapes.FUNCTION),
        "applicationTimeStamp": sent_at is not None,
        "content-type": bool(properties.content_type),
    }
    return tuple(name for name, present in there.items() if not present)


def _her_id(value: object, tolerated: list[str]) -> int | None:
    """A HER-id; digits in a text are understood, and said so."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
        tolerated.append("her-id-as-text")
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return int(value) if 0 < value < 2**31 else None


def _time(value: object, tolerated: list[str]) -> datetime | None:
    """A time; ISO 8601 in a text is understood, and said so. Without a zone it is UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
        tolerated.append("timestamp-as-text")
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _message_id(value: object, sender: int, body: bytes, tolerated: list[str]) -> UUID:
    """A message-id; one that is none gets the same made-up id each time it comes."""
    found = _uuid(value)
    if found is not None:
        return found
    said = _text(value)
    tolerated.append("message-id-not-uuid" if said else "message-id-missing")
    return uuid5(NAMESPACE_URL, f"{sender} {said or body.hex()}")


def _uuid(value: object) -> UUID | None:
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
