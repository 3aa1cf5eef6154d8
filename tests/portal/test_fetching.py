"""The page of free times where they must be asked for first."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from dialog.adapters.memory import MemoryOfferedTimes
from dialog.appointments.freshness import ASKED_DAYS, STEP, Freshness
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.people import queries as people
from tests.portal.times import slots

FETCHING, AWAY = "Vi henter timer", "Kontorets system svarer ikke akkurat nå"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> MemoryOfferedTimes:
    """A record system that has not answered."""
    memory = MemoryOfferedTimes(Freshness.ASKED)
    monkeypatch.setattr("dialog.portal.fetching.offered_times", lambda: memory)
    return memory


def kind(cast: Cast) -> str:
    slot = slots(cast.kari)[0]
    return urlencode({"hos": slot.practitioner_uuid, "hva": slot.type.uuid})


class TestWhileItIsAskedFor:
    def test_the_page_says_so_and_looks_again_by_itself(
        self, cast: Cast, as_kari: Client, times: MemoryOfferedTimes
    ) -> None:
        query = kind(cast)

        page = as_kari.get(f"/time?{query}").content.decode()

        again = f"/time?{query}&venter=1".replace("&", "&amp;")
        assert FETCHING in page and 'name="time"' not in page
        assert f'<noscript><meta http-equiv="refresh" content="2; url={again}"></noscript>' in page
        assert f'hx-get="{again}"' in page

    def test_the_first_look_waits_a_little_and_those_after_it_do_not(
        self, cast: Cast, as_kari: Client, times: MemoryOfferedTimes
    ) -> None:
        slot = slots(cast.kari)[0]

        as_kari.get(f"/time?{kind(cast)}")
        as_kari.get("/time?venter=1")

        first, second = times.looks
        assert (first.practitioners, first.first, first.days, first.patience) == (
            (slot.practitioner_uuid,), people.today(), ASKED_DAYS, 3.0,
        )  # fmt: skip
        assert (second.practitioners, second.patience) == ((), 0.0)

    def test_the_times_are_there_when_it_has_answered(
        self, cast: Cast, as_kari: Client, times: MemoryOfferedTimes
    ) -> None:
        times.says = Freshness.FRESH

        page = as_kari.get(f"/time?{kind(cast)}&venter=1").content.decode()

        assert 'name="time"' in page and FETCHING not in page

    def test_the_look_is_from_a_step_before_the_day_one_asks_about(
        self, cast: Cast, as_kari: Client, times: MemoryOfferedTimes
    ) -> None:
        day = people.today() + timedelta(days=45)

        page = as_kari.get(f"/time?{kind(cast)}&fra_dag={day}").content.decode()

        assert times.looks[-1].first == people.today() + timedelta(days=STEP)
        assert re.search(rf"fra_dag={day}&amp;venter=1", page)

    def test_nothing_is_asked_for_where_times_are_not_picked(
        self, cast: Cast, as_kari: Client, times: MemoryOfferedTimes
    ) -> None:
        conversations.switch_service(
            by=cast.lund,
            list_id=next(iter(cast.lund.list_ids)),
            feature=Feature.DIRECT_BOOKING,
            on=False,
        )

        page = as_kari.get("/time?gjelder=valgt").content.decode()

        assert times.looks == [] and FETCHING not in page


class TestNobodyAnswers:
    def test_the_page_says_so_and_shows_the_ways_on(
        self, cast: Cast, as_kari: Client, times: MemoryOfferedTimes
    ) -> None:
        times.says = Freshness.OLD

        page = as_kari.get(f"/time?{kind(cast)}&venter=1").content.decode()

        assert AWAY in page and 'href="/time/onske"' in page and "tel:" in page
        assert f'href="/time?{kind(cast)}"'.replace("&", "&amp;") in page
        assert "refresh" not in page and "hx-get" not in page and 'name="time"' not in page
