"""A doctor decides over her own times, until she lets those at the desk keep her timebook."""

from typing import Any

import pytest
from django.test import Client

from dialog.appointments import actions, queries
from dialog.appointments.policy import BookingRules
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound
from tests.appointments.lunds_timebook import facts, lund
from tests.appointments.people_and_times import seen
from tests.doors import post

RULES = BookingRules(most_open=3)


def book(cast: Cast, who: str) -> queries.Timebook:
    by = getattr(cast, who)
    found: queries.Timebook = seen(by, lambda: queries.timebook(by, lund(cast)))
    return found


def hand_over(cast: Cast, handed_over: bool = True, who: str = "lund") -> None:
    actions.hand_over_timebook(
        by=getattr(cast, who), practitioner=lund(cast), handed_over=handed_over
    )


class TestHandOverTimebook:
    @pytest.mark.parametrize("who", ["siri", "nina"])
    def test_those_at_the_desk_keep_it_then_and_no_longer(self, cast: Cast, who: str) -> None:
        by = getattr(cast, who)
        before = book(cast, who).may_open_times

        hand_over(cast)
        actions.set_rules(by=by, practitioner=lund(cast), rules=RULES)
        then = book(cast, who)
        hand_over(cast, handed_over=False)

        assert (before, then.may_open_times, then.may_keep_types) == (False, True, False)
        with pytest.raises(NotAllowed):
            actions.set_rules(by=by, practitioner=lund(cast), rules=RULES)

    def test_it_is_written_down(self, cast: Cast) -> None:
        hand_over(cast)

        assert facts(cast)[-1] == "TimebookChanged"
        assert book(cast, "lund").handed_over and book(cast, "lund").own

    def test_nobody_else_hands_it_over_or_takes_it_back(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            hand_over(cast, who="siri")
        hand_over(cast)
        with pytest.raises(NotAllowed):
            hand_over(cast, handed_over=False, who="siri")
        for stranger in ("berg", "kari"):
            with pytest.raises(NotFound):
                hand_over(cast, who=stranger)

    def test_the_doctor_does_it_on_the_page_of_her_timebook(
        self, cast: Cast, as_lund: Client, as_siri: Client
    ) -> None:
        address = f"/kontor/timebok/{lund(cast)}"
        offered = page(as_lund, address)

        post(as_lund, f"{address}/styres-av", handed_over="1")

        assert "La helsesekretærer og sykepleiere gjøre det også" in offered
        assert "Styr den selv igjen" in page(as_lund, address)
        assert "Legen lar dere på kontoret styre denne timeboken." in page(as_siri, address)
        assert "Styr den selv igjen" not in page(as_siri, address)
        assert as_siri.get(f"{address}/faste-timer").status_code == 200
        assert "Lag en ny type" not in page(as_siri, address)

    def test_a_secretary_cannot_take_what_is_not_given(self, cast: Cast, as_siri: Client) -> None:
        answer = post(as_siri, f"/kontor/timebok/{lund(cast)}/styres-av", handed_over="1")

        assert answer.status_code == 403


def page(client: Client, address: str) -> Any:
    return client.get(address).content.decode()
