"""Speaking with a provider: in seconds, within bounds, over TLS, and never on to somewhere else."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx

from dialog.adapters.oidc.refusals import Away

PATIENCE = httpx.Timeout(4.0, connect=3.0)
WHOLE = 8.0  # seconds that an answer may take in all, however slowly it drips
MOST = 256 * 1024  # bytes of an answer
LEFT_ALONE = 5.0
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a provider answered."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def fine(self) -> bool:
        """Whether it did what we asked."""
        return self.status in (HTTPStatus.OK, HTTPStatus.CREATED)

    def words(self) -> dict[str, Any]:
        """The body as JSON; empty when it is none, or not an object."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return read if isinstance(read, dict) else {}


class Wire:
    """One client for all; its connections are kept.

    A host that twice in a row did not answer is left alone for a moment, so that people who wait
    for it do not keep everybody else waiting for a thread.
    """

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False)
        self._silent: dict[str, tuple[int, float]] = {}

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for something."""
        return self._ask("GET", url, headers, None)

    def post(
        self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form."""
        return self._ask("POST", url, headers, form)

    def ask(
        self, url: str, words: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send JSON, which is where what is asked about belongs: an address would be logged."""
        given = {"Content-Type": "application/json", **(headers or {})}
        return self._ask("POST", url, given, json.dumps(words).encode())

    def close(self) -> None:
        """Let go of its connections."""
        self._client.close()

    def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        body: Mapping[str, str] | bytes | None,
    ) -> Answer:
        host = urlsplit(url).netloc
        times, since = self._silent.get(host, (0, 0.0))
        if times > 1 and time.monotonic() - since < LEFT_ALONE:
            raise Away("left alone for a moment")
        asked = {"Accept": "application/json", **(headers or {})}
        try:
            sent = _sent(body)
            with self._client.stream(method, url, headers=asked, **sent) as answer:
                read = _read(answer, time.monotonic() + WHOLE)
                found = Answer(status=answer.status_code, headers=answer.headers, body=read)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._silent[host] = times + 1, time.monotonic()
            raise Away("no answer") from error
        self._silent.pop(host, None)
        if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR or found.status in BUSY:
            raise Away("out of order")
        return found


def _sent(body: Mapping[str, str] | bytes | None) -> dict[str, Any]:
    return {"content": body} if isinstance(body, bytes) else {"data": body}


def _read(answer: httpx.Response, deadline: float) -> bytes:
    body = b""
    for part in answer.iter_bytes():
        body += part
        if len(body) > MOST:
            raise Away("too long an answer")
        if time.monotonic() > deadline:
            raise Away("too slow an answer")
    return body
