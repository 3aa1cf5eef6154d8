"""A patient saves the whole conversation as a PDF, over HTTP (R133)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.renewals import actions as renewals
from dialog.renewals.policy import ItemVerb, Reason
from tests.appointments.people_and_times import booked
from tests.doors import post, signed_in
from tests.econsultations.asked import CARD, asked, printed
from tests.people.on_lists import enquiry
from tests.pictures import png
from tests.renewals.prescribed import ask, lines, prescribe


def pdf(client: Client, conversation_id: object) -> str:
    return printed(client.get(reverse("portal:copy", args=[conversation_id])))


def test_it_has_both_sides_words_who_and_when(cast: Cast, as_kari: Client) -> None:
    one = enquiry(cast.kari)
    conversations.read(by=cast.siri, conversation_id=one.id)
    conversations.reply(by=cast.siri, conversation_id=one.id, text="Vi åpner klokka åtte.")
    conversations.close(by=cast.siri, conversation_id=one.id)

    said = pdf(as_kari, one.id)

    for words in (
        "Storgata legesenter",
        "Pasient: Kari Nordmann, ",
        "Status: Avsluttet",
        "Utfall: Besvart",
        "– Kari Nordmann Når åpner dere?",
        "– Siri Dahl, helsesekretær Vi åpner klokka åtte.",
        ": Sendt",
        ": Åpnet av legekontoret",
    ):
        assert words in said


def test_what_was_attached_is_listed(cast: Cast, as_kari: Client) -> None:
    one = enquiry(cast.kari)
    picture = SimpleUploadedFile("utslett.png", png(), "image/png")
    post(as_kari, f"/meldinger/{one.id}", text="Se her", files=picture)

    assert "Vedlegg: utslett.png (" in pdf(as_kari, one.id)


def test_an_econsultation_says_what_was_agreed_to_charged_and_concluded(
    cast: Cast, as_kari: Client
) -> None:
    one = asked(cast.kari)
    econsultations.complete(by=cast.lund, conversation_id=one.id, card=CARD)

    said = pdf(as_kari, one.id)

    assert "Du godtok å betale: høyst" in said
    assert "Pris: Du betaler" in said
    assert CARD.what_you_do in said


def test_a_renewal_says_what_became_of_each_line(cast: Cast, as_kari: Client) -> None:
    one = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
    (line,) = lines(cast.lund, one)
    no = renewals.Decision(
        item_id=line.id, verb=ItemVerb.DECLINE, reason=Reason.OTHER, explanation="Du har fått ny."
    )
    renewals.decide(by=cast.lund, conversation_id=one, decisions=[no])

    said = pdf(as_kari, one)

    assert "Metoprolol: Ikke fornyet, " in said
    assert "Du har fått ny." in said


def test_an_appointment_says_when_and_that_it_was_cancelled(cast: Cast, as_kari: Client) -> None:
    one = booked(cast.kari)
    appointments.cancel(by=cast.kari, conversation_id=one.conversation_id)

    said = pdf(as_kari, one.conversation_id)

    assert "Avlyst Når: " in said
    assert "Hos: Ingrid Lund" in said


def test_words_taken_back_are_not_there(cast: Cast, as_kari: Client) -> None:
    one = enquiry(cast.kari)
    conversations.read(by=cast.siri, conversation_id=one.id)
    more = conversations.reply(by=cast.kari, conversation_id=one.id, text="Glem dette")
    conversations.recall(by=cast.kari, conversation_id=one.id, message_id=more.id)

    said = pdf(as_kari, one.id)

    assert "Meldingen er trukket tilbake." in said
    assert "Glem dette" not in said


def test_the_page_leads_to_it_and_the_log_says_so(cast: Cast, as_kari: Client) -> None:
    one = enquiry(cast.kari)
    address = reverse("portal:copy", args=[one.id])

    assert address in as_kari.get(f"/meldinger/{one.id}").content.decode()
    as_kari.get(address)

    assert "Lagret en kopi av samtalen" in as_kari.get("/innsyn").content.decode()


@pytest.mark.parametrize("who", ["per", "bjarne", "anne"])
def test_a_stranger_finds_none(cast: Cast, who: str) -> None:
    one = enquiry(cast.kari)

    answer = signed_in(getattr(cast, who)).get(reverse("portal:copy", args=[one.id]))

    assert answer.status_code == 404
