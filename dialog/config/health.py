"""``GET /health``: whether the database and the relay are there, for those who watch over a server.

Answered before everything else, so that it needs no session and can still tell when the database is
away. It says nothing about anybody.
"""

from collections.abc import Callable
from datetime import timedelta

import psycopg
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from dialog.ledger.queries import relay_seen_at

PATH = "/health"
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
    response = JsonResponse(state, status=200 if all(found.values()) else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def database_answers() -> bool:
    """Whether the connection at hand answers, or else a new one can be made.

    Asked first, so that whoever watches every second opens no connection every second; and a new
    one is given two seconds, where the web server's own would wait for long.
    """
    where = connection.settings_dict
    try:
        if connection.connection is not None and connection.is_usable():
            return True
        connection.close()
        psycopg.connect(
            host=where["HOST"] or None,
            port=where["PORT"] or None,
            user=where["USER"] or None,
            password=where["PASSWORD"] or None,
            dbname=where["NAME"],
            connect_timeout=2,
        ).close()
    except psycopg.Error:
        return False
    return True


def relay_works() -> bool:
    """Whether the relay has been seen lately."""
    try:
        seen_at = relay_seen_at()
    except Error:
        return False
    return seen_at is not None and timezone.now() - seen_at < ALIVE
