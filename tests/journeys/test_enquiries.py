"""Kontakt legekontoret, both ways, and what happens to a question that is clinical."""

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


def asked(kari: Walk, words: str) -> Walk:
    kari.go("/kontakt?gjelder=valgt").look("portal-ask").tick("Det haster ikke")
    kari.page.get_by_role("radio").last.check()
    return kari.write("Skriv til legekontoret", words).press("Send til legekontoret").sees(words)


def test_kari_asks_and_siri_answers_and_closes(walks: Callable[..., Walk]) -> None:
    kari = asked(walks("Kari"), "Kan jeg få kopi av attesten?").look("portal-asked")
    siri = walks("Siri", "practice", width=1280)

    siri.go("/kontor/").press("Kari Nordmann").look("workspace-enquiry")
    siri.write("Svar til pasienten", "Den ligger klar i skranken.").press("Send og avslutt")

    kari.page.reload()
    kari.sees("Den ligger klar i skranken.", "Avsluttet").look("portal-answered")


def test_a_clinical_question_is_carried_over_with_one_yes_to_the_price(
    walks: Callable[..., Walk],
) -> None:
    words = "Jeg har hatt feber i fem dager og lurer på om det er farlig"
    kari, siri = asked(walks("Kari"), words), walks("Siri", "practice", width=1280)

    siri.go("/kontor/").press("Kari Nordmann").press("Feilsendt: e-konsultasjon")

    kari.page.reload()
    kari.sees("e-konsultasjon", "kr").look("portal-redirected")
    kari.press("Gå videre med samme tekst").look("portal-carry").sees(words, "kr")
    kari.page.get_by_role("checkbox").last.check()
    kari.press("Send").sees(words, "E-konsultasjon").look("portal-carried")


def test_siri_writes_first_and_kari_may_not_answer(walks: Callable[..., Walk]) -> None:
    siri, kari = walks("Siri", "practice", width=1280), walks("Kari")
    siri.go("/kontor/pasienter").look("workspace-patients").page.get_by_role("searchbox").or_(
        siri.page.locator("main input[type=text], main input[type=search]")
    ).first.fill("Nordmann Kari")
    siri.press("Finn").press("Kari Nordmann").sees("Hvorfor åpner du Kari").look("workspace-why")
    siri.press("Gå videre").sees("Skriv kort hvorfor.").look("workspace-why-refused")
    siri.press("Pasienten ringer eller står i skranken").look("workspace-patient")
    siri.press("Skriv til pasienten").look("workspace-write-first")
    siri.write("Skriv til pasienten", "Kontoret er stengt på fredag.").press("Send")
    siri.sees("Nesten ferdig").look("workspace-refused")
    siri.page.locator("main select").first.select_option(index=1)
    siri.page.get_by_role("radio").last.check()
    siri.press("Send")

    kari.go("/").sees("Nytt til deg").look("portal-home-unread")
    kari.follow(kari.page.locator("ul.links a"))

    kari.sees("Kontoret er stengt på fredag.", "Du kan ikke svare").look("portal-no-reply")
