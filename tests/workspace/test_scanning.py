"""At an office where nobody looks through files, no form asks for any, and the words are kept."""

from typing import NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialog.adapters.scanners import NoScanner
from dialog.conversations.policy import Topic
from dialog.conversations.ports import blobs
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.enquiries import actions as enquiries
from tests.doors import post, say_why
from tests.econsultations.asked import asked
from tests.people.on_lists import uuid_of
from tests.pictures import png

WORDS = "Kom innom luken, så viser vi deg skjemaet."
PICKER = 'type="file"'
SAID = "Her kan ingen sende filer nå"


class Form(NamedTuple):
    """Where an office's form is, where it is sent, and its words."""

    page: str
    to: str
    fields: dict[str, str]


def answering_a_question(cast: Cast) -> Form:
    asked = enquiries.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Når åpner dere?")
    page = f"/kontor/sak/{asked.id}"
    return Form(page, page, {"text": WORDS, "seen": "1"})


def answering_an_econsultation(cast: Cast) -> Form:
    question = asked(cast.kari)
    econsultations.begin(by=cast.lund, conversation_id=question.id)
    to = f"/kontor/e-konsultasjon/{question.id}/svar"
    return Form(f"/kontor/sak/{question.id}", to, {"text": WORDS, "seen": "2"})


def writing_first(cast: Cast) -> Form:
    say_why(cast.lund, cast.kari)
    page = f"/kontor/pasient/{uuid_of(cast.kari)}/skriv"
    return Form(page, page, {"topic": "question", "text": WORDS, "reply": "yes"})


def writing_first_as_the_doctor(cast: Cast) -> Form:
    say_why(cast.lund, cast.kari)
    page = f"/kontor/pasient/{uuid_of(cast.kari)}/e-konsultasjon"
    return Form(page, page, {"topic": "question", "text": WORDS, "reply": "free"})


@pytest.mark.parametrize(
    "begun",
    [
        answering_a_question,
        answering_an_econsultation,
        writing_first,
        writing_first_as_the_doctor,
    ],
)
def test_no_form_asks_for_files_and_one_that_brings_some_keeps_the_words(
    cast: Cast, as_lund: Client, monkeypatch: pytest.MonkeyPatch, begun: object
) -> None:
    form = begun(cast)
    before = as_lund.get(form.page).content.decode()
    found = {"SCANNER": NoScanner(), "BLOBS": blobs()}
    monkeypatch.setattr("dialog.conversations.ports.port", found.get)

    shown = as_lund.get(form.page).content.decode()
    file = SimpleUploadedFile("a.png", png(), "image/png")
    refused = post(as_lund, form.to, **form.fields, files=file)
    without = post(as_lund, form.to, **form.fields)

    said = refused.content.decode()
    assert PICKER in before and PICKER not in shown
    assert refused.status_code == 422 and SAID in said and WORDS in said and PICKER not in said
    assert without.status_code == 302
