"""The patient's own list of everything between her and the office."""

from django.test import Client

from dialog.conversations import actions
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from tests.counting import queries_of


def ask(cast: Cast, kind: Kind = Kind.ENQUIRY) -> str:
    started = actions.start(by=cast.kari, kind=kind, patient_id=cast.kari.patient, text="Hei")
    return f"/meldinger/{started.id}"


def test_a_service_can_be_shown_alone(cast: Cast, as_kari: Client) -> None:
    enquiry, consultation = ask(cast), ask(cast, Kind.ECONSULTATION)

    everything = as_kari.get("/meldinger").content.decode()
    one = as_kari.get("/meldinger?tjeneste=enquiry").content.decode()

    assert enquiry in everything and consultation in everything
    assert enquiry in one and consultation not in one


def test_a_filter_that_is_no_service_shows_everything(cast: Cast, as_kari: Client) -> None:
    assert ask(cast) in as_kari.get("/meldinger?tjeneste=tull").content.decode()


def test_a_stranger_sees_none_of_it(
    cast: Cast, as_per: Client, as_bjarne: Client, as_kari_for_ola: Client
) -> None:
    address = ask(cast)

    for stranger in (as_per, as_bjarne, as_kari_for_ola):
        assert address not in stranger.get("/meldinger").content.decode()


def test_the_next_page_goes_on_where_the_first_ended(cast: Cast, as_kari: Client) -> None:
    oldest = ask(cast)
    for _number in range(20):
        ask(cast)

    first = as_kari.get("/meldinger").content.decode()
    second = as_kari.get("/meldinger?side=2").content.decode()

    assert oldest not in first and "?side=2" in first
    assert oldest in second


def test_a_longer_list_takes_no_more_queries(cast: Cast, as_kari: Client) -> None:
    ask(cast)
    few = queries_of(as_kari, "/meldinger")
    for _number in range(15):
        ask(cast)

    assert queries_of(as_kari, "/meldinger") == few
