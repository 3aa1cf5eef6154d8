"""Start e-konsultasjon, from both sides."""

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


def sent(kari: Walk, words: str) -> Walk:
    kari.go("/e-konsultasjon?gjelder=valgt").look("portal-econsultation-start").sees("kr")
    kari.tick("Det haster ikke").press("Gå videre og skriv").look("portal-econsultation-write")
    kari.page.get_by_role("radio").first.check()
    kari.write("Skriv til legen", words)
    kari.page.get_by_role("checkbox").last.check()
    return kari.press("Send til legen").sees(words)


def test_kari_is_answered_and_gets_a_card(walks: Callable[..., Walk]) -> None:
    kari = sent(walks("Kari"), "Utslettet er tilbake på armen").look("portal-econsultation-sent")

    lund = walks("Lund", "practice", width=1280)
    lund.go("/kontor/").press("Kari Nordmann").look("workspace-econsultation")
    lund.press("Jeg tar den").look("workspace-econsultation-begun")
    lund.write("Svar til pasienten", "Hvor lenge har du hatt det?").press("Be om mer")

    kari.page.reload()
    kari.sees("Hvor lenge har du hatt det?").look("portal-econsultation-asked")
    kari.write("Din melding", "I to uker").press("Send").sees("I to uker")

    lund.go("/kontor/").press("Kari Nordmann").press("Avslutt").look("workspace-econsultation-end")
    for area in lund.page.locator("form textarea").all():
        area.fill("Bruk kremen to ganger om dagen i fjorten dager.")
    lund.follow(lund.page.locator("main button[type=submit]").last)

    kari.page.reload()
    kari.sees("Bruk kremen to ganger om dagen").look("portal-econsultation-card")


def test_siri_sees_nothing_of_it(walks: Callable[..., Walk]) -> None:
    sent(walks("Kari"), "Noe bare legen skal lese")

    siri = walks("Siri", "practice", width=1280)

    siri.go("/kontor/").does_not_see("Kari Nordmann", "E-konsultasjon")


def test_the_doctor_declines_without_a_fee_and_kari_books_with_her_words(
    walks: Callable[..., Walk],
) -> None:
    kari = sent(walks("Kari"), "Knuten i brystet har vokst")
    lund = walks("Lund", "practice", width=1280)
    lund.go("/kontor/").press("Kari Nordmann").press("Avslå").look("workspace-decline")
    lund.page.locator("form textarea").last.fill("Dette må jeg undersøke. Bestill en vanlig time.")
    lund.follow(lund.page.locator("main button[type=submit]").last)

    kari.page.reload()
    kari.sees("Dette må jeg undersøke").look("portal-declined").press("Bestill time")
    kari.press("Vanlig time hos Ingrid Lund")
    kari.follow(kari.page.locator("button.time").last)

    kari.holds("Hva gjelder timen?", "Knuten i brystet har vokst")
