"""A light load client: one thread, kept connections, answers read as they come."""

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody's cookies."""

    cookies: dict[str, str]

    def get(self, path: str) -> bytes:
        """A page asked for."""
        return f"GET {path} HTTP/1.1\r\n{self._headers()}\r\n".encode()

    def post(self, path: str, **fields: str) -> bytes:
        """A form sent."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields})
        return (
            f"POST {path} HTTP/1.1\r\n{self._headers()}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def _headers(self) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return (
            f"Host: {HOST}\r\nAccept: text/html\r\nAccept-Language: nb\r\n"
            f"Accept-Encoding: identity\r\nCookie: {cookies}\r\n"
        )


@dataclass(slots=True)
class Answer:
    """What came back, how long it took, and when it was there."""

    status: int
    seconds: float
    at: float
    head: bytes
    body: bytes

    def header(self, name: str) -> list[str]:
        """The values of a header."""
        found = (line.split(": ", 1) for line in self.head.decode("latin-1").split("\r\n")[1:])
        return [value.strip() for key, value in found if key.lower() == name]


@dataclass(slots=True)
class Line:
    """One kept connection, and what is under way on it."""

    socket: socket.socket
    got: bytearray = field(default_factory=bytearray)
    place: int = -1
    sent: float = 0.0

    def send(self, place: int, request: bytes) -> None:
        """Ask; requests are small enough to go at once."""
        self.place, self.sent = place, time.perf_counter()
        self.got.clear()
        self.socket.sendall(request)

    def received(self) -> Answer | None:
        """The answer, when all of it is there."""
        self.got += (chunk := self.socket.recv(262_144))
        if not chunk:
            raise ConnectionError("the server hung up")
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.got[:end])
        if len(self.got) < end + 4 + _length(head):
            return None
        now = time.perf_counter()
        return Answer(int(head[9:12]), now - self.sent, now, head, bytes(self.got[end + 4 :]))


def _length(head: bytes) -> int:
    found = head.lower().find(b"content-length:")
    if found < 0:
        return 0
    return int(head[found + 15 :].split(b"\r\n", 1)[0])


def connect(port: int) -> Line:
    """A connection that is kept."""
    line = Line(socket.create_connection((HOST, port), timeout=PATIENCE))
    line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def one(port: int, request: bytes) -> Answer:
    """A single question."""
    return next(iter(several(port, [request], at_once=1)))


def several(port: int, requests: Iterable[bytes], *, at_once: int) -> list[Answer]:
    """Everybody's question, so many under way at once; the answers in the order of the questions.

    Whoever has been answered is followed by the next in the queue.
    """
    queue = enumerate(requests)
    answers: dict[int, Answer] = {}
    with selectors.DefaultSelector() as waiting:
        lines = [connect(port) for _ in range(at_once)]
        try:
            for line in lines:
                waiting.register(line.socket, selectors.EVENT_READ, line)
            open_ones = sum(_next(line, queue) for line in lines)
            while open_ones:
                ready = waiting.select(PATIENCE)
                if not ready:
                    raise TimeoutError("the server does not answer")
                for key, _events in ready:
                    line: Line = key.data
                    if (answer := line.received()) is not None:
                        answers[line.place] = answer
                        if not _next(line, queue):
                            waiting.unregister(line.socket)
                            open_ones -= 1
        finally:
            for line in lines:
                line.socket.close()
    return [answers[place] for place in sorted(answers)]


def _next(line: Line, queue: Iterator[tuple[int, bytes]]) -> bool:
    asked = next(queue, None)
    if asked is None:
        return False
    line.send(*asked)
    return True
