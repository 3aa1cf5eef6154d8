"""What goes out of the register: letters to those affected, and what an authority is given."""

import csv
from io import BytesIO, StringIO
from typing import Any

from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from dialog.breaches import actions
from dialog.breaches.policy import Risk, Said, Told
from dialog.demo.cast import Cast
from tests.breaches.scene import WHAT, assess, letters, registered, view
from tests.doors import post
from tests.people.on_lists import uuid_of

HERE = "/kontor/avvik"


def printed(answer: Any) -> str:
    pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


class TestLetters:
    def test_the_words_are_gone_over_looked_at_and_sent(self, cast: Cast, as_lund: Client) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        asked = as_lund.get(f"{HERE}/{id}/brev").content.decode()
        words = "Kjære Kari. Brevet ditt lå i feil konvolutt."

        looked = printed(post(as_lund, f"{HERE}/{id}/brev", words_nb=words, look="1"))
        untold = len(view(cast.lund, id).untold)
        sent = post(as_lund, f"{HERE}/{id}/brev", words_nb=words)

        assert "En melding om deg ble sendt til en annen pasient." in asked
        assert "En annen vet om prøvesvaret." in asked
        assert words in looked and untold == 1
        assert sent.headers["Location"] == f"{HERE}/{id}"
        (told,) = view(cast.lund, id).affected
        assert (told.told_how, told.letter) == (Told.PORTAL, words)

    def test_a_letter_on_paper_is_printed_as_it_was_written(
        self, cast: Cast, as_lund: Client
    ) -> None:
        id = registered(cast, patients=[uuid_of(cast.kari)])
        assess(cast, id, Risk.HIGH)
        one = view(cast.lund, id).affected[0]
        actions.note_told(
            by=cast.lund,
            breach_id=id,
            affected_id=one.id,
            how=Told.LETTER,
            told_at=timezone.now(),
            text="Brevet ditt lå i feil konvolutt.",
        )

        on_paper = printed(as_lund.get(f"{HERE}/{id}/berort/{one.id}/brev.pdf"))

        for words in ("Kari Nordmann", "Storgata legesenter", "Brevet ditt lå i feil konvolutt."):
            assert words in on_paper


class TestWhatIsTakenOut:
    def test_what_the_authority_asks_for_on_paper_and_as_text(
        self, cast: Cast, as_lund: Client
    ) -> None:
        id = registered(cast)
        assess(cast, id, people_about=3)
        actions.add(by=cast.lund, breach_id=id, said=Said.MEASURE, text="Ny rutine.")

        on_paper = printed(as_lund.get(f"{HERE}/{id}/datatilsynet.pdf"))
        answer = as_lund.get(f"{HERE}/{id}/datatilsynet.txt")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

        for words in (WHAT, "Navn og prøvesvar", "En annen vet om prøvesvaret.", "Ny rutine."):
            assert words in on_paper and words in text
        assert "ikke kontrollert mot skjemaet" in on_paper
        assert "Kari Nordmann" not in text

    def test_the_table_has_every_entry_and_reckons_out_nothing(
        self, cast: Cast, as_lund: Client
    ) -> None:
        registered(cast, what='=HYPERLINK("http://eksempel.no")')
        letters(cast, registered(cast))

        answer = as_lund.get(f"{HERE}/oversikt.csv")
        table = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        lines = list(csv.DictReader(StringIO(table), delimiter=";"))

        assert [one["Fortalt"] for one in lines] == ["0", "1"]
        assert lines[0]["Hva skjedde"].startswith("'=")
        assert "Kari Nordmann" not in table

    def test_the_paper_says_whom_it_concerns_and_how_they_were_told(
        self, cast: Cast, as_lund: Client
    ) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        letters(cast, id)

        on_paper = printed(as_lund.get(f"{HERE}/oversikt.pdf"))

        for words in ("Oversikt over avvik", WHAT, "Kari Nordmann", "Melding i portalen"):
            assert words in on_paper
