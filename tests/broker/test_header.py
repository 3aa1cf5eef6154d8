"""The header is the broker's to change; the rest of a message is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from proton import Message

from dialog.broker.header import BadMessage, Header, joined, split


def test_the_rest_stays_byte_for_byte() -> None:
    sent = bytes(Message(body=b"x", durable=True, ttl=15.0, subject="A", inferred=True).encode())

    header, rest = split(sent)
    message = Message()
    message.decode(joined(Header(ttl=12.5, failures=3), rest))

    assert header == Header(durable=True, ttl=15.0)
    assert sent.endswith(rest)
    assert (message.ttl, message.delivery_count, message.durable) == (12.5, 3, True)
    assert (message.subject, bytes(message.body)) == ("A", b"x")


def test_a_message_without_a_header_gets_one() -> None:
    sent = bytes(Message(body=b"x", inferred=True).encode())
    bare = split(sent)[1]

    header, rest = split(bare)

    assert header.durable is False
    assert rest == bare
    assert split(joined(header, rest)) == (header, bare)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x53\x70", b"\x00\x53\x70\xc0\xff\x05", b"text", b"\x00\x53\x70\x45"]
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        split(data)


@given(some.binary(max_size=60))
def test_whatever_comes_is_a_message_or_refused(data: bytes) -> None:
    try:
        header, rest = split(b"\x00\x53\x70" + data)
    except BadMessage:
        return

    assert split(joined(header, rest))[1] == rest
