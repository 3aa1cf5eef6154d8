"""Requests that leave no trace: each does all that it would, and is then given up whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from dialog import rows
from dialog.identity.middleware import OneTransaction


@contextmanager
def given_up() -> Iterator[None]:
    """Undo requests from within; around each, another savepoint and a view would be put back."""
    keep = OneTransaction.__call__

    def undo(middleware: OneTransaction, request: HttpRequest) -> HttpResponse:
        def answer(request: HttpRequest) -> HttpResponse:
            response = middleware.get_response(request)
            rows._do_what_is_left()
            transaction.set_rollback(True)
            return response

        return keep(OneTransaction(answer), request)

    with patch.object(OneTransaction, "__call__", undo):
        yield
