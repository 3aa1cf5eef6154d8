"""Forny resept from start to end in a real browser: the patient, the nurse and the doctor."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from dialog import rows
from dialog.actor import Duty, Role
from dialog.demo.cast import Cast, find
from dialog.people import actions as people
from dialog.people import queries
from tests.browsing import DESK, look

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


@pytest.fixture
def enter(browse: Enter) -> Enter:
    """Somebody of the cast comes in through the door, and goes to an address."""

    def page_of(name: str, address: str, **options: object) -> Page:
        page = browse("/logg-inn", **options)
        page.get_by_role("button", name=name).click()
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + address)
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
    page.get_by_role("button", name="Gå videre").click()


def test_from_the_list_to_the_answer(enter: Enter, cast: Cast) -> None:
    people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)
    kari = enter("Kari Nordmann", "/resept")
    look(kari, "portal-renewal-list")

    kari.get_by_role("button", name="Gå videre").click()
    assert kari.get_by_text("Kryss av for det du vil ha fornyet.").first.is_visible()
    look(kari, "portal-renewal-nothing-marked")
    marked(kari)
    look(kari, "portal-renewal-look-over")
    kari.get_by_role("button", name="Ja, send").click()

    assert kari.get_by_text("Legen har fått beskjed").is_visible()
    look(kari, "portal-renewal-two-sent")
    case = "/kontor/sak/" + kari.url.rpartition("/")[2]

    nina = enter("Nina Vik", case, width=DESK)
    look(nina, "workspace-renewal-to-prepare")
    nina.get_by_role("button", name="Klargjør").click()

    lund = enter("Ingrid Lund", case, width=DESK)
    assert lund.get_by_text("Klargjort av Nina Vik").first.is_visible()
    look(lund, "workspace-renewal-prepared")
    lund.get_by_label("Avgjørelse").nth(0).select_option("renew")
    lund.get_by_label("Avgjørelse").nth(1).select_option("call-in:long-ago")
    lund.get_by_role("button", name="Signer det du har valgt").click()

    kari.reload()
    assert kari.get_by_text("Fornyet", exact=True).is_visible()
    assert kari.get_by_text("Det er lenge siden du snakket med legen om denne.").is_visible()
    look(kari, "portal-renewal-answered")


def test_it_all_works_without_scripts(enter: Enter, cast: Cast) -> None:
    kari = enter("Kari Nordmann", "/resept", scripts=False)
    marked(kari)
    kari.get_by_role("button", name="Endre noe").click()
    assert kari.locator("textarea:visible").first.input_value() == "Jeg skal bort i tre uker."
    kari.get_by_role("button", name="Gå videre").click()
    kari.get_by_role("button", name="Ja, send").click()

    lund = enter(
        "Ingrid Lund", "/kontor/sak/" + kari.url.rpartition("/")[2], scripts=False, width=DESK
    )
    lund.get_by_role("button", name="Forny alle").click()

    kari.reload()
    assert kari.get_by_text("Fornyet", exact=True).count() == 2


def test_the_doctor_needs_one_key_to_renew_all(enter: Enter, cast: Cast) -> None:
    kari = enter("Kari Nordmann", "/resept")
    marked(kari)
    kari.get_by_role("button", name="Ja, send").click()
    lund = enter("Ingrid Lund", "/kontor/sak/" + kari.url.rpartition("/")[2], width=DESK)

    lund.keyboard.press("a")
    lund.wait_for_url("**/kontor/**")

    kari.reload()
    assert kari.get_by_text("Fornyet", exact=True).count() == 2


def test_the_list_the_office_keeps(enter: Enter, cast: Cast) -> None:
    with rows.seeing(patient=cast.per.patient):
        uuid = queries.patient_by_id(cast.per.patient).uuid
    siri = enter("Siri Dahl", f"/kontor/pasient/{uuid}/resepter")
    look(siri, "workspace-prescriptions")

    bad = b"Navn;Gruppe\nSobril;X\n"
    siri.set_input_files(
        "input[type=file]", {"name": "r.csv", "mimeType": "text/csv", "buffer": bad}
    )
    siri.get_by_role("button", name="Se hva som er i filen").click()
    assert siri.get_by_text("Linje 2:").is_visible()
    look(siri, "workspace-prescriptions-file-faults")

    siri.get_by_role("link", name="Tilbake").last.click()
    siri.get_by_role("link", name="Ta av Atorvastatin").click()
    look(siri, "workspace-prescription-stop")
    siri.get_by_role("button", name="Ja, ta den av").click()
    assert siri.get_by_text("Resepten er tatt av listen.").is_visible()
    assert siri.get_by_text("Atorvastatin").count() == 0


def test_the_patients_settings(enter: Enter, cast: Cast) -> None:
    kari = enter("Kari Nordmann", "/innstillinger")
    look(kari, "portal-settings")

    kari.get_by_label("Mobilnummer").fill("4123")
    kari.get_by_role("button", name="Lagre").first.click()
    assert kari.get_by_label("Mobilnummer").input_value() == "4123"
    look(kari, "portal-settings-refused")

    kari.goto(kari.url.replace("/kontakt", ""))
    kari.get_by_label("Påminnelse dagen før en time").uncheck()
    kari.get_by_role("button", name="Lagre").nth(1).click()
    assert kari.get_by_text("Valgene dine er lagret.").is_visible()
    assert not kari.get_by_label("Påminnelse dagen før en time").is_checked()
