"""From an empty database, without the cast: an office starts, and a patient books (show 0)."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, expect

from dialog.people import queries as people
from dialog.ui import dates
from dialog.working_days import add_working_days
from tests.appointments.ics import event, ics
from tests.browsing import DESK, served
from tests.journeys.starting import SECRETARY, csv, patients
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser


@pytest.fixture
def site(chromium: Browser, bare_database: str) -> Iterator[str]:
    """A running site with nobody in it."""
    with served() as address:
        yield address


def file(name: str, kind: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": content}


def test_an_office_starts_with_its_list_and_calendar_and_a_patient_books(
    started: None, walks: Callable[..., Walk]
) -> None:
    eva = walks("Eva Strand", "practice", width=DESK)
    course, after = (add_working_days(people.today(), days) for days in (2, 3))
    eva.sees("Kom i gang, Havna legekontor").look("start-first-page")
    says_who_they_are(eva)
    adds_a_colleague(eva)
    imports_the_list(eva)
    plans_the_week(eva)
    imports_the_calendar(eva, course)
    switches_on(eva)
    eva.go("/kontor/innstillinger").look("start-all-done").press("Kontoret er klart")
    eva.sees("Kontoret er klart. Velkommen!").look("start-ready")

    patient = walks("Pasient7 Havn")
    patient.sees("Eva Strand").look("start-patient-home").press("Bestill time")
    patient.look("start-time").press("Vanlig time hos Eva Strand")
    expect(times_on(patient, course)).to_have_count(0)
    expect(times_on(patient, after)).to_have_count(6)
    patient.look("start-times").follow(times_on(patient, after)).look("start-book")
    patient.write("Hva gjelder timen?", "Vondt i kneet").press("Bestill timen")
    patient.sees("Ett ja mangler").look("start-book-without-a-yes")
    patient.tick("Ja, jeg vil være digital bruker").press("Bestill timen")
    patient.sees("Time bestilt", "Vondt i kneet").look("start-booked")

    eva.go("/kontor/kalender")
    mona = walks("Mona Lie", "practice", width=DESK)
    mona.go(f"{eva.page.url}?dag={after}").sees("Pasient7 Havn")
    mona.look("start-calendar-with-a-patient")


def says_who_they_are(eva: Walk) -> None:
    eva.press("Om kontoret").look("start-facts")
    eva.write("Adresse", "Havna 1, Moss").write("Åpningstider", "Mandag til fredag 8–15")
    eva.press("Lagre").sees("Opplysningene er lagret.")


def adds_a_colleague(eva: Walk) -> None:
    eva.go("/kontor/innstillinger").press("Ansatte").look("start-staff")
    eva.write("Navn", "Mona Lie").write("Fødselsnummer", SECRETARY).tick("Helsesekretær")
    eva.press("Legg til").sees("Mona Lie").look("start-staff-added")


def imports_the_list(eva: Walk) -> None:
    eva.go("/kontor/innstillinger").press("Pasientlister").look("start-lists")
    eva.press("Legg til pasienter hos Eva Strand").look("start-list").press("Hent fra fil")
    eva.look("start-list-file")
    eva.page.set_input_files("input[type=file]", file("liste.csv", "text/csv", csv(patients(30))))
    eva.press("Se hva som er i filen").sees("30 pasienter i filen").look("start-list-preview")
    eva.press("Legg inn 30 pasienter").sees("30 pasienter er på listen").look("start-list-full")


def plans_the_week(eva: Walk) -> None:
    eva.go("/kontor/innstillinger").press("Timer").sees("Ingen faste timer ennå")
    eva.look("start-timebook").press("Lag en ny type").look("start-type")
    eva.write("Hva heter timen?", "Vanlig time").write("Hvor mange minutter", "20")
    eva.tick("På legekontoret").tick("Pasientene kan velge den selv").press("Lagre")
    eva.press("Legg til faste timer").look("start-hours")
    for day in ("mandag", "tirsdag", "onsdag", "torsdag", "fredag"):
        eva.tick(day)
    eva.write("Fra klokka", "09:00").write("Til klokka", "11:00").press("Lagre")
    eva.sees("nye timer er lagt ut").look("start-hours-added")


def imports_the_calendar(eva: Walk, course: date) -> None:
    day = f"{course:%Y%m%d}"
    away = event("UID:1", f"DTSTART:{day}T080000", f"DTEND:{day}T120000", "SUMMARY:Kurs")
    eva.press("Les inn en kalender").look("start-import")
    eva.page.set_input_files("input[type=file]", file("eva.ics", "text/calendar", ics(*away)))
    eva.press("Se hva som blir opptatt").sees(
        "Filen har 1 opptatt tid", "6 ledige timer blir borte"
    )
    eva.look("start-import-preview").press("Ja, les inn").sees("Kalenderen er lest inn.")
    eva.look("start-imported")


def switches_on(eva: Walk) -> None:
    eva.go("/kontor/innstillinger").press("Hva pasientene kan gjøre").look("start-services")
    eva.press("Slå på Bestill time").press("Slå på Velge ledig time selv").look("start-services-on")


def times_on(patient: Walk, day: date) -> Locator:
    """The buttons of the times on a day."""
    section = patient.page.locator("section.day", has_text=dates.day(day))
    return section.locator("button.time")
