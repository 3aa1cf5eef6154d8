"""Kari changes GP with everything open at once, and decides about each of it (R191)."""

from collections.abc import Callable

import pytest

from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast, find
from dialog.renewals import actions as renewals
from tests.appointments.people_and_times import booked, free, wished
from tests.econsultations.asked import asked
from tests.journeys.walking import Walk
from tests.people.on_lists import asked as asked_to_change
from tests.people.on_lists import enquiry

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(site: str) -> Cast:
    return find()


@pytest.fixture
def everything_open(cast: Cast) -> None:
    enquiry(cast.kari)
    begun = asked(cast.kari)
    conversations.read(by=cast.lund, conversation_id=begun.id)
    renewals.request_renewal(
        by=cast.kari,
        wishes=[
            renewals.Wish(words="Xyzal 5 mg", comment="Bare om våren"),
            renewals.Wish(words="Levaxin"),
        ],
    )
    times = free(cast.kari)
    booked(cast.kari, times[0])
    appointments.propose_time(
        by=cast.siri,
        conversation_id=wished(cast.kari, "Kontroll av blodtrykket").conversation_id,
        slot_id=times[1].id,
    )


@pytest.mark.usefixtures("everything_open")
def test_each_open_matter_is_finished_or_taken_along(
    walks: Callable[..., Walk], cast: Cast
) -> None:
    asked_to_change(cast)
    kari = walks("Kari").go("/fastlege").press("Tor Berg").look("gp-change-all-open")
    kari.tick("Ja, jeg bytter").press("Send svaret")
    kari.sees("Ikke ferdig hos den du hadde før").look("gp-left-behind")

    kari.press("Be den nye fastlegen om det").sees("Xyzal 5 mg", "Bare om våren")
    kari.look("renewal-taken-along").press("Send").sees("Xyzal 5 mg", "Tor Berg")
    kari.go("/fastlege").press("Spør den nye fastlegen om det samme")
    kari.sees("Dette blir en ny e-konsultasjon med egen pris").look("econsultation-asked-again")
    kari.go("/fastlege").press("Be om time hos den nye fastlegen").press("Be om en time")
    kari.sees("avsluttes saken om time hos Ingrid Lund").look("wish-taken-along")
    kari.press("Send ønsket").sees("Kontroll av blodtrykket", "Tor Berg")
    kari.go("/fastlege").press("Ta med til den nye fastlegen").look("enquiry-taken-along")
    kari.press("Send").sees("Når åpner dere?", "Tor Berg")

    kari.go("/fastlege").does_not_see("Reseptfornyelse", "Henvendelse")
    kari.press("Avbestill timen").press("Avbestill timen").sees("Avlyst")
