"""Looking, being reminded, taking the register out, and forgetting."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.breaches import actions, chores, queries
from dialog.breaches.models import Affected, Assessment, Breach
from dialog.breaches.policy import Risk
from dialog.breaches.queries import Waiting
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound
from tests.breaches.scene import assess, registered, row, view
from tests.conversations.rights import AsRole
from tests.people.on_lists import kinds


def waiting(cast: Cast, who: str = "lund") -> Waiting:
    by = getattr(cast, who)
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        return queries.waiting(by).answer()


def later(hours: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(hours=hours))


@pytest.fixture
def reminding(as_role: AsRole) -> Callable[[], None]:
    def turn() -> None:
        with as_role("dialog_relay"):
            chores.remind_of_clocks()

    return turn


class TestRemind:
    def test_at_each_moment_once_until_the_clock_has_run_out(
        self, cast: Cast, reminding: Callable[[], None]
    ) -> None:
        id = registered(cast)
        told = []
        for hours in (22, 24, 48, 66, 72, 100):
            with later(hours):
                reminding()
                reminding()
            told.append(kinds(practice=cast.lund.practice_id).count("BreachReminded"))

        assert (told, row(cast.lund, id).remind_at) == ([0, 1, 2, 3, 4, 4], None)

    def test_it_is_news_to_those_who_follow_up_until_one_of_them_opens_it(
        self, cast: Cast, reminding: Callable[[], None]
    ) -> None:
        id = registered(cast)
        before = waiting(cast)
        with later(30):
            reminding()
            reminded = waiting(cast)
            actions.read(by=cast.lund, breach_id=id)
            after = waiting(cast)

        assert [one.reminded for one in (before, reminded, after)] == [False, True, False]

    def test_nobody_is_reminded_of_what_nobody_need_be_told(
        self, cast: Cast, reminding: Callable[[], None]
    ) -> None:
        id = registered(cast)
        assess(cast, id, Risk.UNLIKELY)
        with later(80):
            reminding()

        assert row(cast.lund, id).reminded_at is None

    def test_not_by_a_person(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.remind(by=cast.lund, breach_id=registered(cast))


class TestWaiting:
    def test_the_first_clock_of_those_that_run(self, cast: Cast) -> None:
        first = view(cast.lund, registered(cast, aware_at=timezone.now() - timedelta(hours=9)))
        registered(cast)
        over = registered(cast, aware_at=timezone.now() - timedelta(hours=50))
        assess(cast, over, Risk.UNLIKELY)

        assert waiting(cast) == Waiting(count=3, first=first.deadline)

    def test_others_are_told_of_none(self, cast: Cast) -> None:
        registered(cast)

        assert waiting(cast, "siri") == Waiting() == waiting(cast, "berg")


class TestRead:
    def test_a_look_is_written_down(self, cast: Cast) -> None:
        actions.read(by=cast.lund, breach_id=registered(cast))

        assert "BreachRead" in kinds(practice=cast.lund.practice_id)

    def test_another_office_does_not_find_it(self, cast: Cast) -> None:
        id = registered(cast)
        with pytest.raises(NotFound):
            actions.read(by=cast.berg, breach_id=id)


class TestTakeRegister:
    def test_all_of_it_and_that_it_was_taken(self, cast: Cast) -> None:
        first, second = registered(cast), registered(cast)
        assess(cast, second, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=second, text="Ferdig.")

        assert {one.id for one in actions.take_register(by=cast.lund)} == {first, second}
        assert "RegisterTaken" in kinds(practice=cast.lund.practice_id)

    def test_not_by_a_colleague(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.take_register(by=cast.siri)


class TestForget:
    TABLE = "kind,days,basis,source,verified\nbreaches,30,Vår egen regel,kontoret,no\n"

    def test_what_has_been_over_for_so_long_goes_with_all_that_hangs_on_it(
        self, cast: Cast, as_role: AsRole, settings: Any, tmp_path: Path
    ) -> None:
        own = tmp_path / "retention.csv"
        own.write_text(self.TABLE)
        settings.RETENTION_FILE = str(own)
        old, open_ = registered(cast), registered(cast)
        assess(cast, old, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=old, text="Ferdig.")
        with later(24 * 31), as_role("dialog_relay"):
            chores.forget_old_breaches()

        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            left = set(Breach.objects.values_list("id", flat=True))
            hangs = Assessment.objects.count(), Affected.objects.count()
        assert (left, hangs) == ({open_}, (0, 1))
        assert "BreachForgotten" in kinds(practice=cast.lund.practice_id)

    def test_ours_says_that_nothing_goes_by_itself(self, cast: Cast, as_role: AsRole) -> None:
        id = registered(cast)
        assess(cast, id, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=id, text="Ferdig.")
        with later(24 * 3650), as_role("dialog_relay"):
            chores.forget_old_breaches()

        assert row(cast.lund, id).id == id
        with pytest.raises(NotAllowed):
            actions.forget(breach_id=id)
