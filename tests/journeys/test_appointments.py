"""Bestill time, from both sides."""

from collections.abc import Callable

import pytest

from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


def last_free_time(walk: Walk) -> str:
    """Choose the last time on the page; the words of its button."""
    button = walk.page.locator("button.time").last
    words = button.inner_text()
    walk.follow(button)
    return words.split()[0]


def test_kari_takes_a_time_moves_it_and_cancels_it(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari")
    kari.look("portal-home").press("Bestill time").press("Meg selv").look("portal-time-begin")

    kari.press("Vanlig time hos Ingrid Lund").look("portal-time-free").press("Vis flere dager")
    clock = last_free_time(kari)
    kari.look("portal-time-book").write("Hva gjelder timen?", "Vondt i kneet etter et fall")
    kari.press("Bestill timen")

    kari.sees("Time bestilt", clock, "Vondt i kneet").look("portal-time-booked")
    kari.press("Flytt timen").look("portal-time-move")
    clock = last_free_time(kari)
    kari.look("portal-time-moved").press("Flytt timen").sees("Time bestilt", clock)
    kari.press("Avbestill timen").look("portal-time-cancel").press("Ja, avbestill timen")
    kari.sees("Avlyst").look("portal-time-cancelled")
    kari.go("/time/mine").look("portal-time-mine")


def test_kari_asks_in_words_and_siri_answers_with_a_proposal(walks: Callable[..., Walk]) -> None:
    kari, siri = walks("Kari"), walks("Siri", "practice", width=1280)
    kari.go("/time/onske").look("portal-wish").write("Hva trenger du time til?", "Årskontroll")
    kari.tick("Torsdag").press("Send ønsket").sees("Ønske sendt").look("portal-wish-sent")

    siri.go("/kontor/").look("workspace-inbox").press("Kari Nordmann")
    siri.sees("Årskontroll").look("workspace-wish")
    siri.press("Foreslå")

    kari.page.reload()
    kari.sees("Legekontoret foreslår denne timen").look("portal-proposal")
    kari.press("Be om en annen tid").look("portal-another").press("Be om en annen tid")
    kari.sees("Ønske sendt")


def test_siri_offers_an_econsultation_instead_and_kari_goes_on_with_one_yes(
    walks: Callable[..., Walk],
) -> None:
    kari, siri = walks("Kari"), walks("Siri", "practice", width=1280)
    kari.go("/time/onske").write("Hva trenger du time til?", "Utslettet klør igjen")
    kari.press("Send ønsket").sees("Ønske sendt")

    siri.go("/kontor/").press("Kari Nordmann").press("Tilby e-konsultasjon i stedet")
    siri.sees("Pasienten bestemmer selv.", "høyst").look("workspace-econsultation-instead")
    siri.write("Noen ord til pasienten", "Ta gjerne et bilde.").press("Ja, tilby e-konsultasjon")
    siri.sees("Pasienten har fått tilbud om e-konsultasjon.")

    kari.page.reload()
    kari.sees("Legekontoret tilbyr deg en e-konsultasjon i stedet", "Ta gjerne et bilde.")
    kari.look("portal-econsultation-instead").press("Gå videre med samme tekst")
    kari.sees("Utslettet klør igjen", "kr").page.get_by_role("checkbox").last.check()
    kari.press("Send").sees("Utslettet klør igjen", "E-konsultasjon")


def test_when_the_time_was_just_taken_the_words_stay_and_others_are_offered(
    walks: Callable[..., Walk],
) -> None:
    kari, per = walks("Kari"), walks("Per")
    for walk in (kari, per):
        walk.go("/time?gjelder=valgt").press("Vanlig time hos Ingrid Lund")
        last_free_time(walk)
        walk.write("Hva gjelder timen?", f"{walk.who} har vondt i ryggen")
    per.press("Bestill timen").sees("Time bestilt")

    kari.press("Bestill timen")

    kari.sees("Noen andre har akkurat tatt denne timen", "Timer som er igjen")
    kari.holds("Hva gjelder timen?", "Kari har vondt i ryggen").look("portal-time-taken")
    last_free_time(kari)
    kari.sees("Time bestilt", "Kari har vondt i ryggen")


def test_all_of_it_works_without_scripts(walks: Callable[..., Walk]) -> None:
    kari = walks("Kari", scripts=False)

    kari.go("/time?gjelder=valgt").press("Vanlig time hos Ingrid Lund")
    last_free_time(kari)
    kari.write("Hva gjelder timen?", "Uten skript").press("Bestill timen").sees("Time bestilt")
    kari.press("Avbestill timen").press("Ja, avbestill timen").sees("Avlyst")


def test_the_service_is_switched_off_while_the_form_is_open(walks: Callable[..., Walk]) -> None:
    kari, lund = walks("Kari"), walks("Lund", "practice", width=1280)
    kari.go("/time/onske").write("Hva trenger du time til?", "Noe jeg har tenkt lenge på")

    lund.go("/kontor/innstillinger/tjenester").press("Ingrid Lund").look("workspace-services")
    lund.press("Slå av")
    lund.follow(lund.page.get_by_role("button").filter(has_text="av").last)
    kari.press("Send ønsket")

    kari.sees("Noe jeg har tenkt lenge på").look("portal-service-off")
    kari.go("/time?gjelder=valgt").sees("Du kan ikke bestille time her nå").look("portal-time-off")
