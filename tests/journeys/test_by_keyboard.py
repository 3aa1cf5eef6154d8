"""The four services with nothing but a keyboard, and the plainest of them without scripts.

What these prove, the page about accessibility says; what nobody proves, it must not say.
"""

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser
ENOUGH = 80  # presses of the Tab key; no form of ours is that long
NAME = """() => {
    const at = document.activeElement;
    return ((at.labels && at.labels[0]) || at).innerText.trim();
}"""


@pytest.fixture
def kari(walks: Callable[..., Walk]) -> Walk:
    return walks("Kari")


def to(walk: Walk, words: str) -> Walk:
    """Tab until one stands on what begins with these words."""
    for _press in range(ENOUGH):
        walk.page.keyboard.press("Tab")
        if walk.page.evaluate(NAME).startswith(words):
            return walk
    raise AssertionError(f"no way by keyboard to «{words}»")


def mark(walk: Walk, words: str) -> Walk:
    to(walk, words).page.keyboard.press("Space")
    return walk


def follow(walk: Walk, words: str) -> Walk:
    to(walk, words)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")
    return walk


def write(walk: Walk, label: str, words: str) -> Walk:
    to(walk, label).page.keyboard.type(words)
    return walk


def test_a_time_is_booked(kari: Walk) -> None:
    kari.go("/time")

    follow(follow(kari, "Vanlig time hos Ingrid Lund"), "09.00")
    write(kari, "Hva gjelder timen?", "Vondt i kneet")
    follow(kari, "Bestill timen")

    kari.sees("Time bestilt", "Vondt i kneet")


def test_a_prescription_is_renewed(kari: Walk) -> None:
    kari.go("/resept")

    mark(kari, "Levaxin")
    follow(follow(kari, "Gå videre"), "Ja, send")

    kari.sees("Legen har fått beskjed")


def test_an_e_consultation_is_sent(kari: Walk) -> None:
    kari.go("/e-konsultasjon")

    mark(kari, "Det haster ikke")
    follow(kari, "Gå videre og skriv")
    mark(kari, "Sykmelding eller attest")
    write(kari, "Skriv til legen", "Jeg er fortsatt syk")
    mark(kari, "Ja, jeg godtar")
    follow(kari, "Send til legen")

    kari.sees("E-konsultasjonen er sendt", "Jeg er fortsatt syk")


def test_the_office_is_asked(kari: Walk) -> None:
    kari.go("/kontakt")

    mark(kari, "Det haster ikke")
    mark(kari, "Åpningstider")
    write(kari, "Skriv til legekontoret", "Når åpner dere?")
    follow(kari, "Send til legekontoret")

    kari.sees("Når åpner dere?", "Venter på legekontoret")


def test_the_office_is_asked_without_scripts(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari", scripts=False)

    kari.go("/kontakt").tick("Det haster ikke").tick("Åpningstider")
    kari.write("Skriv til legekontoret", "Når åpner dere?").press("Send til legekontoret")

    kari.sees("Når åpner dere?", "Venter på legekontoret")
