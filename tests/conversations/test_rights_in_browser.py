"""Retting og sletting in a real browser: every state on both sides, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from dialog.conversations.rights import Decision, Wish
from dialog.demo.cast import find
from tests.browsing import DESK, follow, look
from tests.conversations.rights import WHY, answered, ask, decide, seen

pytestmark = pytest.mark.browser
RIGHT = "Prøven viser ingen allergi mot penicillin."


def states(cast):
    """One matter in each state; its address without the side."""
    one = {name: answered(cast) for name in ("waiting", "corrected", "declined", "erased")}
    ask(cast.kari, one["waiting"])
    ask(cast.kari, one["corrected"])
    wrong = seen(cast.lund, one["corrected"]).messages[-1].id
    decide(cast.lund, one["corrected"], Decision.CORRECTED, correction=RIGHT, message_id=wrong)
    ask(cast.kari, one["declined"], Wish.ERASE)
    decide(cast.lund, one["declined"], Decision.DECLINED)
    ask(cast.kari, one["erased"], Wish.ERASE)
    decide(cast.lund, one["erased"], Decision.ERASED)
    return one


def test_nobody_is_shut_out_of_any_state(sign_in, site):
    cast = find()
    matters = states(cast)
    page = sign_in("Kari Nordmann")
    for name, id in matters.items():
        page.goto(f"/meldinger/{id}")
        look(page, f"portal-rights-{name}")
    page.goto(f"/meldinger/{matters['declined']}/retting")
    look(page, "portal-rights-ask")
    follow(page.get_by_role("button", name="Send til legekontoret"))
    look(page, "portal-rights-ask-refused")

    page = sign_in("Ingrid Lund", width=DESK)
    for name, id in matters.items():
        page.goto(f"/kontor/sak/{id}")
        look(page, f"workspace-rights-{name}")
    page.goto(f"/kontor/sak/{matters['waiting']}/krav")
    look(page, "workspace-rights-decide")
    follow(page.get_by_role("button", name="Avgjør"))
    look(page, "workspace-rights-decide-refused")
    page.goto(f"/kontor/sak/{matters['declined']}/retting")
    look(page, "workspace-rights-ask")
    page.goto("/kontor/oppfolging")
    look(page, "workspace-rights-promised")
    page.goto("/kontor/innstillinger/oppbevaring")
    look(page, "workspace-settings-kept")


def test_from_the_patients_words_to_the_doctors_answer_without_scripts(sign_in, site):
    cast = find()
    conversation_id = answered(cast)
    page = sign_in("Kari Nordmann", scripts=False)
    page.goto(f"/meldinger/{conversation_id}")
    follow(page.get_by_role("link", name="Be om retting eller sletting"))
    page.get_by_label("Noe er feil og bør rettes").check()
    page.get_by_label("Hva gjelder det?").fill(WHY)
    follow(page.get_by_role("button", name="Send til legekontoret"))
    expect(page.locator("main")).to_contain_text("Du har bedt om retting")

    desk = sign_in("Ingrid Lund", width=DESK, scripts=False)
    desk.goto("/kontor/oppfolging")
    follow(desk.get_by_role("link", name="Kari Nordmann"))
    expect(desk.locator("main")).to_contain_text(WHY)
    desk.get_by_role("radio", name=re.compile("^Rett")).check()
    desk.get_by_label("Hva rettes?").select_option(label="Saken som helhet")
    desk.get_by_role("textbox", name="Rettelsen").fill(RIGHT)
    desk.get_by_label("Begrunnelse").fill("Jeg leste feil prøve.")
    follow(desk.get_by_role("button", name="Avgjør"))
    expect(desk.locator("main")).to_contain_text("Jeg leste feil prøve.")

    page.goto(f"/meldinger/{conversation_id}")
    expect(page.locator("main")).to_contain_text("Legekontoret har rettet noe her")
    expect(page.locator("main")).to_contain_text(RIGHT)
    expect(page.locator("main")).to_contain_text("Statsforvalteren")
