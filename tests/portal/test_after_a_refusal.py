"""What can be written on a page that says no: it goes where its button says, and nowhere else."""

import pytest
from django.test import Client

from dialog.appointments import actions
from dialog.demo.cast import Cast
from tests.doors import post
from tests.markup import leads_to
from tests.portal.times import offered, slots


@pytest.mark.parametrize("what", ["ja", "nei"])
def test_words_written_after_a_refused_answer_are_a_message_and_no_new_answer(
    cast: Cast, as_kari: Client, what: str
) -> None:
    conversation = offered(cast)
    here = f"/time/{conversation}/{what}"
    actions.ask_for_another(by=cast.kari, conversation_id=conversation)
    refused = post(as_kari, here)
    assert refused.status_code == 409
    actions.propose_time(by=cast.siri, conversation_id=conversation, slot_id=slots(cast.kari)[1].id)

    to = leads_to(refused.content.decode(), "Din melding", here)
    post(as_kari, to, text="Kan jeg få en time på en torsdag?")

    page = as_kari.get(f"/meldinger/{conversation}").content.decode()
    assert "foreslår" in page and "Time bestilt" not in page
    assert "Kan jeg få en time på en torsdag?" in page
