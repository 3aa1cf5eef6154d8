"""Whom it is about, asked before a service is begun from one's own account (R28)."""

import pytest
from django.urls import reverse

from dialog import rows
from dialog.actor import Area
from dialog.conversations.models import Conversation
from dialog.people import actions
from dialog.people.policy import ProxyKind
from tests.browsing import follow, look
from tests.doors import post, signed_in
from tests.people.on_lists import uuid_of

STARTS = ("/kontakt", "/e-konsultasjon", "/resept", "/time")
QUESTION = "<title>Hvem gjelder det?"
CHOOSE = reverse("identity:act_for")


def asks(answer):
    return QUESTION in answer.content.decode()


class TestAskedAboutWhom:
    @pytest.mark.parametrize("start", STARTS)
    def test_whoever_acts_for_somebody_is_asked_first(self, as_kari, start):
        answer = as_kari.get(start)

        said = answer.content.decode()
        assert asks(answer)
        assert "Meg selv" in said and "Ola Nordmann" in said

    @pytest.mark.parametrize("start", STARTS)
    def test_whoever_acts_for_nobody_is_not(self, as_per, start):
        assert not asks(as_per.get(start))

    def test_nor_whoever_acts_for_another_already(self, as_kari_for_ola):
        assert not asks(as_kari_for_ola.get("/kontakt"))

    def test_oneself_goes_on_and_is_not_asked_on_the_way_back(self, as_kari):
        first = as_kari.get("/kontakt?gjelder=valgt")
        back = as_kari.get("/kontakt")

        assert not asks(first) and not asks(back)

    def test_what_is_begun_anew_is_asked_about_anew(self, as_kari):
        as_kari.get("/kontakt?gjelder=valgt")
        another = as_kari.get("/time")
        as_kari.get("/")

        assert asks(another)
        assert asks(as_kari.get("/kontakt"))

    def test_what_goes_on_from_something_is_not_asked_about(self, as_kari):
        assert not asks(as_kari.get("/time?fra=4c7a4f0e-7e52-4a7e-93a4-39d6f6f6a5b1"))

    def test_the_child_is_chosen_and_the_service_goes_on_for_the_child(self, cast, as_kari):
        chosen = post(
            as_kari,
            CHOOSE,
            person=str(uuid_of(cast.kari_for_ola)),
            neste="/kontakt?gjelder=valgt",
        )
        post(as_kari, "/kontakt", calm="on", topic="opening-hours", text="Når åpner dere?")

        assert chosen.headers["Location"] == "/kontakt?gjelder=valgt"
        with rows.seeing(patient=cast.kari_for_ola.patient_id):
            assert Conversation.objects.filter(patient_id=cast.kari_for_ola.patient).count() == 1

    @pytest.mark.parametrize("away", ["https://example.org", "//example.org", "javascript:1"])
    def test_nobody_is_led_away(self, cast, as_kari, away):
        chosen = post(as_kari, CHOOSE, person=str(uuid_of(cast.kari_for_ola)), neste=away)

        assert chosen.headers["Location"] == "/"

    def test_an_answer_of_the_register_that_has_aged_hides_nobody(self, cast, register, as_kari):
        """It has never been asked; whoever is chosen is asked about then."""
        assert asks(as_kari.get("/kontakt"))

    def test_a_mandate_that_has_ended_is_not_asked_about(self, cast):
        right = actions.grant_proxy(
            by=cast.per,
            patient_id=cast.per.patient,
            account_id=cast.anne.account,
            kind=ProxyKind.MANDATE,
            areas=[Area.ENQUIRY],
        )
        before = asks(signed_in(cast.anne).get("/kontakt"))
        actions.revoke_proxy(by=cast.per, proxy_uuid=right.uuid)

        assert (before, asks(signed_in(cast.anne).get("/kontakt"))) == (True, False)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_browser(sign_in, site, scripts):
    page = sign_in("Kari Nordmann", scripts=scripts)
    page.goto("/kontakt")
    if scripts:
        look(page, "portal-about-whom")
    follow(page.get_by_role("button", name="Ola Nordmann"))

    assert page.url.endswith("/kontakt?gjelder=valgt")
    assert "Ola Nordmann" in page.locator("header").inner_text()
