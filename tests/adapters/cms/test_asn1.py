"""The reader of ASN.1: strict and loose forms, and that nobody can keep it busy."""

import time
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.adapters.cms.asn1 import Garbled, Value, whole

OPEN, END = b"\x80", b"\x00\x00"


def walked(value: Value) -> int:
    """How many values there are in it, all the way down."""
    if not value.constructed:
        return 1
    return 1 + sum(walked(one) for one in value.children())


class TestReading:
    def test_lengths_short_long_and_open(self) -> None:
        short = b"\x04\x03abc"
        long = b"\x04\x81\x03abc"
        pieces = b"\x24" + OPEN + short + b"\x24" + OPEN + long + END + END

        assert [whole(one).octets() for one in (short, long, pieces)] == [b"abc", b"abc", b"abcabc"]
        assert whole(pieces).whole == pieces

    @pytest.mark.parametrize(
        ("hexadecimal", "dotted"),
        [
            ("0609608648016503040201", "2.16.840.1.101.3.4.2.1"),
            ("06092a864886f70d010702", "1.2.840.113549.1.7.2"),
            ("06052b0e03021a", "1.3.14.3.2.26"),
            ("060100", "0.0"),
        ],
    )
    def test_object_identifiers(self, hexadecimal: str, dotted: str) -> None:
        assert whole(bytes.fromhex(hexadecimal)).oid() == dotted

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\x30",
            b"\x30\x05\x02",
            b"\x30\x81",
            b"\x30\x85\x00\x00\x00\x00\x00",  # a length of five bytes
            b"\x04" + OPEN + b"abc" + END,  # an open length for something that holds nothing
            b"\x30" + OPEN + b"\x02\x01",  # and one that never ends
            b"\x1f\x81\x01\x00",  # a tag of several bytes
            b"\x02\x01\x00\x00",  # something after it
        ],
    )
    def test_what_is_garbled(self, data: bytes) -> None:
        with pytest.raises(Garbled):
            whole(data)

    @pytest.mark.parametrize("data", [b"\x06\x00", b"\x06\x01\x81", b"\x06\x32" + b"\x01" * 50])
    def test_identifiers_that_are_none(self, data: bytes) -> None:
        with pytest.raises(Garbled):
            whole(data).oid()

    def test_another_kind_than_asked_for(self) -> None:
        number = whole(b"\x02\x01\x05")

        assert number.number() == 5
        for ask in (number.oid, number.children, whole(b"\x04\x01\x05").number):
            with pytest.raises(Garbled):
                ask()


class TestNobodyKeepsItBusy:
    """Five megabytes made to cost more than their length; a second is a hundred times too much."""

    @pytest.mark.parametrize(
        "data",
        [
            b"\x30\x80\x1f" + b"\x81" * 5_000_000,
            b"\x30\x80" * 2_500_000,
            b"\x30\x80" + b"\x05\x00" * 2_500_000 + END,
            b"\x30\x84\x00\x4c\x4b\x40" + b"\x05\x00" * 2_500_000,
            b"\x24\x80" + b"\x04\x00" * 2_500_000 + END,
        ],
    )
    def test_a_body_made_to(self, data: bytes) -> None:
        begun = time.process_time()

        with pytest.raises(Garbled):
            walked(whole(data))

        assert time.process_time() - begun < 2

    def test_pieces_in_pieces(self) -> None:
        data = b"\x04\x01a"
        for _level in repeat(None, 40):
            data = b"\x24" + OPEN + data + END

        with pytest.raises(Garbled):
            whole(data).octets()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_garbled(data: bytes) -> None:
    try:
        assert walked(whole(data)) > 0
    except Garbled:
        return
