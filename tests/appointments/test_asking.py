"""Asking a record system what is free: once at a time, answered by the office alone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.appointments import actions, chores, queries
from dialog.appointments.freshness import ASKED_DAYS, Freshness
from dialog.appointments.models import TimesAsked
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound
from dialog.people import queries as people
from dialog.people.policy import Profession
from tests.appointments.elsewhere import confirming
from tests.appointments.people_and_times import clinician, seen

SECONDS = timedelta(seconds=1)


@pytest.fixture
def asking(cast: Cast) -> Cast:
    """Dr Lund's office, where the record system decides."""
    confirming(cast)
    return cast


def ask(by: Actor, cast: Cast, **how: Any) -> None:
    wanted = {"practitioners": [clinician(cast.lund)], "first": people.today(), "days": ASKED_DAYS}
    actions.ask_for_times(by=by, **{**wanted, **how})


def state(by: Actor, cast: Cast, **how: Any) -> Freshness | None:
    wanted = {"practitioners": [clinician(cast.lund)], "first": people.today(), "days": ASKED_DAYS}
    (one,) = seen(by, lambda: queries.standings(by, **{**wanted, **how}))
    return one.state


def asked(cast: Cast) -> list[TimesAsked]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(TimesAsked.objects.order_by("asked_at"))


def only(cast: Cast) -> UUID:
    (one,) = asked(cast)
    return one.id


class TestAskForTimes:
    def test_what_nobody_has_asked_is_asked(self, asking: Cast) -> None:
        assert state(asking.kari, asking) is None

        ask(asking.kari, asking)

        (one,) = asked(asking)
        assert one.days == DateRange(people.today(), people.today() + timedelta(days=ASKED_DAYS))
        assert state(asking.kari, asking) is Freshness.ASKED

    def test_whoever_wants_the_same_waits_for_the_same_answer(self, asking: Cast) -> None:
        ask(asking.kari, asking)
        ask(asking.per, asking)
        ask(asking.kari, asking, days=14)

        assert len(asked(asking)) == 1

    def test_other_days_are_another_question(self, asking: Cast) -> None:
        ask(asking.kari, asking)
        ask(asking.kari, asking, first=people.today() + timedelta(days=ASKED_DAYS))

        assert len(asked(asking)) == 2

    def test_everybody_one_may_meet_is_asked_about_when_nobody_is_named(self, asking: Cast) -> None:
        ask(asking.kari, asking, practitioners=())

        found = {one.practitioner_id for one in asked(asking)}
        assert asking.lund.practitioner_id in found and len(found) > 1

    def test_what_has_just_been_answered_is_not_asked_again(self, asking: Cast) -> None:
        ask(asking.kari, asking)
        actions.answer_times(by=asking.siri, asked_id=only(asking))

        ask(asking.per, asking)

        assert len(asked(asking)) == 1

    def test_what_was_never_answered_is_given_up_and_asked_anew(self, asking: Cast) -> None:
        ask(asking.kari, asking)

        with time_machine.travel(timezone.now() + 61 * SECONDS, tick=False):
            assert state(asking.kari, asking) is None
            ask(asking.per, asking)
            assert state(asking.kari, asking) is Freshness.ASKED

        first, second = asked(asking)
        assert first.failed_at is not None and second.failed_at is None

    def test_a_timebook_that_is_kept_here_is_never_asked_about(self, cast: Cast) -> None:
        ask(cast.kari, cast, practitioners=())

        assert asked(cast) == []

    def test_nor_is_somebody_the_patient_cannot_meet(self, asking: Cast) -> None:
        ask(asking.bjarne, asking)

        assert asked(asking) == []

    @pytest.mark.parametrize("wrong", [{"first": date(2020, 1, 1)}, {"days": 0}, {"days": 367}])
    def test_senseless_days_are_refused(self, asking: Cast, wrong: dict[str, Any]) -> None:
        with pytest.raises(InvalidInput):
            ask(asking.kari, asking, **wrong)

    def test_the_office_may_ask_too(self, asking: Cast) -> None:
        ask(asking.siri, asking, practitioners=[clinician(asking.lund, Profession.NURSE)])

        assert len(asked(asking)) == 1


class TestAnswerTimes:
    def test_the_times_are_fresh_for_a_minute(self, asking: Cast) -> None:
        ask(asking.kari, asking)

        assert actions.answer_times(by=asking.siri, asked_id=only(asking)) is True

        assert state(asking.kari, asking) is Freshness.FRESH
        with time_machine.travel(timezone.now() + 60 * SECONDS, tick=False):
            assert state(asking.kari, asking) is None

    def test_the_same_answer_again_changes_nothing(self, asking: Cast) -> None:
        ask(asking.kari, asking)
        actions.answer_times(by=asking.siri, asked_id=only(asking))

        assert actions.answer_times(by=asking.siri, asked_id=only(asking)) is False
        assert actions.times_failed(by=asking.siri, asked_id=only(asking)) is False
        assert state(asking.kari, asking) is Freshness.FRESH

    def test_neither_patients_nor_another_office_answer(self, asking: Cast) -> None:
        ask(asking.kari, asking)

        for stranger in (asking.kari, asking.berg, PLATFORM):
            with pytest.raises(NotFound):
                actions.answer_times(by=stranger, asked_id=only(asking))
        with pytest.raises(NotFound):
            actions.answer_times(by=asking.siri, asked_id=uuid4())


class TestTimesFailed:
    def test_nobody_waits_any_more_and_soon_it_is_asked_anew(self, asking: Cast) -> None:
        ask(asking.kari, asking)

        assert actions.times_failed(by=asking.siri, asked_id=only(asking)) is True

        assert state(asking.kari, asking) is Freshness.OLD
        with time_machine.travel(timezone.now() + 16 * SECONDS, tick=False):
            assert state(asking.kari, asking) is None


class TestListening:
    def test_the_listener_finds_what_somebody_waits_for_and_then_reads_it_there(
        self, asking: Cast, as_role: Any
    ) -> None:
        ask(asking.kari, asking)

        with as_role("dialog_relay"), rows.seeing(scope="relay"):
            ((asked_id, practice_id),) = queries.open_questions()

        found = seen(asking.siri, lambda: queries.question(asked_id))
        assert practice_id == asking.lund.practice_id
        assert found.practitioner_uuid == clinician(asking.lund)
        assert (found.first, found.until - found.first) == (
            people.today(), timedelta(days=ASKED_DAYS),
        )  # fmt: skip
        with pytest.raises(NotFound):
            seen(asking.berg, lambda: queries.question(asked_id))

    def test_what_nobody_waits_for_any_more_is_not_found(self, asking: Cast, as_role: Any) -> None:
        ask(asking.kari, asking)

        with (
            time_machine.travel(timezone.now() + 15 * SECONDS, tick=False),
            as_role("dialog_relay"),
            rows.seeing(scope="relay"),
        ):
            assert queries.open_questions() == []

    def test_yesterdays_are_forgotten(self, asking: Cast, as_role: Any) -> None:
        ask(asking.kari, asking)

        with (
            time_machine.travel(timezone.now() + timedelta(days=1, hours=1), tick=False),
            as_role("dialog_relay"),
        ):
            chores.forget_what_was_asked()

        assert asked(asking) == []


class TestRowSecurity:
    def test_a_patient_gives_up_and_never_answers(self, asking: Cast) -> None:
        ask(asking.kari, asking)

        with rows.seeing(account=asking.kari.account_id, patient=asking.kari.patient_id):
            with pytest.raises(Exception, match="row-level security"), transaction.atomic():
                TimesAsked.objects.update(answered_at=timezone.now())
            assert TimesAsked.objects.update(failed_at=timezone.now()) == 1
            assert TimesAsked.objects.all().delete()[0] == 0

    def test_another_office_and_its_patients_see_nothing(self, asking: Cast) -> None:
        ask(asking.kari, asking)

        for stranger in (asking.berg, asking.bjarne):
            assert seen(stranger, lambda: list(TimesAsked.objects.all())) == []
