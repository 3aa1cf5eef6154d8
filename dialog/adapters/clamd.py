"""Clamd looks through files: their bytes go over its socket, and its verdict comes back.

Written here and not taken from a library: the two there are have had no release in years, know no
time-out for the whole of it, and what we need is the one command below.
"""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialog.conversations.ports import ScannerAway

CONNECTS = 2.0  # seconds
PATIENCE = 15.0  # seconds for all of it; ten megabytes take one or two
LEFT_ALONE = 5.0  # seconds after it was silent, so that those who wait do not take every thread
PIECE = 64 * 1024
LONGEST_ANSWER = 1024
HERE = ("127.0.0.1", "localhost")
WRONG = (
    "CLAMD_ADDRESS must be the path of clamd's socket (/run/clamav/clamd.ctl) or a port on this "
    "machine (127.0.0.1:3310): files go to it unencrypted."
)

log = logging.getLogger(__name__)


class Clamd:
    """Asks the clamd at the address in the settings, with a connection for each file."""

    open = True

    def __init__(self, address: str = "", patience: float = PATIENCE) -> None:
        self._place = place_of(address or settings.CLAMD_ADDRESS)
        self._patience = patience
        self._back_at = 0.0

    def harmful(self, data: bytes) -> bool:
        """Whether it knows something harmful in these bytes."""
        if time.monotonic() < self._back_at:
            raise ScannerAway
        try:
            answer = self._asked(data)
        except OSError as error:
            if isinstance(error, TimeoutError):
                self._back_at = time.monotonic() + LEFT_ALONE
            log.error("clamd does not answer: %s", type(error).__name__)
            raise ScannerAway from None
        if answer == b"stream: OK":
            return False
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            log.warning("a file was refused: clamd knows it")
            return True
        # Too long for its limit, out of memory, or no clamd at all: nobody has looked at the file.
        log.error("clamd has not looked at a file; its own log says why")
        raise ScannerAway

    def _asked(self, data: bytes) -> bytes:
        until = time.monotonic() + self._patience
        with self._connected() as line:
            try:
                for part in _as_a_stream(data):
                    line.settimeout(_left(until))
                    line.sendall(part)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it may have said why before it hung up
            answer = b""
            while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
                line.settimeout(_left(until))
                more = line.recv(LONGEST_ANSWER)
                if not more:
                    break
                answer += more
        return answer.partition(b"\0")[0]

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        family = socket.AF_UNIX if isinstance(self._place, str) else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(min(CONNECTS, self._patience))
            line.connect(self._place)
            yield line


def place_of(address: str) -> str | tuple[str, int]:
    """The same as a socket wants it."""
    if address.startswith("/"):
        return address
    host, _colon, port = address.rpartition(":")
    if host not in HERE or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ImproperlyConfigured(WRONG)
    return host, int(port)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _as_a_stream(data: bytes) -> Iterator[bytes]:
    """The command, the bytes in pieces with their length before each, and a piece of none."""
    yield b"zINSTREAM\0"
    for at in range(0, len(data), PIECE):
        piece = data[at : at + PIECE]
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)
