"""Retting og sletting over HTTP, as the patient meets it: pages, lists, print and PDF."""

from dataclasses import replace

import pytest
from django.test import Client

from dialog.conversations.rights import Decision, Wish
from dialog.demo.cast import Cast
from tests.conversations.rights import (
    ANSWER,
    BECAUSE,
    WHY,
    AsRole,
    answered,
    ask,
    decide,
    erased,
    seen,
)
from tests.doors import post
from tests.econsultations.asked import printed, words_of
from tests.people.on_lists import enquiry, young_patient

RIGHT = "Prøven viser ingen allergi."


def test_asking_is_one_form_and_the_words_are_kept_when_something_is_missing(
    cast: Cast, as_kari: Client
) -> None:
    address = f"/meldinger/{answered(cast)}/retting"

    refused = post(as_kari, address, words=WHY)
    sent = post(as_kari, address, words=WHY, wish="correct")

    assert refused.status_code == 422
    assert WHY in words_of(refused)
    assert sent.status_code == 302
    page = words_of(as_kari.get(sent.headers["Location"]))
    assert "Du har bedt om retting" in page
    assert "Be om retting eller sletting" not in page
    assert as_kari.get(address).status_code == 302


@pytest.mark.parametrize("path", ["", "/utskrift"])
def test_a_correction_stands_under_what_it_is_about(cast: Cast, as_kari: Client, path: str) -> None:
    conversation_id = answered(cast)
    ask(cast.kari, conversation_id)
    wrong = seen(cast.lund, conversation_id).messages[-1].id
    decide(cast.lund, conversation_id, Decision.CORRECTED, correction=RIGHT, message_id=wrong)

    page = words_of(as_kari.get(f"/meldinger/{conversation_id}{path}"))

    assert page.index(ANSWER) < page.index("Lege Rettelse") < page.index(RIGHT)
    assert BECAUSE in page
    assert "Statsforvalteren" in page


def test_the_copy_has_what_was_asked_and_decided(cast: Cast, as_kari: Client) -> None:
    conversation_id = answered(cast)
    ask(cast.kari, conversation_id)
    decide(cast.lund, conversation_id, Decision.CORRECTED, correction=RIGHT)

    copy = printed(as_kari.get(f"/meldinger/{conversation_id}/samtale.pdf"))

    for words in (ANSWER, RIGHT, WHY, BECAUSE, "Rettelse av Ingrid Lund"):
        assert words in copy


@pytest.mark.parametrize("path", ["", "/utskrift", "/samtale.pdf"])
def test_what_is_erased_says_so_everywhere(
    cast: Cast, as_kari: Client, as_role: AsRole, path: str
) -> None:
    conversation_id = answered(cast)
    erased(cast, as_role, conversation_id)

    found = as_kari.get(f"/meldinger/{conversation_id}{path}")

    assert found.status_code == 200
    page = printed(found) if path.endswith("pdf") else words_of(found)
    assert "Innholdet er slettet." in page
    assert BECAUSE in page
    assert ANSWER not in page


def test_lists_and_the_log_know_it_still(cast: Cast, as_kari: Client, as_role: AsRole) -> None:
    erased(cast, as_role, answered(cast))

    assert "Henvendelse" in words_of(as_kari.get("/meldinger"))
    log = words_of(as_kari.get("/innsyn"))
    assert "Bestemte at innholdet i samtalen skal slettes" in log
    assert "Slettet innholdet i samtalen" in log


def test_what_a_parent_asks_is_in_the_parents_name(
    cast: Cast, as_kari_for_ola: Client, as_kari: Client
) -> None:
    conversation_id = enquiry(cast.kari_for_ola).id

    post(as_kari_for_ola, f"/meldinger/{conversation_id}/retting", words=WHY, wish="erase")

    page = words_of(as_kari_for_ola.get(f"/meldinger/{conversation_id}"))
    assert "Du har bedt om sletting" in page
    assert as_kari.get(f"/meldinger/{conversation_id}/retting").status_code == 404


def test_a_young_person_does_not_read_what_a_parent_asks(cast: Cast) -> None:
    young = young_patient(cast)
    conversation_id = enquiry(young).id
    parent = replace(cast.kari_for_ola, patient_id=young.patient_id)

    ask(parent, conversation_id)

    assert seen(young, conversation_id).requests == ()
    (waiting,) = seen(parent, conversation_id).requests
    assert (waiting.mine, waiting.words) == (True, WHY)


def test_a_stranger_finds_no_form(cast: Cast, as_per: Client) -> None:
    address = f"/meldinger/{answered(cast)}/retting"

    assert as_per.get(address).status_code == 404
    assert post(as_per, address, wish=Wish.ERASE, words=WHY).status_code == 404
