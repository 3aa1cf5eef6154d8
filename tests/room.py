"""Gives the tests room on Python's stack, so that it is not made larger and smaller all the time.

CPython 3.11 keeps the frames of Python's calls in pieces of memory. A call that finds its piece
full asks the system for another, and its return gives that back at once: a loop just there pays for
it each time round. Below a test stand some eighty frames of pytest's, so the middle of a request
stood just there; it was a tenth of what page tests cost. A call gets a piece as large as it says it
needs, in powers of two, and those it makes go on in the rest of it.
"""

from collections.abc import Callable

import pytest

WORDS = 40_000  # just above half of a piece of 64 Ki words, of which the tests get the rest


def _in_a_large_piece(function: Callable[..., object], **arguments: object) -> object:
    return function(**arguments)


_in_a_large_piece.__code__ = _in_a_large_piece.__code__.replace(co_stacksize=WORDS)
_given: set[pytest.Session] = set()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Run the loop as it would have been run, from a call that has taken a large piece."""
    if session in _given:
        return None
    _given.add(session)
    return _in_a_large_piece(session.config.hook.pytest_runtestloop, session=session)
