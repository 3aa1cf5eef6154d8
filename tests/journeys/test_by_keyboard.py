"""The four services with nothing but a keyboard, and the plainest of them without scripts.

What these prove, the page about accessibility says; what nobody proves, it must not say.
"""

from collections.abc import Callable

import pytest

from tests.journeys.keyboard import follow, mark, write
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


@pytest.fixture
def kari(walks: Callable[..., Walk]) -> Walk:
    return walks("Kari")


def test_a_time_is_booked(kari: Walk) -> None:
    kari.go("/time?gjelder=valgt")

    follow(follow(kari, "Vanlig time hos Ingrid Lund"), "09.00")
    write(kari, "Hva gjelder timen?", "Vondt i kneet")
    follow(kari, "Bestill timen")

    kari.sees("Time bestilt", "Vondt i kneet")


def test_a_prescription_is_renewed(kari: Walk) -> None:
    kari.go("/resept?gjelder=valgt")

    mark(kari, "Levaxin")
    follow(follow(kari, "Gå videre"), "Ja, send")

    kari.sees("Legen har fått beskjed")


def test_an_e_consultation_is_sent(kari: Walk) -> None:
    kari.go("/e-konsultasjon?gjelder=valgt")

    mark(kari, "Det haster ikke")
    follow(kari, "Gå videre og skriv")
    mark(kari, "Sykmelding eller attest")
    write(kari, "Skriv til legen", "Jeg er fortsatt syk")
    mark(kari, "Ja, jeg godtar")
    follow(kari, "Send til legen")

    kari.sees("E-konsultasjonen er sendt", "Jeg er fortsatt syk")


def test_the_office_is_asked(kari: Walk) -> None:
    kari.go("/kontakt?gjelder=valgt")

    mark(kari, "Det haster ikke")
    mark(kari, "Åpningstider")
    write(kari, "Skriv til legekontoret", "Når åpner dere?")
    follow(kari, "Send til legekontoret")

    kari.sees("Når åpner dere?", "Venter på legekontoret")


def test_the_office_is_asked_without_scripts(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari", scripts=False)

    kari.go("/kontakt?gjelder=valgt").tick("Det haster ikke").tick("Åpningstider")
    kari.write("Skriv til legekontoret", "Når åpner dere?").press("Send til legekontoret")

    kari.sees("Når åpner dere?", "Venter på legekontoret")
