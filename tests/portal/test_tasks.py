"""Something to do by a day, as the patient meets it: on the start page, in its conversation."""

from datetime import timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dialog.conversations import actions
from dialog.conversations.deadlines import TaskState
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.people import queries as people
from dialog.ui import dates
from tests.conversations.tasked import WHAT, given, task
from tests.doors import post, signed_in
from tests.people.on_lists import list_of
from tests.pictures import png

WORDS = "Her er skjemaet, ferdig utfylt."


def text(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


def test_the_start_page_and_the_list_say_by_when_until_it_is_done(
    cast: Cast, as_kari: Client
) -> None:
    asked = given(cast)
    as_kari.get(f"/meldinger/{asked.id}")
    by_when = f"Gjør innen {dates.day_of_month(people.today() + timedelta(days=10))}"
    assert "Dette skal du gjøre" in text(as_kari.get("/")) and by_when in text(as_kari.get("/"))
    assert by_when in text(as_kari.get("/meldinger"))

    post(as_kari, f"/meldinger/{asked.id}/gjort")

    assert by_when not in text(as_kari.get("/")) + text(as_kari.get("/meldinger"))


def test_the_page_says_what_and_by_when_with_one_button(cast: Cast, as_kari: Client) -> None:
    asked = given(cast)

    page = text(as_kari.get(f"/meldinger/{asked.id}"))

    assert WHAT in page and "Jeg har gjort dette" in page
    assert "Gjør det innen" in page
    assert dates.day(people.today() + timedelta(days=10)) in page


def test_done_with_a_word_and_a_picture(cast: Cast, as_kari: Client) -> None:
    asked = given(cast)
    picture = SimpleUploadedFile("skjema.png", png(), content_type="image/png")

    post(as_kari, f"/meldinger/{asked.id}/gjort", text="Her er det.", files=picture)

    page = text(as_kari.get(f"/meldinger/{asked.id}"))
    assert "Dette har du gjort" in page and "Meldt som gjort" in page
    assert "Her er det." in page and "skjema.png" in page


def test_without_an_answer_there_is_only_the_button(cast: Cast, as_kari: Client) -> None:
    asked = given(cast, reply_allowed=False)

    page = text(as_kari.get(f"/meldinger/{asked.id}"))
    post(as_kari, f"/meldinger/{asked.id}/gjort")

    assert "<textarea" not in page and "Jeg har gjort dette" in page
    assert task(cast, asked).state is TaskState.DONE


def test_a_refused_form_keeps_the_words(cast: Cast, as_kari: Client) -> None:
    asked = given(cast)
    picture = SimpleUploadedFile("skjema.png", png(), content_type="image/png")
    actions.switch_service(
        by=cast.lund, list_id=list_of(cast.lund), feature=Feature.ENQUIRY_FILES, on=False
    )

    answer = post(as_kari, f"/meldinger/{asked.id}/gjort", text="Her er det.", files=picture)

    assert answer.status_code == 422 and "Her er det." in text(answer)
    assert "tar ikke imot bilder og filer" in text(answer)
    assert task(cast, asked).state is TaskState.OPEN


def test_closed_meanwhile_the_words_are_there_to_copy(cast: Cast, as_kari: Client) -> None:
    asked = given(cast)
    actions.close(by=cast.siri, conversation_id=asked.id)

    answer = post(as_kari, f"/meldinger/{asked.id}/gjort", text=WORDS)

    page = text(answer)
    assert answer.status_code == 409 and WORDS in page
    assert "Dette trenger du ikke å gjøre lenger" in page


def test_late_it_can_still_be_done_and_the_phone_is_there(cast: Cast) -> None:
    asked = given(cast, days=1)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        page = text(signed_in(cast.kari).get(f"/meldinger/{asked.id}"))

    assert "Du kan fortsatt gjøre det." in page and "Jeg har gjort dette" in page
    assert "tel:22334455" in page


def test_what_is_taken_back_is_not_there_to_do(cast: Cast, as_kari: Client) -> None:
    asked = given(cast)
    message = actions.read(by=cast.siri, conversation_id=asked.id).messages[0]
    actions.recall(by=cast.siri, conversation_id=asked.id, message_id=message.id)

    assert WHAT not in text(as_kari.get(f"/meldinger/{asked.id}"))
    assert "Gjør innen" not in text(as_kari.get("/"))


def test_a_stranger_does_not_find_it(cast: Cast, as_per: Client) -> None:
    asked = given(cast)

    assert post(as_per, f"/meldinger/{asked.id}/gjort").status_code == 404
