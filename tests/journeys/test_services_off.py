"""What is left for a patient when services are off, nothing is there yet, or there is no GP."""

from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest

from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature, Kind
from dialog.conversations.switches import YOUTH_IN
from dialog.demo.cast import Cast, find
from dialog.people import actions as people
from dialog.people import queries
from dialog.working_days import local
from tests.browsing import follow
from tests.journeys.walking import Walk
from tests.people.on_lists import young_patient
from tests.pictures import png
from tests.portal.times import booked

pytestmark = pytest.mark.browser


@pytest.fixture
def kari(walks: Callable[..., Walk]) -> Walk:
    return walks("Kari")


@pytest.fixture
def cast(site: str) -> Cast:
    return find()


def test_each_need_leads_to_a_service(kari: Walk) -> None:
    for need in ("plager", "medisin", "provesvar", "praktisk"):
        kari.go(f"/hjelp/{need}").sees("Vi foreslår").look(f"portal-need-{need}")


def test_each_service_that_is_off_shows_another_way(kari: Walk, cast: Cast) -> None:
    lists = {"by": cast.lund, "list_id": min(cast.lund.list_ids)}
    back = local(queries.today() + timedelta(days=20), time(8))
    conversations.plan_pause(
        **lists,
        feature=Feature.ECONSULTATION,
        starts=local(queries.today(), time(0)),
        ends=back,
        reason="Jeg har ferie. Legevakten hjelper deg hvis det haster.",
    )
    for feature in (Feature.RENEWAL, Feature.ENQUIRY, Feature.DIRECT_BOOKING):
        conversations.switch_service(**lists, feature=feature, on=False)

    for name, address in (
        ("home-some-off", "/"),
        ("need-off", "/hjelp/medisin"),
        ("econsultation-off", "/e-konsultasjon?gjelder=valgt"),
        ("renewal-off", "/resept?gjelder=valgt"),
        ("enquiry-off", "/kontakt?gjelder=valgt"),
        ("time-by-wish-only", "/time?gjelder=valgt"),
    ):
        kari.go(address).sees("22 33 44 55").look(f"portal-{name}")


def test_a_time_that_can_no_longer_be_moved_is_kept(kari: Walk, cast: Cast) -> None:
    matter = booked(cast, -1)
    kari.go(f"/meldinger/{matter}").press("Flytt timen")
    conversations.switch_service(
        by=cast.lund, list_id=min(cast.lund.list_ids), feature=Feature.DIRECT_BOOKING, on=False
    )

    kari.follow(kari.page.locator("button.time").first)

    kari.sees("Timen er ikke flyttet", "22 33 44 55").look("portal-time-kept")
    kari.press("Skriv til legekontoret").sees("Time bestilt")


def test_nothing_yet_is_said_with_a_way_on(kari: Walk) -> None:
    kari.go("/meldinger").sees("Ingen meldinger ennå").look("portal-messages-none")
    kari.go("/time/mine").sees("Du har ingen kommende timer").look("portal-time-none")


def test_messages_and_paper(kari: Walk, cast: Cast) -> None:
    for text in ("Når åpner dere etter påske?", "Kan jeg få kopi av regningen?"):
        asked = conversations.start(
            by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text=text
        )
    conversations.reply(by=cast.siri, conversation_id=asked.id, text="Den er sendt i posten.")

    kari.go("/meldinger").sees("Nytt fra legekontoret").look("portal-messages")
    kari.go(f"/meldinger/{asked.id}/utskrift").sees("Den er sendt i posten.").look("portal-print")
    kari.go(f"/meldinger/{asked.id}/trekk").look("portal-withdraw-refused")


def test_who_is_on_nobodys_list_is_told_where_to_turn(kari: Walk, cast: Cast) -> None:
    people.leave_list(by=cast.siri, patient_id=cast.kari.patient)

    kari.go("/").sees("Du har ingen fastlege her").look("portal-no-gp")
    kari.go("/kontakt?gjelder=valgt").sees("Du har ingen fastlege her").look("portal-no-gp-ask")
    kari.go("/fastlege").look("portal-no-gp-gp")


def test_files_switched_off_while_one_writes_leave_every_word(
    kari: Walk, cast: Cast, tmp_path: Path
) -> None:
    picture = tmp_path / "skjema.png"
    picture.write_bytes(png())
    page = kari.go("/kontakt?gjelder=valgt").page
    page.check("#id_calm")
    page.get_by_label("Noe annet praktisk").check()
    page.get_by_label("Skriv til legekontoret").fill("Her er skjemaet fra skolen.")
    page.set_input_files("#id_files", picture)
    conversations.switch_service(
        by=cast.lund, list_id=min(cast.lund.list_ids), feature=Feature.ENQUIRY_FILES, on=False
    )

    follow(page.get_by_role("button", name="Send til legekontoret"))
    kari.sees("tar ikke imot bilder og filer her nå").look("portal-enquiry-no-files")
    follow(page.get_by_role("button", name="Send til legekontoret"))

    kari.sees("Her er skjemaet fra skolen.").look("portal-thread-no-files")


def test_young_people_are_told_what_to_do_where_a_service_is_closed_to_them(
    walks: Callable[..., Walk], cast: Cast
) -> None:
    young_patient(cast)
    for feature in YOUTH_IN.values():
        conversations.switch_service(
            by=cast.lund, list_id=min(cast.lund.list_ids), feature=feature, on=False
        )
    ung = walks("Ung Nordmann")

    for name, address in (
        ("home", "/"),
        ("time", "/time?gjelder=valgt"),
        ("econsultation", "/e-konsultasjon?gjelder=valgt"),
    ):
        ung.go(address).sees("En forelder kan gjøre det for deg").look(f"portal-young-{name}")
