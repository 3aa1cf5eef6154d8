"""Between the profile's properties and proton's messages."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from proton import Message, int32, symbol, timestamp

from dialog.interop.ports import Delivery, Envelope, Unreadable
from dialog.interop.properties import Properties, read, written


def encoded(envelope: Envelope, body: bytes, address: str, system: str = "") -> bytes:
    """An envelope and its bytes as an AMQP message, durable; ``address`` replaces the queue."""
    said = written(envelope)
    application = {**said.application, **({"X-SystemIdentifier": system} if system else {})}
    return encoded_properties(replace(said, to=address, application=application), body)


def encoded_properties(said: Properties, body: bytes) -> bytes:
    """Properties and bytes as an AMQP message; what is empty is not there."""
    there = {
        "ttl": said.ttl,
        "id": said.message_id,
        "address": said.to,
        "subject": said.subject,
        "reply_to": said.reply_to,
        "correlation_id": said.correlation_id,
        "content_type": said.content_type,
    }
    message = Message(
        body=body,
        durable=True,
        inferred=True,
        properties={name: _typed(value) for name, value in said.application.items()},
        **{name: value for name, value in there.items() if value},
    )
    return bytes(message.encode())


def decoded(data: bytes, queue: str) -> Delivery | Unreadable:
    """An AMQP message as a delivery from this queue, or as what it lacks."""
    message = Message()
    message.decode(data)
    body = message.body
    told: dict[str, object] | None = message.properties
    properties = Properties(
        message_id=_kept(message.id),
        to=(message.address or "").rpartition("/")[2],
        subject=message.subject or "",
        reply_to=message.reply_to or "",
        correlation_id=_kept(message.correlation_id),
        content_type=str(message.content_type or ""),
        ttl=message.ttl or 0.0,
        failures=message.delivery_count or 0,
        application={str(name): _plain(value) for name, value in (told or {}).items()},
    )
    return read(properties, _bytes(body), queue)


def _typed(value: object) -> object:
    if isinstance(value, datetime):
        return timestamp(math.floor(value.timestamp() * 1000))
    if isinstance(value, int) and not isinstance(value, bool):
        return int32(value)
    return value


def _plain(value: object) -> object:
    if isinstance(value, timestamp):
        try:
            return datetime.fromtimestamp(int(value) / 1000, UTC)
        except (OverflowError, OSError, ValueError):
            return None
    if isinstance(value, UUID | bool):
        return value
    if isinstance(value, int):
        return int(value)
    return str(value) if isinstance(value, str | symbol) else None


def _kept(value: object) -> object:
    """A value that outlives its message: a view into proton's memory does not."""
    return bytes(value) if isinstance(value, memoryview) else value


def _bytes(body: object) -> bytes:
    """The bytes of a body, also of senders that put them in a value section."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if isinstance(body, bytes | memoryview | bytearray) else b""
