"""How the operations log is written: by whom, where in the code and what kind of trouble, and
nothing that anybody wrote.

Our own lines are worded so. What others log is not ours to vouch for: a library's complaint may
repeat what it read, a database's the values of a row, and an address what somebody typed. So only
who complained is kept, and of an exception its kind and the way to it.
"""

import logging
import sys
import threading
from collections.abc import Iterator
from traceback import walk_tb
from types import TracebackType
from uuid import UUID

from django.http import HttpRequest

OURS = ("dialog", "epj", "certify")
log = logging.getLogger(__name__)


class Line(logging.Formatter):
    """One line, and under it the way to what was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with others' words taken out."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {said(record)}"
        if record.exc_info and record.exc_info[1]:
            line += "\n" + "\n".join(f"  {step}" for step in way_to(record.exc_info[1]))
        return line


def said(record: logging.LogRecord) -> str:
    """What a line says: our own words, which answer to which request, or only where from."""
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '')} {request.method} {asked_for(request)}"
    return f"complained in {record.module}:{record.lineno}"


def asked_for(request: HttpRequest) -> str:
    """The address as it stands in the code, and the ids in it; never what was typed."""
    match = request.resolver_match
    if match is None:
        return "an address"
    ids = [str(one) for one in match.kwargs.values() if isinstance(one, UUID)]
    return " ".join(["/" + match.route, *ids])


def way_to(error: BaseException | None) -> Iterator[str]:
    """What was raised and what that came of: each its kind and the way to it, and no word of it."""
    while error:
        yield from (step(*one) for one in _frames(error.__traceback__))
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        yield f"{kind} ({constraint})" if constraint else kind
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error:
            yield "because of"


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int, str]]:
    for frame, line in walk_tb(traceback):
        yield frame.f_globals.get("__name__", "?"), line, frame.f_code.co_name


def step(module: str, line: int, function: str) -> str:
    """One step of the way."""
    return f"{module}:{line} {function}"


def take_in_the_unexpected() -> None:
    """What nobody caught, and what Python warns of, go the same way into the log."""

    def unexpected(
        kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return sys.__excepthook__(kind, error or kind(), traceback)
        return log.critical("nobody expected this", exc_info=error)

    sys.excepthook = unexpected
    threading.excepthook = lambda about: unexpected(
        about.exc_type, about.exc_value, about.exc_traceback
    )
    logging.captureWarnings(True)
