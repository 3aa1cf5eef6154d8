"""The register of deviations in a real browser: every state, and one of them from end to end."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dialog.breaches.policy import Kind, Risk
from dialog.demo.cast import find
from tests.breaches.scene import assess, letters, registered
from tests.browsing import DESK, follow, look
from tests.people.on_lists import uuid_of

pytestmark = pytest.mark.browser


def states(cast):
    """One entry in each state."""
    now = timezone.now()
    new = registered(cast, aware_at=now - timedelta(hours=41))
    high = registered(
        cast,
        kind=Kind.SEEN,
        what="En vikar åpnet journalen til en nabo.",
        happened_at=now - timedelta(hours=60),
        patients=[uuid_of(cast.kari), uuid_of(cast.per)],
    )
    assess(cast, high, Risk.HIGH, people_about=2)
    late = registered(cast, kind=Kind.LOST, aware_at=now - timedelta(hours=80), patients=[])
    assess(cast, late, Risk.RISK, aware_at=now - timedelta(hours=80))
    told = registered(cast, kind=Kind.WRONG_DOCTOR)
    assess(cast, told, Risk.HIGH)
    letters(cast, told)
    return {"new": new, "high": high, "late": late, "told": told}


def test_nobody_is_shut_out_of_any_state(sign_in, site):
    cast = find()
    page = sign_in("Ingrid Lund", width=DESK)
    page.goto("/kontor/avvik")
    look(page, "workspace-breaches-none")
    entries = states(cast)
    page.goto("/kontor/avvik")
    look(page, "workspace-breaches")
    for name, id in entries.items():
        page.goto(f"/kontor/avvik/{id}")
        look(page, f"workspace-breach-{name}")
    page.goto(f"/kontor/avvik/nytt?pasient={uuid_of(cast.kari)}")
    look(page, "workspace-breach-register")
    for step in ("vurder", "meldt", "avslutt", "brev", "berorte"):
        page.goto(f"/kontor/avvik/{entries['high']}/{step}")
        look(page, f"workspace-breach-{step}")
    page.goto(f"/kontor/avvik/{entries['late']}/meldt")
    follow(page.get_by_role("button", name="Lagre"))
    look(page, "workspace-breach-meldt-refused")


def test_from_the_first_words_to_the_end_without_scripts(sign_in, site):
    page = sign_in("Ingrid Lund", width=DESK, scripts=False)
    page.goto("/kontor/avvik")
    follow(page.get_by_role("link", name="Skriv ned et avvik"))
    page.get_by_label("Sendt til feil pasient").check()
    page.get_by_label("Beskriv det").fill("Innkallingen til Kari gikk til naboen.")
    follow(page.get_by_role("button", name="Lagre avviket"))
    expect(
        page.get_by_text("71 timer igjen").or_(page.get_by_text("72 timer igjen"))
    ).to_be_visible()

    follow(page.get_by_role("link", name="Før opp noen"))
    page.get_by_label("Navn, fødselsdato eller fødselsnummer").fill("Kari Nordmann")
    follow(page.get_by_role("button", name="Finn"))
    follow(page.get_by_role("button", name="Før opp Kari Nordmann"))
    follow(page.get_by_role("link", name="Tilbake"))
    follow(page.get_by_role("link", name="Vurder risikoen"))
    page.get_by_label("Høy risiko").check()
    page.get_by_label("Hvorfor mener dere det?").fill("Naboen vet hva hun feiler.")
    page.get_by_label("Hvilke opplysninger gjelder det?").fill("Navn og hva timen gjelder")
    page.get_by_label("Hva kan det føre til?").fill("Naboen vet at hun skal til legen.")
    page.get_by_label("Hva har dere gjort").fill("Vi har hentet brevet.")
    follow(page.get_by_role("button", name="Lagre"))

    follow(page.get_by_role("link", name="Skriv til dem det gjelder"))
    expect(page.get_by_label("Brevet på bokmål")).to_contain_text("Vi har hentet brevet.")
    follow(page.get_by_role("button", name="Send"))
    expect(page.get_by_text("1 har fått melding i portalen.")).to_be_visible()
    follow(page.get_by_role("link", name="Meld fra til Datatilsynet"))
    follow(page.get_by_role("button", name="Lagre"))
    follow(page.get_by_role("link", name="Avslutt avviket"))
    page.get_by_label("Hva har dere lært av dette?").fill("Vi leser navnet høyt.")
    follow(page.get_by_role("button", name="Lagre"))
    expect(page.get_by_text("Avviket er avsluttet.")).to_be_visible()

    page = sign_in("Kari Nordmann")
    page.goto("/meldinger")
    follow(page.get_by_role("link", name="Informasjon").first)
    expect(page.get_by_text("Vi beklager at dette har skjedd.")).to_be_visible()
    look(page, "portal-breach-letter")
