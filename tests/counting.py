"""How many queries something takes, so that it is the same however long its list is."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> int:
    """The queries behind one page, which must be found.

    Asked for once before, because the first request of a while also keeps its reader signed in.
    """
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


def questions(ask: Any) -> int:
    """The queries behind whatever is asked."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
