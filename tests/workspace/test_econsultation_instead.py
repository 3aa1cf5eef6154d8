"""An e-consultation instead of a time: the office's button, and what it says before it is done."""

from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dialog import rows
from dialog.appointments import actions
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.people import actions as people_actions
from dialog.people import queries as people
from tests.appointments.people_and_times import A_MINUTE, booked, free, patient_uuid, view, wished
from tests.doors import post, signed_in

BUTTON = "Tilby e-konsultasjon i stedet"


def here(conversation_id: UUID) -> str:
    return reverse("workspace:offer_econsultation", args=[conversation_id])


def panel(client: Client, conversation_id: UUID) -> str:
    return client.get(reverse("workspace:conversation", args=[conversation_id])).content.decode()


def version_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def switch_off(cast: Cast) -> None:
    with rows.seeing(practice=cast.lund.practice_id, account=cast.lund.account_id):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    conversations.switch_service(
        by=cast.lund, list_id=owner.list_id, feature=Feature.ECONSULTATION, on=False
    )


def proposed(cast: Cast) -> UUID:
    return actions.propose_time(
        by=cast.siri, patient=patient_uuid(cast.kari), slot_id=free(cast.kari)[0].id
    ).conversation_id


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda cast: wished(cast.kari).conversation_id, "Ønsket om time blir avsluttet."),
        (proposed, "Forslaget blir tatt tilbake, og timen blir ledig for andre."),
        (lambda cast: booked(cast.kari).conversation_id, "Timen blir avlyst og ledig for andre."),
    ],
    ids=["wish", "proposal", "booked"],
)
def test_it_says_what_happens_and_then_does_it(
    cast: Cast, as_siri: Client, made: Callable[[Cast], UUID], words: str
) -> None:
    one = made(cast)
    assert BUTTON in panel(as_siri, one) and here(one) in panel(as_siri, one)

    page = as_siri.get(here(one)).content.decode()
    assert words in page and "koster pasienten høyst" in page
    assert "Pasienten bestemmer selv." in page
    answer = post(as_siri, here(one), text="Legen kan svare.", seen=version_on(page))

    assert answer.status_code == 302
    assert view(cast.kari, one).status == AppointmentStatus.CANCELLED
    assert BUTTON not in panel(as_siri, one)
    assert "Legen kan svare." in panel(as_siri, one)


def test_for_who_pays_nothing_it_says_so(cast: Cast, as_siri: Client) -> None:
    people_actions.set_ceiling_card(
        by=cast.siri, patient_id=cast.kari.patient, until=people.today()
    )
    one = booked(cast.kari).conversation_id

    page = as_siri.get(here(one)).content.decode()

    assert "E-konsultasjonen er gratis for pasienten." in page and "høyst" not in page


def test_no_button_while_the_service_is_off(cast: Cast, as_siri: Client) -> None:
    one = booked(cast.kari).conversation_id
    switch_off(cast)

    assert BUTTON not in panel(as_siri, one)
    assert as_siri.get(here(one)).status_code == 409


def test_switched_off_meanwhile_it_says_why_and_keeps_every_word(
    cast: Cast, as_siri: Client
) -> None:
    one = booked(cast.kari).conversation_id
    page = as_siri.get(here(one)).content.decode()
    switch_off(cast)

    answer = post(as_siri, here(one), text="Legen kan svare.", seen=version_on(page))

    words = answer.content.decode()
    assert answer.status_code == 409 and "Legen kan svare." in words
    assert "Pasienten kan ikke få e-konsultasjon her nå." in words
    assert view(cast.kari, one).status == AppointmentStatus.BOOKED


def test_what_the_patient_wrote_meanwhile_is_seen_first(cast: Cast, as_siri: Client) -> None:
    one = booked(cast.kari).conversation_id
    page = as_siri.get(here(one)).content.decode()
    conversations.reply(by=cast.kari, conversation_id=one, text="Det er blitt verre")

    refused = post(as_siri, here(one), text="Legen kan svare.", seen=version_on(page))
    assert refused.status_code == 409 and "Legen kan svare." in refused.content.decode()
    assert view(cast.kari, one).status == AppointmentStatus.BOOKED

    again = version_on(refused.content.decode())
    assert post(as_siri, here(one), text="Legen kan svare.", seen=again).status_code == 302


def test_not_for_a_time_that_has_begun(cast: Cast) -> None:
    made = booked(cast.kari)

    with time_machine.travel(made.period.lower + A_MINUTE, tick=False):
        siri = signed_in(cast.siri)
        assert BUTTON not in panel(siri, made.conversation_id)
        assert siri.get(here(made.conversation_id)).status_code == 409


def test_another_office_does_not_find_it(cast: Cast, as_berg: Client) -> None:
    one = booked(cast.kari).conversation_id

    answers = (as_berg.get(here(one)), post(as_berg, here(one)))

    assert [answer.status_code for answer in answers] == [404, 404]
    assert view(cast.kari, one).status == AppointmentStatus.BOOKED
