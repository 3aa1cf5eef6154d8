"""The header of a message: the one part that a broker may change; the rest stays as it came."""

import struct
from dataclasses import dataclass

from proton import Message, ProtonException

_DESCRIPTOR = b"\x00\x53\x70"
_EMPTY, _SHORT, _LONG = 0x45, 0xC0, 0xD0
_TRUE, _FALSE, _NULL = b"\x41", b"\x42", b"\x40"


class BadMessage(Exception):
    """Bytes that are no message."""


@dataclass(frozen=True, slots=True)
class Header:
    """What of the header we keep: durable, priority, time to live in seconds (0 for ever) and how
    often delivery has failed.
    """

    durable: bool = True
    priority: int = 4
    ttl: float = 0.0
    failures: int = 0


def split(data: bytes) -> tuple[Header, bytes]:
    """A message's header, and the rest of it."""
    if not data.startswith(_DESCRIPTOR):
        return Header(durable=False), _must_have_content(data)
    end = _end_of_list(data, len(_DESCRIPTOR))
    message = Message()
    try:
        message.decode(data[:end])
    except ProtonException as error:
        raise BadMessage from error
    header = Header(
        durable=bool(message.durable),
        priority=message.priority,
        ttl=message.ttl or 0.0,
        failures=message.delivery_count,
    )
    return header, _must_have_content(data[end:])


def joined(header: Header, rest: bytes) -> bytes:
    """The message with this header."""
    ttl = b"\x70" + struct.pack(">I", max(1, round(header.ttl * 1000))) if header.ttl else _NULL
    fields = b"".join(
        (
            _TRUE if header.durable else _FALSE,
            b"\x50" + bytes([header.priority]),
            ttl,
            _TRUE if header.failures == 0 else _FALSE,
            b"\x70" + struct.pack(">I", header.failures),
        )
    )
    return _DESCRIPTOR + bytes([_SHORT, len(fields) + 1, 5]) + fields + rest


def _end_of_list(data: bytes, at: int) -> int:
    try:
        if data[at] == _EMPTY:
            return at + 1
        if data[at] == _SHORT:
            return at + 2 + data[at + 1]
        if data[at] == _LONG:
            return at + 5 + int(struct.unpack_from(">I", data, at + 1)[0])
    except (IndexError, struct.error) as error:
        raise BadMessage from error
    raise BadMessage


def _must_have_content(rest: bytes) -> bytes:
    """Every section begins with a described type; a message has at least one."""
    if not rest.startswith(b"\x00"):
        raise BadMessage
    return rest
