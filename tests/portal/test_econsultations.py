"""The patient's pages for an e-consultation: before writing, writing, and what comes after."""

import re
from html import unescape
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Feature, Topic
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.econsultations.models import EConsultation
from dialog.people import actions as people
from dialog.people import queries as registers
from tests.doors import post
from tests.econsultations.asked import CARD, WORDS, asked, price_for, words_of

START, WRITE = "/e-konsultasjon", "/e-konsultasjon/skriv"
BEGUN = f"{START}?gjelder=valgt"


def shown_on(answer: HttpResponse) -> str:
    """The sealed price a page carries along."""
    found = re.search(r'name="shown" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return unescape(found[1])


def ready(client: Client) -> str:
    """Say that it can wait, and come to the writing; the price it shows."""
    post(client, START, calm="on")
    return shown_on(client.get(WRITE))


def sent(client: Client, **changed: object) -> HttpResponse:
    words = {"topic": str(Topic.KNOWN_PROBLEM), "text": WORDS, "consent": "on"}
    return post(client, WRITE, **{**words, "shown": ready(client), **changed})


def photo() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "JPEG")
    return SimpleUploadedFile("albue.jpg", data.getvalue(), "image/jpeg")


def the_only_one(cast: Cast, who: str = "kari") -> UUID:
    by = getattr(cast, who)
    with rows.seeing(patient=by.patient_id):
        (matter,) = core.my_matters(by)
    return matter.id


def none_sent(cast: Cast) -> bool:
    with rows.seeing(patient=cast.kari.patient_id):
        return core.my_matters(cast.kari) == []


class TestStart:
    def test_everything_is_said_before_there_is_anywhere_to_write(
        self, cast: Cast, as_kari: Client
    ) -> None:
        answer = as_kari.get(BEGUN)

        page = words_of(answer)
        assert "Haster det? Ikke skriv her" in page
        assert "116 117" in page
        assert "Dette passer ikke" in page
        assert f"{price_for(cast.kari)} kr" in page
        assert "Svar senest" in page
        assert "en del av journalen din" in page
        assert "<textarea" not in answer.content.decode()

    def test_the_doctors_own_words_are_there(self, cast: Cast, as_kari: Client) -> None:
        conversations.word_service(
            by=cast.lund,
            list_id=min(cast.lund.list_ids),
            feature=Feature.ECONSULTATION,
            notice="Jeg forlenger gjerne sykmeldinger her.",
            answer_days=None,
        )

        assert "Jeg forlenger gjerne sykmeldinger her." in words_of(as_kari.get(BEGUN))

    def test_one_cannot_go_on_without_saying_that_it_can_wait(self, as_kari: Client) -> None:
        answer = post(as_kari, START)

        assert answer.status_code == 422
        assert as_kari.get(WRITE).headers["Location"] == START

    def test_a_child_is_told_that_it_is_free(self, as_kari_for_ola: Client) -> None:
        assert "Barn og unge betaler ikke egenandel" in words_of(as_kari_for_ola.get(START))

    def test_one_that_is_open_is_pointed_out(self, cast: Cast, as_kari: Client) -> None:
        conversation = asked(cast.kari)

        assert f"/meldinger/{conversation.id}" in as_kari.get(BEGUN).content.decode()

    def test_when_it_is_off_the_other_ways_are_shown(self, cast: Cast, as_kari: Client) -> None:
        _switch_off(cast)

        page = words_of(as_kari.get(BEGUN))

        assert "tilbyr ikke e-konsultasjon nå" in page
        assert "22 33 44 55" in page.replace("\xa0", " ")
        assert "Bestill time" in page

    def test_somebody_elses_matter_is_not_found(self, cast: Cast, as_kari: Client) -> None:
        pers = asked(cast.per)

        assert as_kari.get(f"{START}?fra={pers.id}").status_code == 404
        assert as_kari.get(f"{START}?fra=tull").status_code == 404


def _switch_off(cast: Cast) -> None:
    conversations.switch_service(
        by=cast.lund,
        list_id=min(cast.lund.list_ids),
        feature=Feature.ECONSULTATION,
        on=False,
    )


class TestWrite:
    def test_it_is_sent_with_pictures_and_a_yes_to_the_price(
        self, cast: Cast, as_kari: Client
    ) -> None:
        answer = sent(as_kari, files=photo())

        conversation_id = the_only_one(cast)
        assert answer.headers["Location"] == f"/meldinger/{conversation_id}"
        with rows.seeing(patient=cast.kari.patient_id):
            (message,) = core.thread(cast.kari, conversation_id).messages
            row = EConsultation.objects.get(conversation_id=conversation_id)
        assert message.text == WORDS
        assert [one.name for one in message.files] == ["albue.jpg"]
        assert row.accepted_price == price_for(cast.kari)
        assert row.price_shown_at is not None
        assert row.accepted_at is not None
        assert row.price_shown_at < row.accepted_at

    def test_the_receipt_says_when_the_answer_comes_once(self, as_kari: Client) -> None:
        address = sent(as_kari).headers["Location"]

        first, second = words_of(as_kari.get(address)), words_of(as_kari.get(address))

        assert "E-konsultasjonen er sendt" in first
        assert "Svar senest" in first
        assert "E-konsultasjonen er sendt" not in second

    def test_the_same_click_twice_is_one(self, cast: Cast, as_kari: Client) -> None:
        shown, key = ready(as_kari), "6f1c0a53-6cf6-4b3c-8f0a-000000000001"
        words = {"topic": "known-problem", "text": WORDS, "consent": "on", "shown": shown}

        first = post(as_kari, WRITE, key=key, **words)
        second = post(as_kari, WRITE, key=key, **words)

        assert first.headers["Location"] == second.headers["Location"]
        assert first.headers["Location"] == f"/meldinger/{the_only_one(cast)}"

    def test_without_a_yes_to_the_price_nothing_is_sent(self, cast: Cast, as_kari: Client) -> None:
        answer = sent(as_kari, consent=None)

        assert answer.status_code == 422
        assert "Kryss av hvis du godtar prisen." in words_of(answer)
        assert WORDS in words_of(answer)
        assert none_sent(cast)

    def test_another_price_since_is_shown_and_asked_for_again(
        self, cast: Cast, as_kari: Client
    ) -> None:
        shown = ready(as_kari)
        people.set_ceiling_card(by=cast.lund, patient_id=cast.kari.patient, until=registers.today())

        answer = sent(as_kari, shown=shown, files=photo())

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Prisen er endret" in page
        assert WORDS in page
        assert "albue.jpg" in page
        assert 'name="consent"' in page
        assert not re.search(r'name="consent"[^>]*checked', page)
        assert none_sent(cast)
        again = sent(as_kari, shown=shown_on(answer))
        assert again.status_code == 302

    @pytest.mark.parametrize("shown", ["", "0", "[0, null]"])
    def test_a_price_of_ones_own_making_is_not_todays(
        self, cast: Cast, as_kari: Client, shown: str
    ) -> None:
        ready(as_kari)

        answer = post(as_kari, WRITE, topic="known-problem", text=WORDS, consent="on", shown=shown)

        assert answer.status_code == 409
        assert none_sent(cast)

    def test_switched_off_while_writing_every_word_and_picture_stays(
        self, cast: Cast, as_kari: Client
    ) -> None:
        shown = ready(as_kari)
        _switch_off(cast)

        answer = sent(as_kari, shown=shown, files=photo())

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "tilbyr ikke" in page
        assert WORDS in page
        assert "albue.jpg" in page
        assert none_sent(cast)

    def test_a_picture_that_was_kept_goes_along_the_next_time(
        self, cast: Cast, as_kari: Client
    ) -> None:
        refused = sent(as_kari, consent=None, files=photo())
        kept = re.search(r'name="files_kept" value="([^"]+)"', refused.content.decode())
        assert kept is not None

        sent(as_kari, files_kept=kept[1])

        with rows.seeing(patient=cast.kari.patient_id):
            (message,) = core.thread(cast.kari, the_only_one(cast)).messages
        assert [one.name for one in message.files] == ["albue.jpg"]

    def test_five_thousand_characters_and_not_one_more(self, cast: Cast, as_kari: Client) -> None:
        long = "å" * 5001

        answer = sent(as_kari, text=long)

        assert answer.status_code == 422
        assert long in answer.content.decode()
        assert "1 tegn for lang" in words_of(answer)
        assert none_sent(cast)
        assert sent(as_kari, text=long[1:]).status_code == 302

    def test_it_goes_on_from_where_one_was(self, cast: Cast, as_kari: Client) -> None:
        before = asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=before.id, card=CARD)
        post(as_kari, f"{START}?fra={before.id}", calm="on")
        shown = shown_on(as_kari.get(f"{WRITE}?fra={before.id}"))

        answer = post(
            as_kari,
            f"{WRITE}?fra={before.id}",
            topic="follow-up",
            text="Det er verre.",
            consent="on",
            shown=shown,
        )

        new = Conversation.objects.none()
        with rows.seeing(patient=cast.kari.patient_id):
            new = Conversation.objects.get(id=answer.headers["Location"].split("/")[-1])
        assert new.continues_id == before.id


def test_one_matter_is_gone_on_with_once_and_the_words_are_kept(
    cast: Cast, as_kari: Client
) -> None:
    before = asked(cast.kari)
    actions.decline(by=cast.lund, conversation_id=before.id, reason="Skriv mer om albuen.")
    asked(cast.kari, continues_id=before.id)
    words = {"topic": str(Topic.KNOWN_PROBLEM), "text": "Det samme en gang til", "consent": "on"}

    answer = post(as_kari, f"{WRITE}?fra={before.id}", shown=ready(as_kari), **words)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Du har allerede gått videre med dette." in page and "Det samme en gang til" in page
