"""The page where an office registers a patient's ceiling card (R165)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dialog import rows
from dialog.demo.cast import find
from dialog.people import queries
from tests.browsing import look
from tests.doors import post, say_why
from tests.people.on_lists import kinds, uuid_of


def card(cast):
    with rows.seeing(patient=cast.kari.patient_id):
        return queries.the_patient(cast.kari).ceiling_card_until


@pytest.fixture
def page(cast):
    say_why(cast.siri, cast.kari)
    return reverse("workspace:ceiling_card", args=[uuid_of(cast.kari)])


class TestCeilingCard:
    def test_it_is_registered_and_taken_away(self, as_siri, cast, page):
        day = queries.today() + timedelta(days=30)
        post(as_siri, page, until=day.isoformat())
        there = card(cast)
        shown = as_siri.get(page).content.decode()
        post(as_siri, page, until="")

        assert there == day and f'value="{day.isoformat()}"' in shown
        assert card(cast) is None
        assert kinds(patient=cast.kari.patient_id)[-1] == "CeilingCardSet"

    def test_a_day_that_has_been_is_asked_about_at_the_field(self, as_siri, cast, page):
        day = queries.today() - timedelta(days=1)

        answer = post(as_siri, page, until=day.isoformat())

        said = answer.content.decode()
        assert answer.status_code == 422
        assert "Velg i dag eller en senere dag" in said and day.isoformat() in said
        assert card(cast) is None


@pytest.mark.browser
def test_in_a_browser(sign_in, site):
    cast = find()
    say_why(cast.siri, cast.kari)
    page = sign_in("Siri Dahl", "practice")
    page.goto(reverse("workspace:ceiling_card", args=[uuid_of(cast.kari)]))
    look(page, "workspace-ceiling-card")
