"""Before AMQP: which protocol, and who comes (SASL PLAIN or ANONYMOUS, AMQP 1.0 part 5.3).

Bytes in, bytes out; nothing is known here of sockets or of where passwords are kept.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

from proton import Data, Described

AMQP = b"AMQP\x00\x01\x00\x00"
SASL = b"AMQP\x03\x01\x00\x00"
MOST_AHEAD = 64 * 1024  # bytes sent before we have answered
LARGEST = 512  # bytes of a frame before it is known who comes
PLAIN, ANONYMOUS = "PLAIN", "ANONYMOUS"
_INIT, _RESPONSE = 0x41, 0x43


class Outcome(IntEnum):
    """How it went."""

    OK = 0
    WRONG = 1


class Unwelcome(Exception):
    """Something else than what must come here; the bytes may be sent before closing."""

    def __init__(self, farewell: bytes = b"") -> None:
        super().__init__()
        self.farewell = farewell


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password, still to be checked. Printed, they show neither."""

    name: str
    password: str

    def __repr__(self) -> str:
        return "Credentials(…)"


class Gate:
    """The gate of one connection, with one mechanism.

    ``feed`` returns what is to be sent. Then ``credentials`` may be there to check, and is answered
    with ``judged``; when ``open``, ``rest`` is the beginning of AMQP.
    """

    def __init__(self, mechanism: str) -> None:
        self._mechanism = mechanism
        self._bytes = b""
        self._greeted = self._passed = self._asked = False
        self.open = False
        self.credentials: Credentials | None = None

    @property
    def rest(self) -> bytes:
        """What came after the gate."""
        return self._bytes

    def feed(self, data: bytes) -> bytes:
        """Take bytes; answer with bytes."""
        self._bytes += data
        if len(self._bytes) > MOST_AHEAD:
            raise Unwelcome
        answer = b""
        while not self.open and self.credentials is None:
            step = self._step()
            if step is None:
                break
            answer += step
        return answer

    def judged(self, outcome: Outcome) -> bytes:
        """What to tell whoever showed credentials."""
        self.credentials = None
        self._passed = outcome == Outcome.OK
        return _frame(0x44, b"\x50" + bytes([outcome]))

    def _step(self) -> bytes | None:
        if not self._greeted or self._passed:
            return self._greet()
        if len(self._bytes) < 8:
            return None
        size, offset, kind = struct.unpack_from(">IBB", self._bytes)
        if not 8 <= size <= LARGEST or kind != 1 or not 8 <= offset * 4 <= size:
            raise Unwelcome
        if len(self._bytes) < size:
            return None
        body, self._bytes = self._bytes[offset * 4 : size], self._bytes[size:]
        return self._understand(body)

    def _greet(self) -> bytes | None:
        if len(self._bytes) < 8:
            if not AMQP.startswith(self._bytes[:4]):
                raise Unwelcome(SASL)
            return None
        hello = self._bytes[:8]
        if hello == AMQP and (self._passed or self._mechanism == ANONYMOUS):
            self.open = True  # proton reads the header itself
            return b""
        if hello != SASL or self._passed:
            raise Unwelcome(SASL)
        self._greeted, self._bytes = True, self._bytes[8:]
        name = self._mechanism.encode()
        symbols = b"\xa3" + bytes([len(name)]) + name
        array = b"\xe0" + bytes([len(symbols) + 1, 1]) + symbols
        return SASL + _frame(0x40, array)

    def _understand(self, body: bytes) -> bytes:
        code, fields = _read(body)
        if code == _INIT and not self._asked:
            if not fields or str(fields[0]) != self._mechanism:
                raise Unwelcome(self.judged(Outcome.WRONG))
            if self._mechanism == ANONYMOUS:
                return self.judged(Outcome.OK)
            if len(fields) < 2 or fields[1] is None:
                self._asked = True
                return _frame(0x42, b"\xa0\x00")
            return self._plain(fields[1])
        if code == _RESPONSE and self._asked and fields:
            return self._plain(fields[0])
        raise Unwelcome

    def _plain(self, response: object) -> bytes:
        """RFC 4616: authorisation identity, name and password, with zeros between."""
        if not isinstance(response, bytes):
            raise Unwelcome
        try:
            _behalf, name, password = response.decode().split("\0")
        except ValueError as error:
            raise Unwelcome(self.judged(Outcome.WRONG)) from error
        self.credentials = Credentials(name, password)
        return b""


def _frame(code: int, field: bytes) -> bytes:
    fields = b"\xc0" + bytes([len(field) + 1, 1]) + field
    body = b"\x00\x53" + bytes([code]) + fields
    return struct.pack(">IBBH", len(body) + 8, 2, 1, 0) + body


def _read(body: bytes) -> tuple[int, list[object]]:
    data = Data()
    try:
        data.decode(body)
        data.rewind()
        data.next()
        value = data.get_object()
    except Exception as error:
        # proton's reader lets out whatever Python made of a strange value.
        raise Unwelcome from error
    if not isinstance(value, Described) or not isinstance(value.value, list):
        raise Unwelcome
    if not isinstance(value.descriptor, int):
        raise Unwelcome
    # A view into proton's memory ends with ``data``.
    fields: list[object] = list(value.value)
    kept = [bytes(one) if isinstance(one, memoryview) else one for one in fields]
    return int(value.descriptor), kept
