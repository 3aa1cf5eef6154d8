"""Retting og sletting over HTTP, as the office meets it."""

from uuid import UUID

import pytest
from django.test import Client

from dialog.conversations import actions
from dialog.conversations.rights import Wish
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.renewals import actions as renewals
from dialog.renewals.policy import ItemVerb
from tests.conversations.rights import (
    ANSWER,
    BECAUSE,
    WHY,
    AsRole,
    answered,
    ask,
    erased,
    seen,
)
from tests.doors import post
from tests.econsultations import asked as econsultation
from tests.econsultations.asked import printed, words_of
from tests.people.on_lists import enquiry
from tests.renewals import prescribed

MEDICINE = "Metoprololsuksinat"
RIGHT = "Prøven viser ingen allergi."


def of(conversation_id: UUID, path: str = "") -> str:
    return f"/kontor/sak/{conversation_id}{path}"


def test_what_a_patient_asks_is_among_what_is_promised_and_leads_to_the_decision(
    cast: Cast, as_lund: Client
) -> None:
    conversation_id = answered(cast)
    ask(cast.kari, conversation_id)

    promised = as_lund.get("/kontor/oppfolging")
    found = as_lund.get(of(conversation_id))
    page = words_of(as_lund.get(of(conversation_id, "/krav")))

    assert "Krav om retting eller sletting" in words_of(promised)
    assert "Pasienten skal ha svar senest" in words_of(found)
    assert WHY in page
    assert ANSWER in page


def test_a_doctor_corrects(cast: Cast, as_lund: Client) -> None:
    conversation_id = answered(cast)
    ask(cast.kari, conversation_id)
    wrong = seen(cast.lund, conversation_id).messages[-1].id
    form = {"decision": "corrected", "message_id": str(wrong), "reason": BECAUSE}

    refused = post(as_lund, of(conversation_id, "/krav"), **form)
    sent = post(as_lund, of(conversation_id, "/krav"), **form, correction=RIGHT)

    assert refused.status_code == 422
    assert BECAUSE in words_of(refused)
    page = words_of(as_lund.get(sent.headers["Location"]))
    assert page.index(ANSWER) < page.index(RIGHT)
    assert BECAUSE in page
    assert as_lund.get(of(conversation_id, "/krav")).status_code == 302


def test_what_cannot_be_undone_is_said_twice(cast: Cast, as_lund: Client) -> None:
    conversation_id = answered(cast)
    ask(cast.kari, conversation_id, Wish.ERASE)
    form = {"decision": "erased", "reason": BECAUSE}

    refused = post(as_lund, of(conversation_id, "/krav"), **form)
    post(as_lund, of(conversation_id, "/krav"), **form, sure="on")

    assert "Kryss av her for å slette." in words_of(refused)
    assert "Innholdet er slettet" in words_of(as_lund.get(of(conversation_id)))


def test_what_is_in_the_way_is_said_at_the_choice(cast: Cast, as_lund: Client) -> None:
    asked = enquiry(cast.kari)
    ask(cast.kari, asked.id, Wish.ERASE)

    refused = post(as_lund, of(asked.id, "/krav"), decision="erased", reason=BECAUSE, sure="on")

    assert refused.status_code == 422
    assert "Avslutt saken før innholdet slettes." in words_of(refused)


def test_the_desk_may_ask_and_not_decide(cast: Cast, as_siri: Client) -> None:
    conversation_id = answered(cast)

    post(as_siri, of(conversation_id, "/retting"), wish="correct", words=WHY)

    page = as_siri.get(of(conversation_id, "/krav"))
    assert "En lege må avgjøre dette." in words_of(page)
    assert "Avgjør</button>" not in page.content.decode()
    form = {"decision": "declined", "reason": BECAUSE}
    assert post(as_siri, of(conversation_id, "/krav"), **form).status_code == 403


@pytest.mark.parametrize("path", ["/krav", "/retting"])
def test_another_office_finds_nothing(cast: Cast, as_berg: Client, path: str) -> None:
    assert as_berg.get(of(answered(cast), path)).status_code == 404


@pytest.mark.parametrize("path", ["", "/sak.pdf"])
def test_what_is_erased_says_so_to_the_office(
    cast: Cast, as_lund: Client, as_role: AsRole, path: str
) -> None:
    conversation_id = answered(cast)
    actions.add_note(by=cast.siri, conversation_id=conversation_id, text="Ring henne.")
    erased(cast, as_role, conversation_id)

    found = as_lund.get(of(conversation_id, path))

    page = printed(found) if path else words_of(found)
    assert "Innholdet er slettet." in page
    for gone in (ANSWER, "Ring henne."):
        assert gone not in page


def test_an_erased_econsultation_has_its_price_and_no_card_anywhere(
    cast: Cast, as_lund: Client, as_kari: Client, as_role: AsRole
) -> None:
    one = econsultation.asked(cast.kari)
    econsultations.begin(by=cast.lund, conversation_id=one.id)
    econsultations.complete(by=cast.lund, conversation_id=one.id, card=econsultation.CARD)
    econsultations.mark_journaled(by=cast.lund, conversation_id=one.id)
    erased(cast, as_role, one.id)

    pages = [
        words_of(as_lund.get(of(one.id))),
        words_of(as_lund.get(f"/kontor/e-konsultasjon/{one.id}/journal")),
        words_of(as_kari.get(f"/meldinger/{one.id}")),
        printed(as_kari.get(f"/meldinger/{one.id}/samtale.pdf")),
    ]

    for page in pages:
        assert "Innholdet er slettet" in page
        assert "senebetennelse" not in page
    assert "kr" in pages[2]
    assert as_kari.get(f"/e-konsultasjon/{one.id}/kort").status_code == 404
    assert as_kari.get(f"/e-konsultasjon/{one.id}/kort.pdf").status_code == 404


def test_an_erased_renewal_does_not_say_which_medicine(
    cast: Cast, as_lund: Client, as_kari: Client, as_role: AsRole
) -> None:
    request = prescribed.ask(cast.kari, prescribed.prescribe(cast, cast.kari, MEDICINE))
    ids = [one.id for one in prescribed.lines(cast.lund, request)]
    decided = [renewals.Decision(item_id=ids[0], verb=ItemVerb.RENEW)]
    renewals.decide(by=cast.lund, conversation_id=request, decisions=decided)
    assert MEDICINE in words_of(as_kari.get(f"/meldinger/{request}"))

    erased(cast, as_role, request)

    for client, address in ((as_lund, of(request)), (as_kari, f"/meldinger/{request}")):
        page = words_of(client.get(address))
        assert "Innholdet er slettet." in page
        assert MEDICINE not in page
