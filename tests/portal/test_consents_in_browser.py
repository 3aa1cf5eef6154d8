"""A yes that is missing, in a real browser: at home, in the form, on its own page, taken back."""

import pytest

from dialog.demo.cast import find
from dialog.people import actions
from tests.browsing import follow, look

pytestmark = pytest.mark.browser


def test_a_yes_is_said_in_the_form_and_taken_back_on_its_page(sign_in, site):
    actions.take_back_yes(by=find().kari)
    page = sign_in("Kari Nordmann")
    look(page, "portal-consent-missing-home")
    page.goto("/kontakt?gjelder=valgt")
    page.get_by_label("Det haster ikke").check()
    page.get_by_label("Åpningstid").check()
    page.get_by_label("Skriv til legekontoret").fill("Når åpner dere på fredag?")
    follow(page.get_by_role("button", name="Send til legekontoret"))
    look(page, "portal-consent-missing-in-form")
    page.get_by_label("Ja, jeg vil være digital bruker").check()
    follow(page.get_by_role("button", name="Send til legekontoret"))
    assert "/meldinger/" in page.url

    page.goto("/digital-bruker")
    look(page, "portal-consent")
    follow(page.get_by_role("link", name="Trekk ja\u2011et tilbake"))
    look(page, "portal-consent-take-back")
    follow(page.get_by_role("button", name="Trekk ja\u2011et tilbake"))
    look(page, "portal-consent-taken-back")
