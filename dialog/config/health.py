"""``GET /health``: whether the database and the relay are there, and whether the ledger is sealed
in time, for those who watch over a server.

Answered before everything else, so that it needs no session and can still tell when the database is
away. It says nothing about anybody.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from select import POLLIN, poll
from time import monotonic
from typing import Any

import psycopg
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone
from psycopg.pq import ExecStatus

from dialog.ledger.queries import relay_seen_at, sealed_at

PATH = "/health"
PATIENCE = 2  # seconds
ALIVE = timedelta(seconds=30)  # the relay says so every time it looks for work


class Health:
    """Answers for one address, and lets all others through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The state of things, or the next in line."""
        return health(request) if request.path == PATH else self.get_response(request)


def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when something is missing, and which."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = {"database": database_answers(), "relay": False}
    found["relay"] = found["database"] and relay_works()
    state = {name: "ok" if well else "away" for name, well in found.items()}
    # Patients and offices get on without; it is told, and is no reason to send nobody here.
    state["sealing"] = "ok" if found["database"] and sealing_keeps_up() else "late"
    response = JsonResponse(state, status=200 if all(found.values()) else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def database_answers() -> bool:
    """Whether the connection at hand answers, or else a new one can be made.

    Asked first, so that whoever watches every second opens no connection every second; and a new
    one is given as little time, where the web server's own would wait for long.
    """
    if connection.connection is not None and _answers(connection.connection):
        return True
    connection.close()
    where = connection.settings_dict
    try:
        psycopg.connect(
            host=where["HOST"] or None,
            port=where["PORT"] or None,
            user=where["USER"] or None,
            password=where["PASSWORD"] or None,
            dbname=where["NAME"],
            connect_timeout=PATIENCE,
        ).close()
    except psycopg.Error:
        return False
    return True


def _answers(at_hand: "psycopg.Connection[Any]") -> bool:
    """Whether a connection answers in time; asked as usual, it would be waited for without end
    where the network, or the other machine, has stopped.
    """
    server, heard = at_hand.pgconn, poll()
    deadline = monotonic() + PATIENCE
    try:
        server.send_query(b"SELECT 1")
        server.flush()
        heard.register(server.socket, POLLIN)
        while server.is_busy():
            if not heard.poll(max(0, deadline - monotonic()) * 1000):
                return False
            server.consume_input()
        return all(one.status == ExecStatus.TUPLES_OK for one in iter(server.get_result, None))
    except psycopg.Error:
        return False


def relay_works() -> bool:
    """Whether the relay has been seen lately."""
    return _lately(relay_seen_at)


def sealing_keeps_up() -> bool:
    """Whether all that was written in the ledger had been sealed lately."""
    return _lately(sealed_at)


def _lately(seen: Callable[[], datetime | None]) -> bool:
    try:
        seen_at = seen()
    except Error:
        return False
    return seen_at is not None and timezone.now() - seen_at < ALIVE
