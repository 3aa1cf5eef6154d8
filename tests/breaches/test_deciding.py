"""Assessing, telling Datatilsynet, adding, and being done."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dialog import rows
from dialog.breaches import actions
from dialog.breaches.models import Assessment
from dialog.breaches.policy import Risk, Said, Status, deadline
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from tests.breaches.scene import an_hour_ago, assess, letters, registered, row, view
from tests.conversations.rights import AsRole
from tests.people.on_lists import kinds


class TestAssess:
    def test_each_time_stands_and_the_last_one_counts(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        assess(cast, id, Risk.UNLIKELY)

        found = view(cast.lund, id)

        assert [one.risk for one in found.assessments] == [Risk.HIGH, Risk.UNLIKELY]
        assert (found.risk, found.status, found.clock_runs) == (
            Risk.UNLIKELY,
            Status.ASSESSED,
            False,
        )
        assert kinds(practice=cast.lund.practice_id).count("BreachAssessed") == 2

    def test_no_clock_runs_where_nobody_need_be_told(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.UNLIKELY)

        assert row(cast.lund, id).remind_at is None

    def test_the_clock_goes_by_what_is_known_now_and_the_first_is_kept(self, cast: Cast) -> None:
        id = registered(cast)
        earlier = an_hour_ago() - timedelta(hours=30)
        assess(cast, id, aware_at=earlier)

        found = view(cast.lund, id)

        assert found.deadline == deadline(earlier)
        assert found.discovered_at > earlier

    @pytest.mark.parametrize("field", ["information", "consequences", "measures", "contact"])
    def test_what_the_authority_asks_for_is_needed_when_there_is_a_risk(
        self, cast: Cast, field: str
    ) -> None:
        id = registered(cast)
        with pytest.raises(InvalidInput) as refused:
            assess(cast, id, **{field: ""})
        assess(cast, id, Risk.UNLIKELY, **{field: ""})

        assert refused.value.field == field

    def test_another_office_does_not_find_it(self, cast: Cast) -> None:
        id = registered(cast)
        said: dict[str, Any] = {"reason": "x", "aware_at": an_hour_ago()}
        with pytest.raises(NotFound):
            actions.assess(by=cast.berg, breach_id=id, risk=Risk.UNLIKELY, **said)


class TestAdd:
    def test_it_stands_beside_what_is_there_also_when_it_is_over(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=id, text="Lært.")
        actions.add(by=cast.lund, breach_id=id, said=Said.MEASURE, text="Ny rutine.")

        assert [(one.said, one.text) for one in view(cast.lund, id).additions] == [
            (Said.CLOSED, "Lært."),
            (Said.MEASURE, "Ny rutine."),
        ]

    @pytest.mark.parametrize("said", [Said.CLOSED, Said.NOTIFIED, Said.REOPENED])
    def test_what_has_a_step_of_its_own_is_not_added(self, cast: Cast, said: Said) -> None:
        with pytest.raises(InvalidInput):
            actions.add(by=cast.lund, breach_id=registered(cast), said=said, text="Ja")

    @pytest.mark.parametrize("column", ["text = '\\x00'", "said = 'measure'"])
    def test_nothing_is_written_over_whoever_asks(
        self, cast: Cast, as_role: AsRole, column: str
    ) -> None:
        id = registered(cast)
        actions.add(by=cast.lund, breach_id=id, said=Said.NOTE, text="Slik var det.")
        for role in ("dialog_web", "postgres"):
            with (
                as_role(role),
                pytest.raises(Exception, match=r"not written over|permission denied"),
                transaction.atomic(),
            ):
                connection.cursor().execute(f"UPDATE breaches_addition SET {column}")  # noqa: S608


class TestNotify:
    def test_the_clock_stops(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id)
        actions.notify(by=cast.lund, breach_id=id, told_at=timezone.now(), reference="26/1")

        found = view(cast.lund, id)

        assert (found.status, found.clock_runs) == (Status.NOTIFIED, False)
        assert row(cast.lund, id).remind_at is None
        assert [one.text for one in found.additions] == ["26/1"]

    def test_late_needs_a_reason(self, cast: Cast) -> None:
        long_ago = timezone.now() - timedelta(hours=80)
        id = registered(cast, aware_at=long_ago)
        assess(cast, id, aware_at=long_ago)
        with pytest.raises(InvalidInput) as refused:
            actions.notify(by=cast.lund, breach_id=id, told_at=timezone.now())
        actions.notify(
            by=cast.lund, breach_id=id, told_at=timezone.now(), why_late="Legen var syk."
        )

        assert refused.value.field == "why_late"
        assert view(cast.lund, id).additions[0].reason == "Legen var syk."

    def test_more_about_the_same_is_not_late(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id)
        first = timezone.now()
        actions.notify(by=cast.lund, breach_id=id, told_at=first)
        actions.notify(by=cast.lund, breach_id=id, told_at=timezone.now())

        assert view(cast.lund, id).notified_at == first

    @pytest.mark.parametrize("hours", [-5, 5])
    def test_it_is_neither_before_nor_to_come(self, cast: Cast, hours: int) -> None:
        id = registered(cast)
        assess(cast, id)
        with pytest.raises(InvalidInput) as refused:
            actions.notify(
                by=cast.lund, breach_id=id, told_at=timezone.now() + timedelta(hours=hours)
            )

        assert refused.value.field == "told_on"

    def test_not_before_it_is_assessed(self, cast: Cast) -> None:
        with pytest.raises(WrongState):
            actions.notify(by=cast.lund, breach_id=registered(cast), told_at=timezone.now())


class TestClose:
    def test_not_before_everybody_has_been_told_when_the_risk_is_high(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        with pytest.raises(WrongState) as refused:
            actions.close(by=cast.lund, breach_id=id, text="Ferdig.")
        actions.notify(by=cast.lund, breach_id=id, told_at=timezone.now())
        letters(cast, id)
        actions.close(by=cast.lund, breach_id=id, text="Ferdig.")

        assert "Datatilsynet har ikke fått melding." in str(refused.value.sentence)
        assert view(cast.lund, id).status is Status.CLOSED

    def test_a_colleague_may_not(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.close(by=cast.siri, breach_id=registered(cast), text="Ferdig.")


class TestReopen:
    def test_the_clock_runs_again_where_it_must(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=id, text="Ferdig.")
        actions.reopen(by=cast.lund, breach_id=id, text="Vi fant mer.")
        assess(cast, id, Risk.HIGH)

        found = view(cast.lund, id)

        assert (found.status, found.clock_runs, found.closed_at) == (Status.ASSESSED, True, None)

    def test_what_is_not_over_is_not_opened(self, cast: Cast) -> None:
        with pytest.raises(WrongState):
            actions.reopen(by=cast.lund, breach_id=registered(cast), text="Hei")


class TestTheWall:
    def test_a_colleague_who_does_not_follow_up_sees_nothing_by_a_wrong_query(
        self, cast: Cast
    ) -> None:
        assess(cast, registered(cast))
        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            seen = Assessment.objects.count()
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            assert (seen, Assessment.objects.count()) == (0, 1)
