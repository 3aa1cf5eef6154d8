"""The simulated registers over HTTP, on this machine only.

``POST /population`` with ``{"number": "…"}`` asks, as do the others with their own word for it;
``POST /control`` takes in a script; ``POST /token`` is Maskinporten's, whose tokens registers want
where the script says so.
"""

import json
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from dialog.registers import contact, maskinporten
from dialog.registers.kept import BROKEN, REGISTERS, BadScript, Registers, Words

HOST = "127.0.0.1"
MOST = 16 * 1024 * 1024
# What each register calls the number of whom it is asked about.
ASKED_BY = ("number", "nin", "patientNin")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, registers: Registers) -> None:
        super().__init__((HOST, port), _Asked)
        self.registers = registers
        self.stopped = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone, as one does from a slow answer. All else is a bug, and told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        self.stopped.set()  # whoever waits for a slow answer waits no longer
        super().server_close()


class _Asked(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece; in two, the second waits 40 ms for a word on the first

    @property
    def _issuer(self) -> str:
        return f"http://{HOST}:{self.server.server_address[1]}/"

    def do_GET(self) -> None:  # the library's name
        if self.path != "/.well-known/oauth-authorization-server":
            self._say(HTTPStatus.NOT_FOUND, {})
        elif not self._misbehaves(self.server.registers.behaves(maskinporten.NAME)):
            words = self.server.registers.maskinporten.published(self._issuer)
            self._say(HTTPStatus.OK, words)

    def do_POST(self) -> None:  # the library's name
        length = int(self.headers.get("Content-Length", "0"))
        name = self.path.strip("/")
        if name == "token" and length <= MOST:
            self._token(self.rfile.read(length))
            return
        if length > MOST or name not in (*REGISTERS, "control"):
            self._say(HTTPStatus.NOT_FOUND, {})
            return
        try:
            said = json.loads(self.rfile.read(length))
        except ValueError:
            self._say(HTTPStatus.BAD_REQUEST, {"error": "This is not JSON."})
            return
        authorization = self.headers.get("Authorization", "")
        door = self.server.registers.maskinporten
        if name == "control":
            self._control(said)
        elif shut := door.shuts_out(name, authorization, self._issuer):
            self._say(shut, {})
        elif name == contact.NAME:
            self._tell_of_many(said)
        else:
            self._tell(name, next((str(said[one]) for one in ASKED_BY if said.get(one)), ""))

    def _token(self, body: bytes) -> None:
        if self._misbehaves(self.server.registers.behaves(maskinporten.NAME)):
            return
        form = dict(parse_qsl(body.decode("ascii", "replace")))
        answer = self.server.registers.maskinporten.token(form, self._issuer)
        self._say(answer.status, answer.words)

    def _control(self, said: object) -> None:
        try:
            self.server.registers.read(said)
        except BadScript as fault:
            self._say(HTTPStatus.BAD_REQUEST, {"error": str(fault)})
            return
        self._say(HTTPStatus.OK, {})

    def _tell(self, register: str, number: str) -> None:
        trouble, words = self.server.registers.answer(register, number)
        if self._misbehaves(trouble):
            return
        if words is None:
            self._say(HTTPStatus.NOT_FOUND, {})
        else:
            self._say(HTTPStatus.OK, {"identifikasjonsnummer": number, **words})

    def _tell_of_many(self, said: object) -> None:
        if self._misbehaves(self.server.registers.answer(contact.NAME, "")[0]):
            return
        words = contact.answer(said, lambda one: self.server.registers.answer(contact.NAME, one)[1])
        self._say(HTTPStatus.BAD_REQUEST if words is None else HTTPStatus.OK, words or {})

    def _misbehaves(self, trouble: Words) -> bool:
        """Late, wrong or not at all, when it has been told to."""
        self.server.stopped.wait(float(trouble.get("delay", 0)))
        if trouble.get(BROKEN):
            self._say(HTTPStatus.OK, b'{"identifikasjonsnummer": ')
        elif status := trouble.get("status"):
            self._say(HTTPStatus(int(status)), {})
        return bool(trouble.get(BROKEN) or trouble.get("status"))

    def _say(self, status: HTTPStatus, words: Any) -> None:
        body = words if isinstance(words, bytes) else json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what is asked is about people."""


def server(registers: Registers, port: int = 0) -> _Server:
    """A server that listens already; ``serve_forever`` answers."""
    return _Server(port, registers)
