"""An office that works in its own record system: what patients see while it is asked."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from dialog.adapters.offered_times import Asked
from dialog.appointments import actions
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast
from tests.appointments.elsewhere import confirming
from tests.appointments.record_system import record_system
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser

LUND = "Vanlig time hos Ingrid Lund"
REASON = "Vondt i kneet etter et fall"


@pytest.fixture
def office(site: str, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Dr Lund's office, with a record system that says nothing by itself."""
    everybody = people_in_it.find()
    confirming(everybody, [])
    times = Asked()
    monkeypatch.setattr("dialog.portal.fetching.offered_times", lambda: times)
    return everybody


@pytest.fixture
def patient_office(office: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The same, where one waits as long as it takes to look at the page."""
    monkeypatch.setattr("dialog.appointments.freshness.GIVEN_UP_AFTER", timedelta(minutes=5))
    return office


def about(walk: Walk) -> UUID:
    """The matter on the page."""
    return UUID(walk.page.url.rsplit("/", 1)[-1])


def take(walk: Walk) -> None:
    """Choose a time on the page, write, and send it."""
    walk.follow(walk.page.locator("button.time"))
    walk.sees("Legekontoret må svare ja før timen er din.")


def test_kari_waits_for_the_times_for_the_answer_and_has_her_time(
    patient_office: Cast, walks: Callable[..., Walk]
) -> None:
    kari, siri = walks("Kari"), walks("Siri", "practice", width=1280)
    kari.go("/time?gjelder=valgt").sees("Vi henter timer").look("portal-times-fetching")
    with record_system(patient_office):
        kari.sees(LUND).does_not_see("Vi henter timer")

        kari.press(LUND)
        take(kari)
    kari.look("portal-time-book-asked").write("Hva gjelder timen?", REASON).press("Bestill timen")
    kari.sees("Vi venter på svar fra legekontoret", "Timen er ikke din før da.", REASON)
    kari.does_not_see("Time bestilt").look("portal-time-pending")
    one = about(kari)
    kari.go("/time/mine").sees("Venter på svar").look("portal-time-mine-pending")
    siri.go("/kontor/").press("Kari Nordmann").sees("Venter på journalsystemet", "Bekreft timen")
    siri.look("workspace-time-pending")

    actions.confirm(by=patient_office.siri, conversation_id=one)

    kari.go(f"/meldinger/{one}").sees("Time bestilt", "Legg i kalenderen din")
    kari.does_not_see("Vi venter på svar").look("portal-time-confirmed")


def test_the_record_system_says_no_and_kari_takes_another_with_the_same_words(
    patient_office: Cast, walks: Callable[..., Walk]
) -> None:
    kari = walks("Kari")
    with record_system(patient_office):
        kari.go("/time?gjelder=valgt").press(LUND)
        take(kari)
    kari.write("Hva gjelder timen?", REASON).press("Bestill timen")

    actions.refuse(by=patient_office.siri, conversation_id=about(kari), text="Legen er på kurs.")

    kari.page.reload()
    kari.sees("Legekontoret kunne ikke gi deg denne timen", "Legen er på kurs.")
    kari.look("portal-time-refused")
    take(kari)
    kari.holds("Hva gjelder timen?", REASON).press("Bestill timen")
    kari.sees("Vi venter på svar fra legekontoret", REASON)


def test_nobody_answers_and_there_are_other_ways(
    office: Cast, walks: Callable[..., Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dialog.appointments.freshness.GIVEN_UP_AFTER", timedelta(seconds=4))
    kari = walks("Kari")

    kari.go("/time?gjelder=valgt").sees("Vi henter timer").sees(
        "Kontorets system svarer ikke akkurat nå"
    )

    kari.look("portal-times-away").press("Be om en time med egne ord")
    kari.write("Hva trenger du time til?", REASON).press("Send ønsket").sees("Ønske sendt")


def test_without_scripts_the_page_looks_again_by_itself(
    patient_office: Cast, walks: Callable[..., Walk]
) -> None:
    kari = walks("Kari", scripts=False)
    kari.go("/time?gjelder=valgt").sees("Vi henter timer")

    with record_system(patient_office):
        kari.sees(LUND)
