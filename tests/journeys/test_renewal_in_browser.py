"""Forny resept from start to end in a real browser: the patient, the nurse and the doctor."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from dialog import rows
from dialog.actor import Duty, Role
from dialog.demo.cast import Cast, find
from dialog.people import actions as people
from dialog.people import queries
from tests.browsing import DESK, follow, look, press_to

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


@pytest.fixture
def enter(sign_in: Enter) -> Enter:
    """Somebody of the cast comes in through the door, and goes to an address."""

    def page_of(name: str, address: str, **options: object) -> Page:
        page = sign_in(name, **options)
        page.goto(address)
        return page

    return page_of


@pytest.fixture
def cast(browse: Enter) -> Iterator[Cast]:
    yield find()


def marked(page: Page) -> None:
    """Levaxin with a word to the doctor, and an earlier medicine by name."""
    page.get_by_label("Levaxin tablett 75 mikrog").check()
    page.get_by_text("Skriv noe til legen om Levaxin").click()
    page.locator("textarea:visible").first.fill("Jeg skal bort i tre uker.")
    page.locator("textarea[name=earlier]").fill("Nesespray")
    follow(page.get_by_role("button", name="Gå videre"))


def test_from_the_list_to_the_answer(enter: Enter, cast: Cast) -> None:
    people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)
    kari = enter("Kari Nordmann", "/resept?gjelder=valgt")
    look(kari, "portal-renewal-list")

    follow(kari.get_by_role("button", name="Gå videre"))
    expect(kari.get_by_text("Kryss av for det du vil ha fornyet.").first).to_be_visible()
    look(kari, "portal-renewal-nothing-marked")
    marked(kari)
    look(kari, "portal-renewal-look-over")
    follow(kari.get_by_role("button", name="Ja, send"))

    expect(kari.get_by_text("Legen har fått beskjed")).to_be_visible()
    look(kari, "portal-renewal-two-sent")
    case = "/kontor/sak/" + kari.url.rpartition("/")[2]

    nina = enter("Nina Vik", case, width=DESK)
    look(nina, "workspace-renewal-to-prepare")
    follow(nina.get_by_role("button", name="Klargjør"))

    lund = enter("Ingrid Lund", case, width=DESK)
    expect(lund.get_by_text("Klargjort av Nina Vik").first).to_be_visible()
    look(lund, "workspace-renewal-prepared")
    lund.get_by_label("Avgjørelse").nth(0).select_option("renew")
    lund.get_by_label("Avgjørelse").nth(1).select_option("call-in:long-ago")
    follow(lund.get_by_role("button", name="Signer det du har valgt"))

    kari.reload()
    expect(kari.get_by_text("Fornyet", exact=True)).to_be_visible()
    expect(kari.get_by_text("Det er lenge siden du snakket med legen om denne.")).to_be_visible()
    look(kari, "portal-renewal-answered")


def test_it_all_works_without_scripts(enter: Enter, cast: Cast) -> None:
    kari = enter("Kari Nordmann", "/resept?gjelder=valgt", scripts=False)
    marked(kari)
    follow(kari.get_by_role("button", name="Endre noe"))
    expect(kari.locator("textarea:visible").first).to_have_value("Jeg skal bort i tre uker.")
    follow(kari.get_by_role("button", name="Gå videre"))
    follow(kari.get_by_role("button", name="Ja, send"))

    lund = enter(
        "Ingrid Lund", "/kontor/sak/" + kari.url.rpartition("/")[2], scripts=False, width=DESK
    )
    follow(lund.get_by_role("button", name="Forny alle"))

    kari.reload()
    expect(kari.get_by_text("Fornyet", exact=True)).to_have_count(2)


def test_the_doctor_needs_one_key_to_renew_all(enter: Enter, cast: Cast) -> None:
    kari = enter("Kari Nordmann", "/resept?gjelder=valgt")
    marked(kari)
    follow(kari.get_by_role("button", name="Ja, send"))
    lund = enter("Ingrid Lund", "/kontor/sak/" + kari.url.rpartition("/")[2], width=DESK)

    press_to(lund, "a")

    kari.reload()
    expect(kari.get_by_text("Fornyet", exact=True)).to_have_count(2)


def test_the_list_the_office_keeps(enter: Enter, cast: Cast) -> None:
    with rows.seeing(patient=cast.per.patient):
        uuid = queries.patient_by_id(cast.per.patient).uuid
    siri = enter("Siri Dahl", f"/kontor/pasient/{uuid}/resepter")
    follow(siri.get_by_role("button", name="Jeg forbereder en konsultasjon"))
    look(siri, "workspace-prescriptions")

    bad = b"Navn;Gruppe\nSobril;X\n"
    siri.set_input_files(
        "input[type=file]", {"name": "r.csv", "mimeType": "text/csv", "buffer": bad}
    )
    follow(siri.get_by_role("button", name="Se hva som er i filen"))
    expect(siri.get_by_text("Linje 2:")).to_be_visible()
    look(siri, "workspace-prescriptions-file-faults")

    follow(siri.get_by_role("link", name="Tilbake").last)
    follow(siri.get_by_role("link", name="Ta av Atorvastatin"))
    look(siri, "workspace-prescription-stop")
    follow(siri.get_by_role("button", name="Ja, ta den av"))
    expect(siri.get_by_text("Resepten er tatt av listen.")).to_be_visible()
    expect(siri.get_by_text("Atorvastatin")).to_have_count(0)


def test_the_patients_settings(enter: Enter, cast: Cast) -> None:
    kari = enter("Kari Nordmann", "/innstillinger")
    look(kari, "portal-settings")

    kari.get_by_label("Mobilnummer").fill("4123")
    follow(kari.get_by_role("button", name="Lagre").first)
    expect(kari.get_by_label("Mobilnummer")).to_have_value("4123")
    look(kari, "portal-settings-refused")

    kari.goto(kari.url.replace("/kontakt", ""))
    kari.get_by_label("Påminnelse dagen før en time").uncheck()
    follow(kari.get_by_role("button", name="Lagre").nth(1))
    expect(kari.get_by_text("Valgene dine er lagret.")).to_be_visible()
    expect(kari.get_by_label("Påminnelse dagen før en time")).not_to_be_checked()
