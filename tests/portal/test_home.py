"""The start page: one question, and the four services beside it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.policy import Feature, Kind
from dialog.demo.cast import Cast
from dialog.people import queries as people


def list_of(cast: Cast) -> int:
    with rows.seeing(patient=cast.kari.patient):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    return owner.list_id


def test_all_four_services_say_who_answers_when_and_what_they_cost(
    cast: Cast, as_kari: Client
) -> None:
    page = as_kari.get("/").content.decode()

    for words in ("Bestill time", "Forny resept", "E-konsultasjon", "Kontakt legekontoret"):
        assert words in page
    assert "Ingrid Lund leser og svarer." in page
    assert "Koster høyst" in page
    assert "Svar innen 2 virkedager." in page


def test_a_child_pays_nothing(as_kari_for_ola: Client) -> None:
    page = as_kari_for_ola.get("/").content.decode()

    assert "Gratis for deg." in page
    assert "Koster høyst" not in page


def test_what_is_off_says_why_and_until_when_and_cannot_be_chosen(
    cast: Cast, as_kari: Client
) -> None:
    actions.plan_pause(
        by=cast.lund,
        list_id=list_of(cast),
        feature=Feature.ECONSULTATION,
        starts=timezone.now() - timedelta(hours=1),
        ends=timezone.now() + timedelta(days=3),
        reason="Jeg er på kurs.",
    )

    page = as_kari.get("/").content.decode()

    assert "Jeg er på kurs." in page
    assert "Det kommer tilbake" in page
    assert 'href="/e-konsultasjon"' not in page
    assert 'href="/kontakt"' in page


@pytest.mark.parametrize(
    ("need", "begins"),
    [
        ("plager", "/time"),
        ("prove", "/time"),
        ("medisin", "/resept"),
        ("sporsmal", "/e-konsultasjon"),
        ("sykmelding", "/e-konsultasjon"),
        ("provesvar", "/e-konsultasjon"),
        ("praktisk", "/kontakt"),
    ],
)
def test_a_need_leads_to_the_service_that_suits_and_can_be_overruled(
    as_kari: Client, need: str, begins: str
) -> None:
    page = as_kari.get(f"/hjelp/{need}").content.decode()

    assert f'<a class="ds-button" href="{begins}">' in page
    for other in {"/time", "/resept", "/e-konsultasjon", "/kontakt"} - {begins}:
        assert f'href="{other}"' in page


def test_an_unknown_need_is_not_found(as_kari: Client) -> None:
    assert as_kari.get("/hjelp/noe-annet").status_code == 404


def test_what_the_office_wrote_is_on_top_until_it_is_read(
    cast: Cast, as_kari: Client, as_per: Client
) -> None:
    asked = actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )
    actions.reply(by=cast.siri, conversation_id=asked.id, text="Klokka åtte.")

    before = as_kari.get("/").content.decode()
    as_kari.get(f"/meldinger/{asked.id}")
    after = as_kari.get("/").content.decode()

    assert f"/meldinger/{asked.id}" in before
    assert f"/meldinger/{asked.id}" not in after
    assert f"/meldinger/{asked.id}" not in as_per.get("/").content.decode()
