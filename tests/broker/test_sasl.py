"""The gate: who comes in, in the frames of AMQP 1.0 part 5.3."""

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from proton import Data, Described, symbol, ulong

from dialog.broker.sasl import AMQP, ANONYMOUS, PLAIN, SASL, Gate, Outcome, Unwelcome


def frame(code: int, *fields: object) -> bytes:
    data = Data()
    data.put_object(Described(ulong(code), list(fields)))
    body = data.encode()
    return struct.pack(">IBBH", len(body) + 8, 2, 1, 0) + bytes(body)


def init(mechanism: str, *fields: object) -> bytes:
    return frame(0x41, symbol(mechanism), *fields)


def outcome(answer: bytes) -> int:
    return answer[-1]


PASSWORD = b"\0portal\0en lang frase"


class TestPlain:
    def test_name_and_password_are_shown_to_whoever_checks_them(self) -> None:
        gate = Gate(PLAIN)

        hello = gate.feed(SASL)
        gate.feed(init(PLAIN, PASSWORD))

        assert hello.startswith(SASL) and b"PLAIN" in hello and b"ANONYMOUS" not in hello
        assert gate.credentials is not None and not gate.open
        assert (gate.credentials.name, gate.credentials.password) == ("portal", "en lang frase")
        assert "frase" not in repr(gate.credentials)

    def test_the_right_ones_come_in(self) -> None:
        gate = Gate(PLAIN)
        gate.feed(SASL + init(PLAIN, PASSWORD))

        answer = gate.judged(Outcome.OK)
        gate.feed(AMQP + b"and more")

        assert outcome(answer) == 0
        assert gate.open
        assert gate.rest == AMQP + b"and more"

    def test_the_wrong_ones_do_not(self) -> None:
        gate = Gate(PLAIN)
        gate.feed(SASL + init(PLAIN, PASSWORD))

        assert outcome(gate.judged(Outcome.WRONG)) == 1
        with pytest.raises(Unwelcome):
            gate.feed(AMQP)

    def test_a_client_that_waits_to_be_asked_is_asked(self) -> None:
        gate = Gate(PLAIN)

        asked = gate.feed(SASL + init(PLAIN))
        gate.feed(frame(0x43, PASSWORD))

        assert b"\x00\x53\x42" in asked
        assert gate.credentials is not None

    def test_bytes_may_come_one_at_a_time(self) -> None:
        gate = Gate(PLAIN)

        for byte in SASL + init(PLAIN, PASSWORD):
            gate.feed(bytes([byte]))

        assert gate.credentials is not None

    @pytest.mark.parametrize("mechanism", [ANONYMOUS, "EXTERNAL", "SCRAM-SHA-256"])
    def test_another_mechanism_is_refused(self, mechanism: str) -> None:
        gate = Gate(PLAIN)
        gate.feed(SASL)

        with pytest.raises(Unwelcome) as refused:
            gate.feed(init(mechanism, b"x"))

        assert outcome(refused.value.farewell) == 1

    def test_whoever_sends_on_and_on_unasked_is_turned_away(self) -> None:
        gate = Gate(PLAIN)
        gate.feed(SASL + init(PLAIN, PASSWORD))

        with pytest.raises(Unwelcome):
            gate.feed(bytes(100_000))

    def test_nobody_gets_past_without_saying_who_they_are(self) -> None:
        with pytest.raises(Unwelcome):
            Gate(PLAIN).feed(AMQP)


class TestAnonymous:
    def test_anybody_comes_in(self) -> None:
        gate = Gate(ANONYMOUS)

        answer = gate.feed(SASL + init(ANONYMOUS, b"x") + AMQP)

        assert outcome(answer) == 0
        assert gate.open

    def test_also_without_sasl(self) -> None:
        gate = Gate(ANONYMOUS)

        gate.feed(AMQP)

        assert gate.open

    def test_a_password_is_not_taken_where_anybody_could_read_it(self) -> None:
        gate = Gate(ANONYMOUS)
        gate.feed(SASL)

        with pytest.raises(Unwelcome) as refused:
            gate.feed(init(PLAIN, PASSWORD))

        assert outcome(refused.value.farewell) == 1


@example(PLAIN, [b"s\x80\x00\x00\x00"])  # a character that is none
@given(some.sampled_from([PLAIN, ANONYMOUS]), some.lists(some.binary(max_size=80), max_size=5))
def test_whatever_comes_is_asked_for_more_or_turned_away(
    mechanism: str, parts: list[bytes]
) -> None:
    gate = Gate(mechanism)

    try:
        gate.feed(SASL)
        for part in parts:
            gate.feed(struct.pack(">IBBH", len(part) + 8, 2, 1, 0) + part)
    except Unwelcome:
        return

    assert gate.credentials is None or mechanism == PLAIN
