"""An authority that can be asked, as a web server on this machine."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.x509 import ocsp

from dialog.adapters.cms.authority import SIGNING, Authority
from dialog.adapters.cms.certificates import certificate
from dialog.adapters.cms.keys import OwnKey

OFFICE = "987654325"


@dataclass
class Responder:
    """An authority's web server on this machine, and what is to go wrong with it."""

    address: str
    authority: Authority
    issued: list[OwnKey] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    ocsp: bytes | int | None = None
    crl: bytes | int | None = None
    slow: float = 0

    def issue(self, uses: frozenset[str] = SIGNING) -> OwnKey:
        self.issued.append(self.authority.issue("X", OFFICE, uses))
        return self.issued[-1]

    def answer_about(self, request: bytes) -> bytes | int:
        if self.ocsp is not None:
            return self.ocsp
        serial = ocsp.load_der_ocsp_request(request).serial_number
        known = [self.authority.issuing, *(key.certificate.der for key in self.issued)]
        (one,) = [der for der in known if certificate(der).serial == serial]
        return self.authority.answer(one)

    def list_at(self, path: str) -> bytes | int:
        if self.crl is not None:
            return self.crl
        return self.authority.list_of_called_back(root=path.endswith("/root"))


class Server(ThreadingHTTPServer):
    """The server of one. It alone knows which: its keys are free again as soon as it is gone."""

    served: Responder


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.server.served.asked.append("ocsp")
        request = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(self.server.served.answer_about(request))

    def do_GET(self) -> None:
        self.server.served.asked.append("crl")
        self._say(self.server.served.list_at(self.path))

    def _say(self, body: bytes | int) -> None:
        time.sleep(self.server.served.slow)
        self.send_response(body if isinstance(body, int) else 200)
        self.end_headers()
        if isinstance(body, bytes):
            self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        return


@pytest.fixture
def responder() -> Iterator[Responder]:
    server = Server(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    server.served = Responder(
        address, Authority(responder=f"{address}/ocsp", lists=f"{address}/crl")
    )
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.served
    server.shutdown()
    server.server_close()
