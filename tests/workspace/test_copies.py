"""The office saves a whole matter as a PDF, over HTTP (R133)."""

from django.test import Client
from django.urls import reverse

from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.renewals import actions as renewals
from dialog.renewals.policy import ItemVerb
from tests.appointments.people_and_times import booked
from tests.econsultations.asked import CARD, asked, printed
from tests.people.on_lists import enquiry
from tests.renewals.prescribed import ask, lines, prescribe


def pdf(client: Client, conversation_id: object) -> str:
    return printed(client.get(reverse("workspace:copy", args=[conversation_id])))


def test_it_has_what_was_written_and_nothing_between_colleagues(
    cast: Cast, as_siri: Client
) -> None:
    one = enquiry(cast.kari)
    conversations.add_note(by=cast.siri, conversation_id=one.id, text="Hun ringte i går")
    conversations.reply(by=cast.siri, conversation_id=one.id, text="Klokka åtte.")

    said = pdf(as_siri, one.id)

    assert "– Kari Nordmann, pasient Når åpner dere?" in said
    assert "Klokka åtte." in said
    assert "Interne merknader er ikke med." in said
    assert "Hun ringte" not in said


def test_an_econsultation_says_what_was_agreed_to_and_charged(cast: Cast, as_lund: Client) -> None:
    one = asked(cast.kari)
    econsultations.complete(by=cast.lund, conversation_id=one.id, card=CARD)

    said = pdf(as_lund, one.id)

    assert "Pasienten godtok å betale: høyst" in said
    assert "Egenandel: " in said
    assert CARD.what_we_think in said


def test_a_renewal_and_an_appointment_say_what_became_of_them(cast: Cast, as_lund: Client) -> None:
    renewal, time = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol")), booked(cast.kari)
    (line,) = lines(cast.lund, renewal)
    yes = renewals.Decision(item_id=line.id, verb=ItemVerb.RENEW)
    renewals.decide(by=cast.lund, conversation_id=renewal, decisions=[yes])

    assert "Metoprolol: Fornyet, " in pdf(as_lund, renewal)
    assert "Bestilt Når: " in pdf(as_lund, time.conversation_id)


def test_the_patient_sees_that_a_copy_was_taken(
    cast: Cast, as_siri: Client, as_kari: Client
) -> None:
    one = enquiry(cast.kari)
    assert reverse("workspace:copy", args=[one.id]) in (
        as_siri.get(f"/kontor/sak/{one.id}").content.decode()
    )

    pdf(as_siri, one.id)

    assert "Lagret en kopi av samtalen" in as_kari.get("/innsyn").content.decode()


def test_a_stranger_and_who_may_not_see_it_find_none(
    cast: Cast, as_berg: Client, as_siri: Client
) -> None:
    address = reverse("workspace:copy", args=[asked(cast.kari).id])

    assert as_berg.get(address).status_code == 404
    assert as_siri.get(address).status_code == 404
