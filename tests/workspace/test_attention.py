"""What could not be delivered, and what a person does about it."""

import pytest
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.ledger.models import Delivery, DeliveryState, Entry
from dialog.ledger.queries import ParkedDelivery, Problem
from dialog.workspace import parked as parked_words
from tests.doors import post


def owed(cast: Cast, subscriber: str = "post", problem: str = "unavailable") -> Delivery:
    asked = actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")
    with rows.seeing(practice=cast.siri.practice):
        return Delivery.objects.create(
            entry=Entry.objects.filter(conversation_id=asked.id).earliest("id"),
            subscriber=subscriber,
            practice_id=cast.siri.practice,
            conversation_id=asked.id,
            state=DeliveryState.PARKED,
            tries=10,
            problem=problem,
        )


@pytest.fixture
def parked(cast: Cast) -> Delivery:
    return owed(cast)


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


@pytest.mark.parametrize(
    ("subscriber", "problem", "words"),
    [
        (
            "sms",
            "unavailable",
            ["SMS til pasienten ble ikke sendt", "svarte ikke", "ringe pasienten"],
        ),
        ("sms", "refused", ["noe satt opp feil", "den som drifter systemet", "ringe pasienten"]),
        ("sms-plan", "KeyError", ["ble ikke gjort klar", "Det er en feil i systemet"]),
        ("sms", "KeyError", ["Det er en feil i systemet", "den som drifter systemet"]),
        ("interop", "unavailable", ["eller nettet dit, svarte ikke", "inn i journalen selv"]),
        ("interop", "refused", ["Journalsystemet tok ikke imot meldingen"]),
        ("fhir", "unavailable", ["Det andre systemet svarte ikke", "Prøv igjen om litt."]),
        ("fhir", "refused", ["Det andre systemet tok ikke imot beskjeden"]),
        ("post", "unavailable", ["Noe ble ikke levert", "Mottakeren svarte ikke."]),
        ("post", "refused", ["Noe ble ikke levert", "Ingen tok imot det."]),
    ],
)
def test_it_says_what_went_wrong_and_what_to_do(
    cast: Cast, as_siri: Client, subscriber: str, problem: str, words: list[str]
) -> None:
    owed(cast, subscriber, problem)

    page = as_siri.get("/kontor/ma-ses-pa").content.decode()

    assert [one for one in words if one not in page] == []
    assert "Prøvd 10 ganger." in page
    assert page.index("For den som drifter systemet") < page.index(problem)


def test_every_known_problem_has_words_for_every_receiver() -> None:
    receivers = (*parked_words.WHAT, "")

    said = {
        (one, problem): parked_words.in_words(parked_as(one, problem))
        for one in receivers
        for problem in (*Problem, "ValueError")
    }

    assert [key for key, words in said.items() if not (words.what and words.why and words.do)] == []


def parked_as(subscriber: str, problem: str) -> ParkedDelivery:
    return ParkedDelivery(
        id=1,
        at=timezone.now(),
        kind="MessageSent",
        subscriber=subscriber,
        conversation_id=None,
        tries=1,
        problem=problem,
        details={},
    )
