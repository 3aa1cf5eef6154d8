"""What goes when its time is over, in each room, and what is never gone before that."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, chores
from dialog.conversations.rights import Why
from dialog.demo.cast import Cast
from dialog.ledger.actions import prune
from dialog.ledger.models import RequestKey
from dialog.notifications.chores import forget_attempts
from dialog.notifications.models import Attempt
from tests.content.scene import raw
from tests.conversations.rights import ANSWER, answered, pay, seen
from tests.econsultations.asked import words_of
from tests.people.on_lists import enquiry

AsRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def keep_enquiries(settings: Any, tmp_path: Path) -> Callable[[int], None]:
    """An operator who keeps enquiries for so many days."""

    def say(days: int) -> None:
        own = tmp_path / f"{days}.csv"
        own.write_text(f"kind,days,basis,source,verified\nenquiry,{days},avtale,brev 12,yes\n")
        settings.RETENTION_FILE = str(own)

    return say


@pytest.fixture
def a_year(keep_enquiries: Callable[[int], None]) -> None:
    """An operator who keeps enquiries for a year."""
    keep_enquiries(365)


def later(as_role: AsRole, days: int, chore: Callable[[], object]) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        with as_role("dialog_relay"):
            chore()
        pay(as_role)


def is_there(cast: Cast, conversation_id: UUID) -> bool:
    thread = seen(cast.kari, conversation_id)
    return thread.erased is None and ANSWER in [one.text for one in thread.messages]


class TestConversations:
    def test_go_when_they_have_been_over_for_as_long_as_they_are_kept(
        self, cast: Cast, as_role: AsRole, a_year: None
    ) -> None:
        conversation_id = answered(cast)

        later(as_role, 364, chores.erase_what_is_past_its_time)
        assert is_there(cast, conversation_id)
        later(as_role, 366, chores.erase_what_is_past_its_time)

        thread = seen(cast.kari, conversation_id)
        assert thread.erased is not None
        assert thread.erased.why is Why.RETENTION
        owner = f"conversation {thread.id}"
        assert raw("SELECT 1 FROM content_datakey WHERE owner = %s", owner) == []

    def test_do_not_go_by_themselves_unless_somebody_has_said_so(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        conversation_id = answered(cast)

        later(as_role, 20_000, chores.erase_what_is_past_its_time)

        assert is_there(cast, conversation_id)

    def test_do_not_go_while_they_are_open_or_something_is_promised(
        self, cast: Cast, as_role: AsRole, a_year: None
    ) -> None:
        still_open, promised = enquiry(cast.kari).id, answered(cast)
        actions.make_follow_up(
            by=cast.siri, conversation_id=promised, what="Ring", due_at=timezone.now()
        )

        later(as_role, 500, chores.erase_what_is_past_its_time)

        assert seen(cast.kari, still_open).erased is None
        assert is_there(cast, promised)

    def test_the_patient_and_the_office_read_why(
        self, cast: Cast, as_role: AsRole, a_year: None, as_kari: Client, as_lund: Client
    ) -> None:
        conversation_id = answered(cast)
        later(as_role, 366, chores.erase_what_is_past_its_time)

        assert "fordi tiden det skal ligge her, var ute" in words_of(
            as_kari.get(f"/meldinger/{conversation_id}")
        )
        assert "oppbevaringstiden var ute" in words_of(
            as_lund.get(f"/kontor/sak/{conversation_id}")
        )


class TestTheOfficesPage:
    def test_says_what_goes_when_by_which_rule_and_what_goes_soon(
        self, cast: Cast, keep_enquiries: Callable[[int], None], as_lund: Client
    ) -> None:
        answered(cast)
        keep_enquiries(365)
        long = words_of(as_lund.get("/kontor/innstillinger/oppbevaring"))
        keep_enquiries(20)
        short = words_of(as_lund.get("/kontor/innstillinger/oppbevaring"))

        assert "Etter 365 dager fra saken ble avsluttet" in long
        assert "0 saker" in long
        assert "1 sak " in short
        assert "Ikke av seg selv." in long
        assert "Ikke bekreftet av jurist" in long
        assert "avtale" in long


class TestOtherThings:
    def test_who_was_told_is_forgotten_and_not_before_it_is_settled(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        answered(cast)
        pay(as_role)
        with rows.seeing(practice=cast.lund.practice_id):
            assert Attempt.objects.exists()

        later(as_role, 364, forget_attempts)
        with rows.seeing(practice=cast.lund.practice_id):
            kept = Attempt.objects.count()
        later(as_role, 364 + 366, forget_attempts)

        with rows.seeing(practice=cast.lund.practice_id):
            assert kept
            assert not Attempt.objects.filter(settled_at__isnull=False).exists()

    def test_clicks_are_forgotten_after_a_week(self, cast: Cast, as_role: AsRole) -> None:
        with rows.seeing(account=cast.kari.account_id):
            RequestKey.objects.create(account_id=cast.kari.account_id, key=UUID(int=1), digest=b"")

        def pruned() -> None:
            with rows.seeing(scope="relay"):
                prune()

        later(as_role, 6, pruned)
        assert raw("SELECT count(*) FROM ledger_requestkey") == [(1,)]
        later(as_role, 8, pruned)

        assert raw("SELECT count(*) FROM ledger_requestkey") == [(0,)]
