"""E-consultations in a real browser: every state for everybody, without scripts, by keyboard."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature, Topic
from dialog.demo.cast import find
from dialog.econsultations import actions
from dialog.econsultations.policy import Reply, TemplateKind
from dialog.people import queries as people
from dialog.working_days import first_working_day
from tests.browsing import DESK, follow, look, press_to
from tests.econsultations.asked import CARD, WORDS, asked, seen

pytestmark = pytest.mark.browser


def patients_pages(cast):
    """Every state as the patient meets it."""
    lund, kari = cast.lund, cast.kari
    one = {name: asked(kari).id for name in ("sent", "asked", "answered", "done", "no", "come")}
    actions.ask_for_more(by=lund, conversation_id=one["asked"], text="Hvor lenge?")
    actions.answer(by=lund, conversation_id=one["answered"], text="Hvil armen.")
    actions.complete(
        by=lund,
        conversation_id=one["done"],
        card=CARD,
        text="God bedring!",
        follow_up=actions.FollowUp(
            on=first_working_day(people.today() + timedelta(days=9)), owner=lund.account_uuid
        ),
    )
    actions.decline(by=lund, conversation_id=one["no"], reason="Jeg må se på den.")
    actions.refer_to_appointment(by=lund, conversation_id=one["come"], text="Kom innom.")
    first = actions.write_to_patient(
        by=lund,
        patient_id=kari.patient,
        text="Prøvene dine er fine.",
        topic=Topic.TEST_RESULT,
        reply=Reply.CHARGED,
    )
    return {
        "start": "/e-konsultasjon?gjelder=valgt",
        "first": f"/meldinger/{first.id}",
        "card": f"/e-konsultasjon/{one['done']}/kort",
        **{name: f"/meldinger/{id}" for name, id in one.items()},
    }


def offices_pages(cast):
    """Every page the doctor meets."""
    lund = cast.lund
    for kind in (TemplateKind.ANSWER, TemplateKind.WHAT_YOU_DO):
        actions.save_template(by=lund, kind=kind, title="Hvile", text="Hvil, {fornavn}.", own=True)
    waiting, done = asked(cast.kari).id, asked(cast.per).id
    actions.complete(by=lund, conversation_id=done, card=CARD)
    with rows.seeing(patient=cast.kari.patient_id):
        patient = people.the_patient(cast.kari).uuid
    one = f"/kontor/e-konsultasjon/{waiting}"
    return {
        "waiting": f"/kontor/sak/{waiting}",
        "concluded": f"/kontor/sak/{done}",
        "conclude": f"{one}/avslutt",
        "decline": f"{one}/avslag",
        "give-time": f"{one}/time",
        "note": f"/kontor/e-konsultasjon/{done}/journal",
        "not-journaled": "/kontor/e-konsultasjoner/journal",
        "write-first": f"/kontor/pasient/{patient}/e-konsultasjon",
        "templates": "/kontor/innstillinger/maler",
        "template": "/kontor/innstillinger/maler/ny",
    }


def test_no_patient_is_shut_out_of_any_state(sign_in, site):
    pages = patients_pages(find())
    page = sign_in("Kari Nordmann")

    for name, address in pages.items():
        page.goto(address)
        look(page, f"portal-econsultation-{name}")
    page.goto("/e-konsultasjon?gjelder=valgt")
    follow(page.get_by_role("button", name="Gå videre og skriv"))
    look(page, "portal-econsultation-not-calm")
    page.check("#id_calm")
    follow(page.get_by_role("button", name="Gå videre og skriv"))
    look(page, "portal-econsultation-write")
    follow(page.get_by_role("button", name="Send til legen"))
    look(page, "portal-econsultation-refused")


def test_no_doctor_is_shut_out_of_any_page(sign_in, site):
    pages = offices_pages(find())
    page = sign_in("Ingrid Lund", width=DESK)

    for name, address in pages.items():
        page.goto(address)
        look(page, f"workspace-econsultation-{name}")
    page.goto(pages["conclude"])
    follow(page.get_by_role("button", name="Avslutt", exact=True))
    look(page, "workspace-econsultation-conclude-refused")


def test_a_patient_asks_without_scripts_and_with_the_service_switched_off_meanwhile(sign_in, site):
    cast = find()
    page = sign_in("Kari Nordmann", scripts=False)
    page.goto("/e-konsultasjon?gjelder=valgt")
    page.check("#id_calm")
    follow(page.get_by_role("button", name="Gå videre og skriv"))
    page.get_by_label("Noe legen kjenner til fra før").check()
    page.get_by_label("Skriv til legen").fill(WORDS)
    page.locator("#id_consent").check()
    switch = {"list_id": min(cast.lund.list_ids), "feature": Feature.ECONSULTATION}

    conversations.switch_service(by=cast.lund, on=False, **switch)
    follow(page.get_by_role("button", name="Send til legen"))
    expect(page.locator("main")).to_contain_text("tilbyr ikke")
    expect(page.get_by_label("Skriv til legen")).to_have_value(WORDS)

    conversations.switch_service(by=cast.lund, on=True, **switch)
    follow(page.get_by_role("button", name="Send til legen"))
    expect(page.locator("main")).to_contain_text("E-konsultasjonen er sendt")


def test_the_counter_counts_while_one_writes(sign_in, site):
    page = sign_in("Kari Nordmann")
    page.goto("/e-konsultasjon?gjelder=valgt")
    page.check("#id_calm")
    follow(page.get_by_role("button", name="Gå videre og skriv"))

    page.get_by_label("Skriv til legen").fill("å" * 5003)

    expect(page.locator("#id_text_count")).to_have_text("3 tegn for mye")


def test_a_doctor_takes_answers_and_concludes_by_keyboard_alone(sign_in, site):
    cast = find()
    conversation = asked(cast.kari)
    page = sign_in("Ingrid Lund", width=DESK)
    page.goto(f"/kontor/sak/{conversation.id}")

    press_to(page, "t")
    expect(page).to_have_url(re.compile("#svar$"))
    press_to(page, "e")
    expect(page).to_have_url(re.compile("/avslutt$"))
    page.locator("#id_what_we_think").focus()
    for words in ("Senebetennelse.", "Hvil.", "Ring oss.", "Du tar kontakt."):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.locator("main form button[type=submit]:not([name])").focus()
    press_to(page, "Enter")

    view = seen(cast.kari, conversation)
    assert view.status == "completed"
    assert view.card.fields[0][1] == "Senebetennelse."
