"""For every reader: other languages, only a keyboard, and the log of who has looked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browsing import press_to
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser
STOPS = 30  # of the tab key, from what one writes to the button below it


@pytest.mark.parametrize(
    ("language", "words"),
    [("English", ["What do you need help with?"]), ("Nynorsk", ["Kva treng du hjelp til?"])],
)
def test_the_portal_speaks_the_readers_language(
    walks: Callable[..., Walk], language: str, words: list[str]
) -> None:
    kari = walks("Kari")

    kari.press(language).sees(*words).look(f"portal-home-{language.lower()}")

    kari.go("/time?gjelder=valgt").look(f"portal-time-{language.lower()}")


def test_siri_answers_with_the_keyboard_alone(walks: Callable[..., Walk]) -> None:
    kari, siri = walks("Kari"), walks("Siri", "practice", width=1280)
    kari.go("/kontakt?gjelder=valgt").tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", "Når åpner dere?").press("Send til legekontoret")
    siri.go("/kontor/")

    keys = siri.page.keyboard
    keys.press("j")
    press_to(siri.page, "Enter")
    keys.press("r")
    expect(siri.field("Svar til pasienten")).to_be_focused()
    keys.type("Klokka åtte.")
    for _stop in range(STOPS):
        keys.press("Tab")
        if siri.page.evaluate("document.activeElement.textContent").strip() == "Send svar":
            break
    press_to(siri.page, "Enter")

    kari.page.reload()
    kari.sees("Klokka åtte.")


def test_kari_reads_who_has_looked(walks: Callable[..., Walk]) -> None:
    kari, siri = walks("Kari"), walks("Siri", "practice", width=1280)
    kari.go("/kontakt?gjelder=valgt").tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", "Når åpner dere?").press("Send til legekontoret")
    siri.go("/kontor/").press("Kari Nordmann")

    kari.go("/innsyn").sees("Siri Dahl").look("portal-log")


def test_a_page_can_be_walked_by_tab_from_its_first_link(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari")

    kari.page.keyboard.press("Tab")

    expect(kari.page.locator(":focus")).to_contain_text("Hopp til innhold")
