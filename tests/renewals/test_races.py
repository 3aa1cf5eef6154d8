"""Two at once: real threads, real commits, one request and one decision."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections

from dialog.demo.cast import Cast
from dialog.errors import DialogError
from dialog.renewals import actions
from dialog.renewals.actions import Decision
from dialog.renewals.policy import ItemStatus, ItemVerb, Reason

from .prescribed import ask, lines, offers, prescribe

AT_ONCE = 6


@pytest.fixture
def everybody(own_database: str, people_of_the_cast: Cast) -> Cast:
    """The cast in a database where transactions commit."""
    return people_of_the_cast


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """The same act by several at the same moment; how each went."""
    gate = Barrier(AT_ONCE)

    def one(number: int) -> str:
        gate.wait()
        try:
            act(number)
        except DialogError as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(one, range(AT_ONCE)))


def test_the_same_prescription_from_many_windows_is_one_request(everybody: Cast) -> None:
    ref = prescribe(everybody, everybody.anne, "Metoprolol")

    went = at_once(lambda _: ask(everybody.anne, ref))

    assert went == {"done": 1, "already-requested": AT_ONCE - 1}
    assert offers(everybody.anne)[0].asked_in is not None


def test_many_decisions_about_one_line_are_one_decision(everybody: Cast) -> None:
    request_id = ask(everybody.anne, earlier="Nesespray", another="Salve")
    first = lines(everybody.lund, request_id)[0].id

    went = at_once(lambda number: decide(everybody, request_id, first, yes=number % 2 == 0))

    assert went == {"done": 1, "wrong-state": AT_ONCE - 1}
    decided = lines(everybody.anne, request_id)[0].status
    assert decided in (ItemStatus.RENEWED, ItemStatus.DECLINED)


def decide(cast: Cast, request_id: UUID, item_id: UUID, *, yes: bool) -> None:
    verb = ItemVerb.RENEW if yes else ItemVerb.DECLINE
    reason = Reason.NONE if yes else Reason.STOPPED
    actions.decide(
        by=cast.lund,
        conversation_id=request_id,
        decisions=[Decision(item_id=item_id, verb=verb, reason=reason)],
    )
