"""What could not be delivered, and what a person does about it."""

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.ledger.models import Delivery, DeliveryState, Entry
from tests.doors import post


@pytest.fixture
def parked(cast: Cast) -> Delivery:
    asked = actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")
    with rows.seeing(practice=cast.siri.practice):
        return Delivery.objects.create(
            entry=Entry.objects.filter(conversation_id=asked.id).earliest("id"),
            subscriber="post",
            practice_id=cast.siri.practice,
            conversation_id=asked.id,
            state=DeliveryState.PARKED,
            tries=10,
            problem="unavailable",
        )


def state_of(cast: Cast, delivery: Delivery) -> str:
    with rows.seeing(practice=cast.siri.practice):
        return str(Delivery.objects.get(id=delivery.id).state)


def test_it_is_shown_to_its_own_office_alone(
    as_siri: Client, as_berg: Client, parked: Delivery
) -> None:
    ours, theirs = as_siri.get("/kontor/ma-ses-pa"), as_berg.get("/kontor/ma-ses-pa")

    assert f"/kontor/sak/{parked.conversation_id}" in ours.content.decode()
    assert f"/kontor/sak/{parked.conversation_id}" not in theirs.content.decode()
    assert "Må ses på" in as_siri.get("/kontor/").content.decode()
    assert "Må ses på" not in as_berg.get("/kontor/").content.decode()


@pytest.mark.parametrize(
    ("subscriber", "to_do"),
    [("sms", "eller ring pasienten"), ("post", "si fra til den som drifter løsningen")],
)
def test_it_says_what_can_be_done(
    cast: Cast, as_siri: Client, parked: Delivery, subscriber: str, to_do: str
) -> None:
    with rows.seeing(practice=cast.siri.practice):
        Delivery.objects.filter(id=parked.id).update(subscriber=subscriber)

    page = as_siri.get("/kontor/ma-ses-pa").content.decode()

    assert to_do in page and "Prøvd 10 ganger." in page


@pytest.mark.parametrize(
    ("what", "becomes"), [("igjen", DeliveryState.OWED), ("ordnet", DeliveryState.DISMISSED)]
)
def test_a_person_settles_it_once(
    cast: Cast, as_siri: Client, parked: Delivery, what: str, becomes: str
) -> None:
    post(as_siri, f"/kontor/ma-ses-pa/{parked.id}/{what}")

    assert state_of(cast, parked) == becomes
    assert post(as_siri, f"/kontor/ma-ses-pa/{parked.id}/{what}").status_code == 404


@pytest.mark.parametrize("what", ["igjen", "ordnet"])
def test_another_office_settles_nothing(
    cast: Cast, as_berg: Client, parked: Delivery, what: str
) -> None:
    assert post(as_berg, f"/kontor/ma-ses-pa/{parked.id}/{what}").status_code == 404
    assert state_of(cast, parked) == DeliveryState.PARKED
