"""Forny resept, from both sides."""

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


def test_kari_asks_siri_prepares_and_the_doctor_signs(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari")
    kari.press("Forny resept").press("Meg selv").look("portal-renewal")
    kari.page.get_by_role("checkbox").first.check()
    kari.press("Gå videre").look("portal-renewal-confirm").press("Ja, send")
    kari.sees("Reseptfornyelse").look("portal-renewal-sent")

    lund = walks("Lund", "practice", width=1280)
    lund.go("/kontor/").press("Kari Nordmann").look("workspace-renewal")
    lund.follow(lund.page.locator("button[name=all]"))
    lund.look("workspace-after-renewal")

    kari.page.reload()
    kari.sees("Fornyet").look("portal-renewal-decided")
