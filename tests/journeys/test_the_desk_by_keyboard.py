"""A day at the desk with nothing but a keyboard: from item to item, and all that is done to one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dialog.appointments import actions as appointments
from dialog.conversations.policy import Topic
from dialog.demo.cast import find
from dialog.econsultations import actions as econsultations
from dialog.econsultations.policy import TemplateKind
from dialog.enquiries import actions as enquiries
from tests.econsultations.asked import asked
from tests.journeys.keyboard import follow, press, to, write
from tests.journeys.walking import Walk
from tests.renewals.prescribed import ask, lines, prescribe

pytestmark = pytest.mark.browser


@pytest.fixture
def siri(walks: Callable[..., Walk]) -> Walk:
    cast = find()
    for patient, text in (
        (cast.kari, "Får jeg kopi av attesten?"),
        (cast.per, "Er utslettet farlig?"),
    ):
        enquiries.ask_practice(by=patient, topic=Topic.OTHER, text=text)
    return walks("Siri", "practice", width=1280).go("/kontor/?liste=enquiry&sorter=age")


def test_a_note_a_mark_and_on_to_a_colleague(siri: Walk) -> None:
    siri.page.keyboard.press("j")
    press(siri, "Enter").sees("Får jeg kopi av attesten?")

    siri.page.keyboard.press("n")
    expect(siri.field("Intern merknad")).to_be_focused()
    siri.page.keyboard.type("Attesten ligger i skuffen.")
    follow(siri, "Lagre merknad").sees("Attesten ligger i skuffen.")
    press(siri, "h").sees("Haster ikke lenger")
    siri.page.keyboard.press("g")
    siri.page.keyboard.type("Nina Vik")
    follow(siri, "Gi videre")

    siri.sees("Saken er gitt videre.", "Er utslettet farlig?")


def test_misdirected_in_one_key_and_the_next_is_there(siri: Walk) -> None:
    siri.page.keyboard.press("j")
    siri.page.keyboard.press("j")
    press(siri, "Enter").sees("Er utslettet farlig?")

    press(siri, "f")

    siri.sees("Pasienten er vist videre.")


def test_from_one_item_to_the_next_and_back_to_the_list(siri: Walk) -> None:
    siri.page.keyboard.press("j")
    press(siri, "Enter").sees("Får jeg kopi av attesten?")

    press(siri, "j").sees("Er utslettet farlig?")
    follow(siri, "Innboks")

    expect(siri.page.locator("h1")).to_contain_text("Alle saker")


def test_an_answer_and_the_end(siri: Walk) -> None:
    siri.page.keyboard.press("j")
    press(siri, "Enter")

    siri.page.keyboard.press("r")
    siri.page.keyboard.type("Ja, den ligger klar.")
    follow(siri, "Send og avslutt").sees("Svaret er sendt, og saken er avsluttet.")
    press(siri, "e")
    follow(siri, "Ja, avslutt").sees("Saken er avsluttet.")


def test_a_time_is_given(siri: Walk) -> None:
    appointments.request_appointment(by=find().per, text="Vondt i skulderen")

    siri.go("/kontor/?liste=appointment")
    siri.page.keyboard.press("j")
    press(siri, "Enter").sees("Vondt i skulderen")
    follow(siri, "Gi timen")

    siri.sees("Pasienten har fått timen")


def test_another_time_is_chosen(siri: Walk) -> None:
    wish = appointments.request_appointment(by=find().per, text="Vondt i skulderen")
    siri.go(f"/kontor/sak/{wish.conversation_id}")

    follow(press(siri, "t"), "09.")

    siri.go(f"/kontor/sak/{wish.conversation_id}").sees("Bestilt")


def test_an_answer_is_begun_from_a_template(walks: Callable[..., Walk]) -> None:
    lund, cast = walks("Lund", "practice", width=1280), find()
    econsultations.save_template(
        by=cast.lund,
        kind=TemplateKind.ANSWER,
        title="Hvile",
        text="Hei {fornavn}. Ta det med ro.",
        own=True,
    )
    one = asked(cast.kari)
    lund.go(f"/kontor/sak/{one.id}")

    write(press(lund, "t"), "Mal for: Svar til pasienten", "Hvile")
    follow(lund, "Sett inn").holds("Svar til pasienten", "Hei Kari. Ta det med ro.")
    lund.page.keyboard.press("r")
    lund.page.keyboard.type(" Hilsen Ingrid")
    follow(lund, "Send svar")

    lund.go(f"/kontor/sak/{one.id}").sees("Ta det med ro.", "Hilsen Ingrid")


def test_each_line_of_a_renewal_is_decided(walks: Callable[..., Walk]) -> None:
    lund, cast = walks("Lund", "practice", width=1280), find()
    refs = [prescribe(cast, cast.kari, name) for name in ("Metoprolol", "Atorvastatin")]
    one = ask(cast.kari, *refs)
    lund.go(f"/kontor/sak/{one}")

    lund.page.keyboard.press("d")
    lund.page.keyboard.type("Forny")
    write(lund, "Avgjørelse", "Seponert")
    follow(lund, "Signer det du har valgt")

    assert {line.title: str(line.status) for line in lines(cast.lund, one)} == {
        "Metoprolol": "renewed",
        "Atorvastatin": "declined",
    }


def test_a_prescription_is_signed(walks: Callable[..., Walk]) -> None:
    kari, lund = walks("Kari"), walks("Lund", "practice", width=1280)
    kari.go("/resept?gjelder=valgt").tick("Levaxin").press("Gå videre").press("Ja, send")

    lund.go("/kontor/?liste=renewal")
    lund.page.keyboard.press("j")
    press(lund, "Enter").sees("Levaxin")
    to(lund, "Avgjørelse").page.keyboard.type("Forny")
    follow(lund, "Signer det du har valgt")

    kari.page.reload()
    kari.sees("Fornyet")
