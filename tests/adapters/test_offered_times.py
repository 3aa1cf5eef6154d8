"""The free times port: what is published, a record system that is asked, and memory."""

import time

import psycopg
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from dialog import rows
from dialog.actor import Actor
from dialog.adapters.memory import MemoryOfferedTimes
from dialog.adapters.offered_times import Asked, Published
from dialog.appointments import queries
from dialog.appointments.freshness import ASKED_DAYS, Freshness
from dialog.appointments.models import TimesAsked
from dialog.appointments.ports import OfferedTimes, offered_times
from dialog.demo.cast import Cast
from dialog.people import queries as people
from tests.appointments.crowds import own_database
from tests.appointments.elsewhere import confirming
from tests.appointments.people_and_times import clinician, free
from tests.appointments.record_system import SOON, record_system


@pytest.fixture
def everybody(own_database: str, people_of_the_cast: Cast) -> Cast:
    """The cast where what is asked is committed."""
    return people_of_the_cast


def look(times: OfferedTimes, by: Actor, cast: Cast, patience: float = 0.0) -> Freshness:
    """Somebody opens the page of free times, as a request does: in one transaction."""
    whose = [clinician(cast.lund)]
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        return times.refresh(
            by=by,
            practitioners=whose,
            first=people.today(),
            days=ASKED_DAYS,
            patience=patience,
        )


def asked(cast: Cast) -> list[TimesAsked]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(TimesAsked.objects.order_by("asked_at"))


class TestOfferedTimes:
    """What every one of them keeps to where timebooks are kept here."""

    @pytest.mark.parametrize("kind", [Published, Asked, MemoryOfferedTimes])
    def test_a_timebook_that_is_kept_here_is_always_fresh(
        self, cast: Cast, kind: type[OfferedTimes]
    ) -> None:
        assert look(kind(), cast.kari, cast, patience=3) is Freshness.FRESH

    @pytest.mark.parametrize("kind", [Published, Asked, MemoryOfferedTimes])
    def test_somebody_on_no_list_has_nothing_to_wait_for(
        self, cast: Cast, kind: type[OfferedTimes]
    ) -> None:
        assert look(kind(), cast.bjarne, cast) is Freshness.FRESH


class TestPublished:
    def test_it_is_what_the_settings_name(self) -> None:
        assert isinstance(offered_times(), Published)

    def test_nothing_is_asked_of_the_database(self, cast: Cast) -> None:
        by = cast.kari
        with CaptureQueriesContext(connections["default"]) as statements:
            Published().refresh(by=by, practitioners=(), first=people.today(), days=28, patience=3)

        assert len(statements) == 0


class TestAsked:
    def test_the_answer_comes_while_one_waits(self, everybody: Cast) -> None:
        confirming(everybody, [])

        with record_system(everybody, after=0.05) as heard:
            began = time.perf_counter()
            found = look(Asked(), everybody.kari, everybody, patience=SOON)
            took = time.perf_counter() - began

        assert (found, len(heard)) == (Freshness.FRESH, 1)
        assert took < SOON
        assert len(free(everybody.kari)) == 6

    def test_the_page_that_waited_reads_what_came_meanwhile(self, everybody: Cast) -> None:
        confirming(everybody, [])
        by = everybody.kari

        with (
            record_system(everybody),
            rows.seeing(account=by.account_id, patient=by.patient_id),
        ):
            before = queries.free_slots(by)
            look(Asked(), by, everybody, patience=SOON)
            after = queries.free_slots(by)

        assert (len(before), sum(len(day.slots) for day in after)) == (0, 6)

    def test_no_answer_is_no_reason_to_wait_longer_than_one_said(self, everybody: Cast) -> None:
        confirming(everybody)

        began = time.perf_counter()
        found = look(Asked(), everybody.kari, everybody, patience=0.15)
        took = time.perf_counter() - began

        assert found is Freshness.ASKED
        assert 0.15 <= took < SOON

    def test_the_question_is_there_though_the_request_is_not_over(self, everybody: Cast) -> None:
        confirming(everybody)
        by = everybody.kari

        with rows.seeing(account=by.account_id, patient=by.patient_id):
            look(Asked(), by, everybody)
            with psycopg.connect(own_database()) as elsewhere:
                many = elsewhere.execute("SELECT count(*) FROM appointments_timesasked").fetchone()

        assert many == (1,)

    def test_those_who_come_meanwhile_wait_for_the_same_answer(self, everybody: Cast) -> None:
        confirming(everybody)
        times = Asked()

        for patient in (everybody.kari, everybody.per, everybody.kari):
            assert look(times, patient, everybody) is Freshness.ASKED

        assert len(asked(everybody)) == 1

    def test_a_record_system_that_says_it_cannot_is_not_waited_for(self, everybody: Cast) -> None:
        confirming(everybody)

        with record_system(everybody, works=False):
            found = look(Asked(), everybody.kari, everybody, patience=SOON)

        assert found is Freshness.OLD

    def test_one_thread_of_each_process_never_waits(self, everybody: Cast) -> None:
        confirming(everybody)
        times = Asked()

        with times._seat() as first, times._seat() as second:
            assert (first, second) == (True, False)
            began = time.perf_counter()
            found = look(times, everybody.kari, everybody, patience=60)

        assert found is Freshness.ASKED
        assert time.perf_counter() - began < SOON

    def test_it_leaves_no_connection_behind(self, everybody: Cast) -> None:
        confirming(everybody)
        mine = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"

        for _ in range(5):
            look(Asked(), everybody.kari, everybody, patience=0.01)

        with psycopg.connect(own_database()) as admin:
            assert admin.execute(mine).fetchone()[0] <= 2 + 1
