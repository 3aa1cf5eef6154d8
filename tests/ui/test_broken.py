"""When something of ours breaks, whoever asked always reads a sentence and the numbers to ring."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from dialog.ui import views
from tests.doors import post

SENTENCE = "Noe gikk galt hos oss"


@pytest.fixture
def kari(as_kari: Client) -> Client:
    as_kari.raise_request_exception = False
    return as_kari


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**given: object) -> None:
        raise ValueError("Nordmann")

    monkeypatch.setattr("dialog.enquiries.actions.ask_practice", breaks)


def asked(kari: Client) -> HttpResponse:
    return post(kari, "/kontakt", calm="on", topic="other", text="Når åpner dere på fredag?")


def test_a_fault_is_a_page(kari: Client, fault: None) -> None:
    answer = asked(kari)

    page = answer.content.decode()
    assert answer.status_code == 500 and SENTENCE in page and "page.css" in page
    assert "tel:113" in page and "Nordmann" not in page
    assert "Content-Security-Policy" in answer.headers
    assert kari.get("/").status_code == 200  # and the next click is as if it had not been


def test_it_is_said_in_the_readers_language() -> None:
    with translation.override("en"):
        page = views.broken(None).content.decode()  # type: ignore[arg-type]  # it asks nothing

    assert '<html lang="en">' in page and SENTENCE not in page


def test_a_page_that_cannot_be_made_is_still_a_sentence(
    kari: Client, fault: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: object) -> str:
        raise LookupError("no such file")

    monkeypatch.setattr("dialog.ui.views.render_to_string", fails)

    answer = asked(kari)

    page = answer.content.decode()
    assert answer.status_code == 500 and SENTENCE in page
    assert "Det er ikke din feil." in page and "113" in page and "116 117" in page
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_request_in_another_name_than_ours_is_refused_with_a_page(kari: Client) -> None:
    answer = kari.post("/kontakt", {"text": "Hei"}, headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400 and "</html>" in answer.content.decode()


def test_a_database_that_is_away_is_a_page_too(
    kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: object, **more: object) -> None:
        raise OperationalError("no route to Nordmann")

    monkeypatch.setattr("dialog.rows.seeing", away)

    answer = kari.get("/")

    assert answer.status_code == 500 and SENTENCE in answer.content.decode()
