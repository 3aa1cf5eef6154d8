"""The whole sign-in in a browser, at providers nobody here wrote: a patient's, and an office's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dialog.demo.cast import number
from tests.browsing import DESK
from tests.journeys.walking import Walk
from tests.providers import CLIENT, HPR, IDENTITY, LEVEL, Foreign, foreign

pytestmark = pytest.mark.browser


@pytest.fixture
def providers(site: str, own_keys: Path, signing_in: Callable[..., None]) -> Iterator[Foreign]:
    """Both, and they know this site."""
    with foreign(site, own_keys) as found:
        signing_in(
            own_keys,
            site,
            idporten_issuer=found.issuers["id-porten"],
            idporten_client_id=CLIENT["id-porten"],
            helseid_issuer=found.issuers["helseid"],
            helseid_client_id=CLIENT["helseid"],
        )
        yield found


def test_a_patient_signs_in_leaves_and_reads_that_the_provider_is_away(
    providers: Foreign, browse: Callable[..., Page]
) -> None:
    providers.at_the_door("a-word-for-kari", pid=number("kari"))
    kari = Walk(browse("/innstillinger"), "Kari")
    kari.sees("Du trenger BankID").look("sign-in")

    kari.press("Logg inn med ID\u2011porten").sees("Du er Kari Nordmann", "Slik når vi deg")

    kari.press("Innlogging og sikkerhet").sees("Sperr tilgangen din").look("safety")
    kari.page.get_by_role("button", name="Logg ut", exact=True).click()
    kari.page.wait_for_url("**/logget-ut")
    kari.sees("Du er logget ut").look("signed-out-here-and-there")

    providers.at_the_door("a-word-for-kari", acr="idporten-loa-substantial", pid=number("kari"))
    kari.go("/time/mine").press("Logg inn med ID\u2011porten").sees("ikke er sikkert nok").look(
        "too-low"
    )

    providers.process.kill()
    providers.process.wait(10)
    kari.press("Prøv igjen").sees("ID\u2011porten svarer ikke akkurat nå. Prøv igjen om litt.")
    kari.look("provider-away")


def test_a_patient_locks_her_access_and_opens_it_again(
    providers: Foreign, browse: Callable[..., Page]
) -> None:
    providers.at_the_door("a-word-for-kari", pid=number("kari"))
    kari = Walk(browse("/sikkerhet/sperr"), "Kari").press("Logg inn med ID\u2011porten")

    kari.look("lock").press("Ja, sperr tilgangen").sees("Tilgangen er sperret").look("locked")

    kari.press("Logg inn").press("Logg inn med ID\u2011porten").sees("Tilgangen er sperret")
    kari.page.wait_for_timeout(1100)  # who it is must be proved in a later second than the lock
    kari.press("Åpne igjen med ny innlogging").look("sign-in-anew")
    kari.press("Logg inn med ID\u2011porten").sees("Du er Kari Nordmann")


def test_a_doctor_signs_in_and_is_told_out_by_the_provider(
    providers: Foreign, browse: Callable[..., Page]
) -> None:
    doctor = {IDENTITY: number("lund"), LEVEL: "4", HPR: "9900001"}
    providers.at_the_door("a-word-for-lund", acr="Level4", **doctor)
    lund = Walk(browse("/kontor/", width=DESK), "Lund")

    lund.press("Logg inn med HelseID").sees("Du er Ingrid Lund", "Storgata legesenter")

    # She leaves at the provider, in another window; it tells us by itself.
    there = lund.page.context.new_page()
    there.goto(f"{providers.issuers['helseid']}/session/end")
    there.wait_for_url("**/session/end/success*")
    lund.go("/kontor/").sees("Logg inn med HelseID")

    providers.at_the_door("somebody", acr="Level4", **{IDENTITY: number("kari"), LEVEL: "4"})
    lund.press("Logg inn med HelseID").sees("finner deg ikke blant dem som arbeider her")
    lund.look("not-at-work-here")
