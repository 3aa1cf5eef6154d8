"""The patient's access log."""

from importlib import import_module
from importlib.util import find_spec
from sys import modules

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import actions
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.ledger.actions import record
from dialog.ledger.events import Event
from dialog.oversight.log_words import OFFICE_WORDS, WORDS
from dialog.oversight.policy import LOOKS
from dialog.people.events import ProxyStopped
from dialog.people.policy import ProxyKind, Stop
from tests.counting import queries_of
from tests.doors import post, say_why, signed_in
from tests.house import the_house
from tests.people.on_lists import mother_of, uuid_of, young_patient


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )


def kinds() -> set[str]:
    """Every kind of event the rooms know, those that only share fields with others left out."""
    for room in apps.get_app_configs():
        if find_spec(f"{room.name}.events"):
            import_module(f"{room.name}.events")
    waiting, found = [Event], set()
    while waiting:
        one = waiting.pop()
        below = one.__subclasses__()
        waiting += below
        # A dataclass with slots is a copy; the one it was made from is still known as a subclass.
        if not below and getattr(modules[one.__module__], one.__name__) is one:
            found.add(one.__name__)
    return found


def test_every_kind_of_event_has_words() -> None:
    assert kinds() - {"Event"} == WORDS.keys() | OFFICE_WORDS.keys()
    assert not WORDS.keys() & OFFICE_WORDS.keys()
    assert WORDS.keys() >= LOOKS


def test_each_look_is_known_as_one() -> None:
    assert {one.__name__ for one in the_house.events() if one.look} == LOOKS


def test_a_look_says_who_from_where_at_what_and_when(
    cast: Cast, as_siri: Client, as_kari: Client, question: Conversation
) -> None:
    as_siri.get(f"/kontor/sak/{question.id}")

    page = as_kari.get("/innsyn").content.decode()

    assert "Leste samtalen" in page
    assert "Siri Dahl, helsesekretær, Storgata legesenter" in page
    assert f"/meldinger/{question.id}" in page and "Henvendelse" in page
    assert "Når åpner dere?" not in page


def test_who_has_looked_can_be_shown_alone(
    as_siri: Client, as_kari: Client, question: Conversation
) -> None:
    as_siri.get(f"/kontor/sak/{question.id}")

    page = as_kari.get("/innsyn?vis=sett").content.decode()

    assert "Leste samtalen" in page and "Startet en samtale" not in page


def test_a_look_at_the_patients_page_is_there(cast: Cast, as_siri: Client, as_kari: Client) -> None:
    found = post(as_siri, "/kontor/pasienter", words="Kari Nordmann").content.decode()
    address = found.split('href="/kontor/pasient/')[1].split('"')[0]

    say_why(cast.siri, cast.kari)
    as_siri.get(f"/kontor/pasient/{address}")

    assert (
        "<strong>Åpnet pasientsiden</strong>: du ringte eller sto i skranken"
        in as_kari.get("/innsyn").content.decode()
    )


def test_whoever_acts_for_a_patient_reads_that_it_was_opened_and_not_why(
    cast: Cast, as_siri: Client, as_kari_for_ola: Client
) -> None:
    say_why(cast.siri, cast.kari_for_ola)

    as_siri.get(f"/kontor/pasient/{uuid_of(cast.kari_for_ola)}")

    page = as_kari_for_ola.get("/innsyn").content.decode()
    assert "<strong>Åpnet pasientsiden</strong></p>" in page and "ringte" not in page


def test_what_a_young_person_does_not_see_is_not_told_as_a_ground(
    cast: Cast, as_siri: Client
) -> None:
    ung = young_patient(cast)
    mother = mother_of(cast, ung)
    actions.start(by=mother, kind=Kind.ENQUIRY, patient_id=mother.patient, text="Hei")

    as_siri.get(f"/kontor/pasient/{uuid_of(ung)}")

    page = signed_in(ung).get("/innsyn").content.decode()
    assert "<strong>Åpnet pasientsiden</strong></p>" in page


def test_what_is_promised_about_a_patient_is_looked_at_like_anything_else(
    cast: Cast, as_siri: Client, as_kari: Client, question: Conversation
) -> None:
    promise = actions.make_follow_up(
        by=cast.lund, conversation_id=question.id, what="Ring", due_at=timezone.now()
    )

    as_siri.get(f"/kontor/oppfolging/{promise.id}")

    assert "Siri Dahl" in as_kari.get("/innsyn?vis=sett").content.decode()


@pytest.mark.parametrize("address", ["/time/onske?fra={}", "/resept?fra={}"])
def test_words_that_are_carried_to_another_page_are_looked_at_there(
    cast: Cast, as_kari_for_ola: Client, address: str
) -> None:
    asked = actions.start(
        by=cast.kari_for_ola,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari_for_ola.patient,
        text="Når åpner dere?",
    )

    as_kari_for_ola.get(address.format(asked.id))

    assert "Leste samtalen" in as_kari_for_ola.get("/innsyn?vis=sett").content.decode()


def test_words_that_are_carried_to_another_service_are_looked_at_there(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    actions.redirect(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)

    as_kari.get(f"/meldinger/{question.id}/ta-med")

    assert "Leste samtalen" in as_kari.get("/innsyn?vis=sett").content.decode()


def test_a_stranger_reads_nothing_of_it(
    as_per: Client, as_bjarne: Client, as_kari_for_ola: Client, question: Conversation
) -> None:
    for stranger in (as_per, as_bjarne, as_kari_for_ola):
        assert str(question.id) not in stranger.get("/innsyn").content.decode()


def test_what_a_child_has_reserved_leaves_no_trace_for_the_parent(
    cast: Cast, as_kari_for_ola: Client
) -> None:
    hidden, shown = (
        actions.start(
            by=cast.siri,
            kind=Kind.ENQUIRY,
            patient_id=cast.kari_for_ola.patient,
            text="Hei",
            reserved=reserved,
        )
        for reserved in (True, False)
    )

    page = as_kari_for_ola.get("/innsyn").content.decode()

    assert str(shown.id) in page and str(hidden.id) not in page
    assert page.count("Startet en samtale") == 1


def test_who_acts_for_a_child_does_not_read_who_else_does_or_no_longer_may(
    cast: Cast, as_kari_for_ola: Client
) -> None:
    with rows.seeing(patient=cast.kari_for_ola.patient):
        record(
            PLATFORM,
            ProxyStopped(
                patient_id=cast.kari_for_ola.patient,
                proxy_account_id=cast.per.account,
                proxy_kind=ProxyKind.PARENT,
                reason=Stop.REGISTER,
            ),
        )

    page = as_kari_for_ola.get("/innsyn").content.decode()

    assert "rett til å handle" not in page


def test_a_page_is_as_long_for_the_parent_whatever_the_child_has_reserved(
    cast: Cast, as_kari_for_ola: Client
) -> None:
    def begun(*, reserved: bool) -> None:
        actions.start(
            by=cast.siri,
            kind=Kind.ENQUIRY,
            patient_id=cast.kari_for_ola.patient,
            text="Hei",
            reserved=reserved,
        )

    for _number in range(20):
        begun(reserved=False)
    before = as_kari_for_ola.get("/innsyn").content.decode().count("/meldinger/")
    begun(reserved=True)

    assert as_kari_for_ola.get("/innsyn").content.decode().count("/meldinger/") == before


def test_older_lines_are_on_the_next_page(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    for number in range(30):
        actions.reply(by=cast.kari, conversation_id=question.id, text=f"Og {number}")

    first = as_kari.get("/innsyn").content.decode()
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = as_kari.get(f"/innsyn{older}").content.decode()

    assert "Startet en samtale" not in first
    assert "Startet en samtale" in second and "Til det nyeste" in second


@pytest.mark.parametrize("nonsense", ["?fra=tull", "?fra=-1", "?fra=99999999999999999999"])
def test_a_page_that_does_not_exist_is_the_first(as_kari: Client, nonsense: str) -> None:
    assert as_kari.get(f"/innsyn{nonsense}").status_code == 200


def test_a_longer_log_takes_no_more_queries(
    cast: Cast, as_kari: Client, question: Conversation
) -> None:
    few = queries_of(as_kari, "/innsyn")
    for number in range(20):
        actions.reply(by=cast.kari, conversation_id=question.id, text=f"Og {number}")

    assert queries_of(as_kari, "/innsyn") == few
