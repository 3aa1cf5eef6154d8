"""The door, and what is said when something stops the reader: nothing written is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import find
from dialog.identity.rates import NotTooFast
from dialog.people import queries as people
from tests.journeys.walking import Walk

pytestmark = pytest.mark.browser
WORDS = "Kan jeg få kopi av attesten fra i fjor?"


@pytest.fixture
def kari(walks: Callable[..., Walk]) -> Walk:
    return walks("Kari")


def written(kari: Walk) -> Walk:
    """Kari has filled in a question, and not sent it."""
    kari.go("/kontakt?gjelder=valgt").tick("Det haster ikke").page.get_by_role("radio").last.check()
    return kari.write("Skriv til legekontoret", WORDS)


def loses(kari: Walk, *cookies: str) -> None:
    """Time passes, and the browser forgets."""
    for name in cookies:
        kari.page.context.clear_cookies(name=name)


def test_the_door_says_that_it_is_a_demonstration(browse: Callable[..., Page]) -> None:
    door = Walk(browse("/logg-inn"), "nobody")

    door.sees("Dette er en demonstrasjon", "Kari Nordmann").look("door")


def test_a_mother_acts_for_her_son_and_every_page_says_so(kari: Walk) -> None:
    kari.press("Bytt person").look("portal-act-for").press("Ola Nordmann")

    kari.sees("Nå gjelder det Ola Nordmann").look("portal-home-for-son")


def test_who_was_signed_out_while_writing_gets_the_words_back(kari: Walk) -> None:
    written(kari)
    loses(kari, "sessionid")

    kari.press("Send til legekontoret")

    kari.sees("Du er logget ut", WORDS).look("signed-out")


def test_and_so_does_who_had_the_page_open_for_long(kari: Walk) -> None:
    written(kari)
    loses(kari, "csrftoken")

    kari.press("Send til legekontoret")

    kari.sees("Siden har stått åpen lenge", WORDS).look("stale")


def test_and_who_sends_faster_than_anybody_can_read(
    kari: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(kari)
    monkeypatch.setattr(NotTooFast, "_wait", lambda *_anything: 30.0)

    kari.press("Send til legekontoret")

    kari.sees("Litt for fort", WORDS, "113").look("too-fast")


def test_and_who_wrote_in_what_the_office_closed_meanwhile(kari: Walk) -> None:
    cast = find()
    asked = conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )
    kari.go(f"/meldinger/{asked.id}").write("Din melding", WORDS)
    conversations.close(by=cast.siri, conversation_id=asked.id)

    kari.press("Send")

    kari.sees(WORDS, "Avsluttet").look("portal-closed-meanwhile")


def test_what_is_not_hers_is_not_found(kari: Walk) -> None:
    kari.go("/hjelp/noe-annet").sees("Fant ikke siden", "22 33 44 55").look("portal-not-found")


def test_what_is_not_hers_to_do_is_said_kindly(walks: Callable[..., Walk]) -> None:
    nina = walks("Nina", "practice", width=1280)

    nina.go("/kontor/innstillinger/ansatte").sees("Det gikk ikke", "Spør en lege").look(
        "workspace-refusal"
    )


def test_a_fault_of_ours_says_nothing_about_itself(
    kari: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_anything: object) -> None:
        raise RuntimeError("what nobody should read")

    monkeypatch.setattr(people, "gp_wishes", fails)

    kari.go("/fastlege").sees("Noe gikk galt hos oss", "113").does_not_see("nobody should read")
    kari.look("fault")
