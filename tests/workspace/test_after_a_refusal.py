"""What can be written on a page that says no: it goes where its button says, and nowhere else."""

import pytest
from django.test import Client

from dialog.conversations import actions
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.econsultations.actions import decline
from tests.doors import post
from tests.econsultations.asked import asked
from tests.markup import leads_to


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )


@pytest.mark.parametrize("what", ["til-side", "avslutt", "feilsendt", "gi-videre", "merknad"])
def test_an_answer_written_after_a_refusal_is_sent_as_an_answer(
    cast: Cast, as_siri: Client, question: Conversation, what: str
) -> None:
    actions.reply(by=cast.lund, conversation_id=question.id, text="Klokka ni.")
    here = f"/kontor/sak/{question.id}/{what}"
    refused = post(as_siri, here, seen="1", to="econsultation")
    assert refused.status_code in (409, 422)

    to = leads_to(refused.content.decode(), "Svar til pasienten", here)
    answer = post(as_siri, to, text="Klokka åtte er riktig.", seen="2")

    assert answer.status_code == 302
    assert "Svaret er sendt." in as_siri.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("what", ["avslutt", "avslag", "time"])
def test_how_to_end_is_not_asked_about_what_has_ended(
    cast: Cast, as_lund: Client, what: str
) -> None:
    over = asked(cast.kari)
    here = f"/kontor/e-konsultasjon/{over.id}/{what}"
    before = as_lund.get(here).status_code
    decline(by=cast.lund, conversation_id=over.id, reason="Armen må undersøkes.")

    answer = as_lund.get(here)

    assert before == 200
    assert answer.headers["Location"] == f"/kontor/sak/{over.id}"
