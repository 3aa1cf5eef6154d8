"""A small SMS gateway on this machine, that answers as it is told and knows a repeat."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from dialog.adapters.memory import Phone


class Gateway(ThreadingHTTPServer):
    """What has come to it, and what it says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.kept: dict[str, Phone] = {}
        self.asked: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.status = 202
        self.unreachable: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms"

    @property
    def phones(self) -> list[Phone]:
        return list(self.kept.values())


class Answers(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = "urlencoded" in self.headers["Content-Type"]
        fields = dict(parse_qsl(body)) if form else json.loads(body)
        self.server.asked.append(fields)
        self.server.headers.append(dict(self.headers))
        status = 422 if fields["to"] in self.server.unreachable else self.server.status
        if status < 300:
            self.server.kept.setdefault(fields["reference"], Phone(fields["to"], fields["text"]))
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def open_gateway() -> Iterator[Gateway]:
    """A gateway for as long as it is needed."""
    with Gateway() as gateway:
        thread = threading.Thread(target=gateway.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield gateway
        finally:
            gateway.shutdown()
            thread.join()
