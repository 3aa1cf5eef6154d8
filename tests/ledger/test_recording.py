"""What happens in one action is written down together, and is gone with what is given up."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.conversations.events import ConversationRead, MessageSent
from dialog.demo.cast import Cast
from dialog.ledger import actions
from dialog.ledger.actions import record
from dialog.ledger.models import Delivery, Entry

from .conftest import Ear

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def matter() -> UUID:
    """Something to have looked at."""
    return uuid4()


def looked(by: Actor, matter: UUID, side: str = "patient") -> None:
    """A fact about the actor's own matter."""
    record(
        by,
        ConversationRead(
            side=side, patient_id=by.patient_id, practice_id=by.practice_id, conversation_id=matter
        ),
    )


def written(by: Actor, matter: UUID) -> list[str]:
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        lines = Entry.objects.filter(conversation_id=matter).order_by("id")
        return [line.details["side"] for line in lines]


def test_at_once_where_it_is_no_part_of_anything(cast: Cast, matter: UUID) -> None:
    looked(cast.kari, matter, "one")
    with CaptureQueriesContext(connection) as asked:
        looked(cast.kari, matter, "two")

    assert len(asked) == 1
    assert written(cast.kari, matter) == ["one", "two"]


def test_all_of_an_action_in_one_statement_in_the_order_it_happened(
    cast: Cast, matter: UUID
) -> None:
    with rows.whole(), CaptureQueriesContext(connection) as asked:
        for side in ("one", "two", "three"):
            looked(cast.kari, matter, side)
        with rows.whole():
            looked(cast.kari, matter, "four")
        before = len(asked)

    assert before == 0
    assert written(cast.kari, matter) == ["one", "two", "three", "four"]


def test_what_is_given_up_is_not_written_and_all_else_is(cast: Cast, matter: UUID) -> None:
    with rows.whole():
        looked(cast.kari, matter, "before")
        with suppress(ZeroDivisionError), rows.whole(anew=True):
            looked(cast.kari, matter, "given up")
            raise ZeroDivisionError
        looked(cast.kari, matter, "after")

    assert written(cast.kari, matter) == ["before", "after"]


def test_nothing_of_an_action_that_failed_is_left_for_the_next(cast: Cast, matter: UUID) -> None:
    with suppress(ZeroDivisionError), rows.whole():
        looked(cast.kari, matter, "given up")
        raise ZeroDivisionError
    with rows.whole():
        looked(cast.kari, matter, "after")

    assert written(cast.kari, matter) == ["after"]


def test_what_is_undone_without_having_failed_is_not_written(cast: Cast, matter: UUID) -> None:
    with rows.whole():
        with rows.whole(anew=True):
            looked(cast.kari, matter, "undone")
            transaction.set_rollback(True)
        looked(cast.kari, matter, "after")

    assert written(cast.kari, matter) == ["after"]


def test_it_is_owed_by_the_rows_that_were_seen_when_it_happened(
    cast: Cast,
    chosen: Ear,
    as_role: AsRole,
    matter: UUID,
) -> None:
    """Whether an office is served is seen by those of the office, and by nobody else."""
    lund, bjarne = cast.lund, cast.bjarne
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        actions.serve(by=PLATFORM, practice_id=lund.practice, subscriber="chosen", on=True)
    with rows.whole(), rows.seeing(account=bjarne.account_id, patient=bjarne.patient_id):
        looked(bjarne, matter)
        with rows.seeing(account=lund.account_id, practice=lund.practice_id):
            wrote(lund, matter)
        looked(bjarne, matter)

    with as_role("dialog_relay"), rows.seeing(scope="relay"):
        assert Delivery.objects.filter(subscriber="chosen", conversation_id=matter).count() == 1


def wrote(by: Actor, matter: UUID) -> None:
    """A fact that somebody listens to."""
    about = {"practice_id": by.practice_id, "patient_id": None, "conversation_id": matter}
    record(by, MessageSent(message_id=uuid4(), side=by.side, **about))
