"""An e-consultation instead of a time, as the patient reads it and goes on, or does not."""

import re
from uuid import UUID

import pytest
from django.test import Client

from dialog import rows
from dialog.appointments import actions
from dialog.conversations import queries
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from tests.appointments.people_and_times import booked, free, patient_uuid
from tests.doors import post

WORDS = "Kneet er hovent igjen"


def econsultations(cast: Cast) -> list[queries.Matter]:
    with rows.seeing(patient=cast.kari.patient):
        return queries.my_matters(cast.kari, kind=Kind.ECONSULTATION)


def shown_price(page: str) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


@pytest.fixture
def offered(cast: Cast) -> UUID:
    made = booked(cast.kari, text=WORDS)
    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)
    return made.conversation_id


def test_the_thread_says_what_is_offered_and_what_it_costs(as_kari: Client, offered: UUID) -> None:
    page = as_kari.get(f"/meldinger/{offered}").content.decode()

    assert "Legekontoret tilbyr deg en e-konsultasjon i stedet" in page
    assert "Koster høyst" in page and "Du skal ikke betale noe for den." in page
    assert f"/meldinger/{offered}/ta-med" in page and "Gå videre med samme tekst" in page


def test_one_yes_sends_the_same_words(cast: Cast, as_kari: Client, offered: UUID) -> None:
    address = f"/meldinger/{offered}/ta-med"
    page = as_kari.get(address).content.decode()
    assert WORDS in page and "Her er det du skrev." in page

    answer = post(
        as_kari,
        address,
        text=WORDS,
        topic="known-problem",
        consent="on",
        shown=shown_price(page),
    )

    (sent,) = econsultations(cast)
    assert answer.headers["Location"] == f"/meldinger/{sent.id}"
    assert "Du har tatt med deg teksten" in as_kari.get(f"/meldinger/{offered}").content.decode()


def test_without_a_yes_to_the_price_nothing_is_sent(
    cast: Cast, as_kari: Client, offered: UUID
) -> None:
    address = f"/meldinger/{offered}/ta-med"
    page = as_kari.get(address).content.decode()

    answer = post(as_kari, address, text=WORDS, topic="known-problem", shown=shown_price(page))

    assert answer.status_code == 422 and WORDS in answer.content.decode()
    assert not econsultations(cast)


def test_who_wrote_nothing_begins_with_an_empty_page(cast: Cast, as_kari: Client) -> None:
    made = actions.propose_time(
        by=cast.siri,
        patient=patient_uuid(cast.kari),
        slot_id=free(cast.kari)[0].id,
        text="Vi vil gjerne se deg.",
    )
    actions.point_to_econsultation(by=cast.siri, conversation_id=made.conversation_id)

    thread = as_kari.get(f"/meldinger/{made.conversation_id}").content.decode()
    page = as_kari.get(f"/meldinger/{made.conversation_id}/ta-med").content.decode()

    assert "Gå videre" in thread and "samme tekst" not in thread
    assert "Her er det du skrev." not in page and "Vi vil gjerne se deg." not in page
    assert 'name="shown"' in page
