"""Finding a patient, and the patient's page."""

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast, number
from dialog.ledger import queries as ledger
from dialog.people import queries as people
from tests.doors import post


def page_of(cast: Cast, who: str) -> str:
    with rows.seeing(patient=getattr(cast, who).patient):
        return f"/kontor/pasient/{people.the_patient(getattr(cast, who)).uuid}"


@pytest.mark.parametrize("words", ["kari nord", "Nordmann Kari", "14031985", "140385"])
def test_a_patient_is_found_by_name_or_birth_date(as_siri: Client, words: str) -> None:
    assert "Kari Nordmann" in post(as_siri, "/kontor/pasienter", words=words).content.decode()


@pytest.mark.parametrize("between", ["", " ", "-"])
def test_a_patient_is_found_by_identity_number(as_siri: Client, between: str) -> None:
    written = between.join((number("kari")[:6], number("kari")[6:]))

    found = post(as_siri, "/kontor/pasienter", words=written).content.decode()

    assert "Kari Nordmann" in found and "Ola Nordmann" not in found


def test_another_offices_patient_is_not_found(as_berg: Client) -> None:
    found = post(as_berg, "/kontor/pasienter", words="kari nord").content.decode()

    assert "Kari Nordmann" not in found
    assert "Ingen på listene deres" in found


def test_nothing_to_search_for_says_so(as_siri: Client) -> None:
    assert post(as_siri, "/kontor/pasienter", words="").status_code == 422


def test_the_page_shows_open_matters_and_history(cast: Cast, as_siri: Client) -> None:
    still, over = (
        actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")
        for _number in range(2)
    )
    actions.close(by=cast.siri, conversation_id=over.id)
    private = actions.start(
        by=cast.kari, kind=Kind.ECONSULTATION, patient_id=cast.kari.patient, text="Hei"
    )

    page = as_siri.get(page_of(cast, "kari")).content.decode()

    assert page.index(str(still.id)) < page.index("Tidligere") < page.index(str(over.id))
    assert str(private.id) not in page


@pytest.mark.usefixtures("on_the_phone")
def test_a_look_is_on_the_patients_log(cast: Cast, as_siri: Client) -> None:
    as_siri.get(page_of(cast, "kari"))

    with rows.seeing(patient=cast.kari.patient):
        log = ledger.access_log(cast.kari)
    assert ("PatientLookedUp", cast.siri.account_id) in [(one.kind, one.account_id) for one in log]


def test_another_offices_patient_has_no_page(cast: Cast, as_berg: Client) -> None:
    assert as_berg.get(page_of(cast, "kari")).status_code == 404
