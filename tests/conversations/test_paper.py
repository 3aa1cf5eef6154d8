"""What is printed: read back word for word, tagged for screen readers, and never run as markup."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from dialog.conversations.paper import (
    CareCard,
    Conclusion,
    JournalNote,
    Letter,
    NoteEntry,
    Sender,
    care_card,
    journal_note,
    letter,
)
from dialog.conversations.paper_copies import Copy, copy

OFFICE = Sender(name="Storgata legesenter", address="Storgata 1\n0155 Oslo", phone="22 33 44 55")
CONCLUSION = Conclusion(
    what_we_think="Vi tror det er eksem.",
    what_you_do="Smør med krem to ganger om dagen.",
    when_and_where_to_contact="Skriv til oss her om to uker.",
    who_follows_up_by_when="Dr Lund ringer innen 7. desember.",
)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
LETTERS = "æøåÆØÅ čđŋšŧž ČĐŊŠŦŽ áïńö – « » … €"
HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd")',
    "#sys.inputs",
    "*bold* _slanted_ `raw` $x^2$ <label> @ref https://x.example \\ // /* */ [a] #",
    "= Overskrift",
    "+ en",
    "/ a: b",
    '"}], "parts": [',
    "\\u0041 &amp; <script>alert(1)</script> {% now %} %(name)s",
]


def post(text: str = "Hei!", **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "sender": OFFICE,
        "recipient": "Kari Nordmann",
        "address": "Fjordveien 2\n8900 Brønnøysund",
        "day": date(2026, 11, 23),
        "subject": "Vi har svart deg",
        "text": text,
        "signed_by": "Dr Lund",
    }
    return letter(Letter(**given | changes))


def card(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "sender": OFFICE,
        "patient": "Kari Nordmann",
        "day": date(2026, 11, 23),
        "practitioner": "Dr Lund",
        "conclusion": CONCLUSION,
    }
    return care_card(CareCard(**given | changes))


def note(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "sender": OFFICE,
        "patient": "Kari Nordmann",
        "identity_number": "158380 *****",
        "service": "E-konsultasjon",
        "practitioner": "Dr Lund",
        "begun_at": NOON,
    }
    return journal_note(JournalNote(**given | changes))


def whole(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "sender": OFFICE,
        "title": "E-konsultasjon: Medisin",
        "made_at": NOON,
        "facts": (("Pasient", "Kari Nordmann"), ("Status", "Avsluttet")),
        "sections": (("Hva det koster", (("Pris", "Du betaler ingenting."),)),),
        "happened": ((NOON, "Sendt"),),
        "entries": (
            (NoteEntry(at=NOON, author="Kari Nordmann", text="Det klør."), ("arm.jpg (1,0 MB)",)),
        ),
    }
    return copy(Copy(**given | changes))


def words(data: bytes) -> str:
    pages = PdfReader(BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def bare(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


class TestLetter:
    def test_it_says_from_whom_to_whom_when_and_what(self) -> None:
        found = words(post("Vi har skrevet til deg.\n\nLogg inn, eller ring oss."))

        assert found.startswith(
            "Storgata legesenter Storgata 1 0155 Oslo Telefon 22 33 44 55 "
            "Kari Nordmann Fjordveien 2 8900 Brønnøysund 23. november 2026 Vi har svart deg "
            "Vi har skrevet til deg. Logg inn, eller ring oss. Vennlig hilsen Dr Lund"
        )

    def test_an_office_without_a_telephone_says_nothing_of_one(self) -> None:
        assert "Telefon" not in words(post(sender=Sender(name="Storgata legesenter")))

    def test_norwegian_and_northern_sami_letters_are_all_there(self) -> None:
        assert LETTERS in words(post(LETTERS))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_people_write_is_shown_and_never_run(self, text: str) -> None:
        found = words(post(text, subject=text, recipient=text, signed_by=text))

        assert bare(found).count(bare(text)) >= 4

    def test_five_thousand_letters_and_many_lines_fill_as_many_pages_as_they_need(self) -> None:
        lines = [f"{number}: utslett på armen" for number in range(250)]

        data = post("\n".join(lines))

        found = words(data)
        assert sum(map(len, lines)) > 5000
        assert len(PdfReader(BytesIO(data)).pages) > 3
        assert [line for line in lines if line not in found] == []

    def test_a_word_without_end_is_broken_and_not_cut(self) -> None:
        assert bare(words(post("x" * 5000))).count("x") >= 5000

    @pytest.mark.parametrize("text", ["Vondt 😀😀", "Vondt 中文", "Vondt 👩🏽\u200d⚕\ufe0f"])
    def test_a_sign_no_font_has_is_replaced_and_the_reader_is_told(self, text: str) -> None:
        found = words(post(text))

        assert "Vondt □" in found
        assert "Noen tegn kan ikke skrives på papir, og står som □." in found

    def test_ordinary_text_says_nothing_of_lost_signs(self) -> None:
        assert "Noen tegn" not in words(post(LETTERS))

    @pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\x07", "\x00", "\ud800", "\ufeff"])
    def test_hidden_signs_that_turn_or_break_text_are_left_out(self, sign: str) -> None:
        assert "fremover" in words(post(f"frem{sign}over"))

    def test_a_letter_can_be_read_by_who_does_not_read_norwegian(self) -> None:
        with translation.override("en"):
            data = post()

        assert root_of(data)["/Lang"] == "en"

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("0\u1dc0", "0□"),  # both in the fonts, but in none together
            ("nei 0\u1dc0\u1dc0\u034f ja", "nei 0□ ja"),
            ("\u1dc0nei", "□nei"),  # a mark on nothing
        ],
    )
    def test_a_sign_that_cannot_have_its_marks_is_shown_without_them(
        self, text: str, shown: str
    ) -> None:
        found = words(post(text))

        assert f"Vi har svart deg {shown} Vennlig hilsen" in found
        assert "Noen tegn kan ikke skrives på papir, og står som □." in found

    def test_signs_that_cannot_be_drawn_beside_each_other_are_all_replaced(self) -> None:
        after_a_letter = "\u1e0f\u239e\u08d8"  # the last two can be drawn, but not there

        found = words(post(f"Se Å{after_a_letter}"))

        assert "Vi har svart deg Se Å□ Vennlig hilsen" in found
        assert "Noen tegn kan ikke skrives på papir, og står som □." in found

    @given(st.text(max_size=300))
    @settings(max_examples=50)
    @example("0\u1dc0")
    @example("\u1e0f\u239e\u08d8")
    def test_any_text_at_all_can_be_printed(self, text: str) -> None:
        sender = Sender(name=text, address=text, phone=text)

        found = post(text, subject=text, signed_by=text, sender=sender)

        assert found.startswith(b"%PDF-")


class TestCareCard:
    def test_it_has_the_four_fields_and_where_to_call(self) -> None:
        found = words(card())

        for text in (
            "Til: Kari Nordmann Fra: Dr Lund Dato: 23. november 2026",
            "Dette tror vi Vi tror det er eksem.",
            "Dette gjør du Smør med krem to ganger om dagen.",
            "Når du skal ta kontakt igjen, og hvor Skriv til oss her om to uker.",
            "Hvem som følger opp, og innen når Dr Lund ringer innen 7. desember.",
            "Ring legevakten: 116 117. Står det om liv? Ring 113.",
        ):
            assert text in found

    def test_it_fits_on_one_page(self) -> None:
        assert len(PdfReader(BytesIO(card())).pages) == 1


class TestJournalNote:
    def test_it_has_everything_that_was_written_and_when(self) -> None:
        asked = NoteEntry(at=NOON, author="Kari Nordmann", text="Jeg har utslett.\nDet klør.")
        answered = NoteEntry(at=NOON, author="Dr Lund", text="Hvor lenge har du hatt det?")

        found = words(note(entries=(asked, answered), attachments=("utslett.jpg",)))

        for text in (
            "Journalnotat: E-konsultasjon Pasient: Kari Nordmann",
            "Fødselsnummer: 158380 *****",
            "23. november 2026 kl. 12:00 – Kari Nordmann Jeg har utslett. Det klør.",
            "– Dr Lund Hvor lenge har du hatt det?",
            "Vedlegg utslett.jpg",
        ):
            assert text in found

    def test_it_says_how_it_ended_and_when_it_went_into_the_journal(self) -> None:
        facts = (("Takst", "2ae"),)

        found = words(note(ended_at=NOON, journaled_at=NOON, conclusion=CONCLUSION, facts=facts))

        for text in (
            "Startet: 23. november 2026 kl. 12:00 Avsluttet: 23. november 2026 kl. 12:00",
            "Takst: 2ae",
            "Dette gjør du Smør med krem",
            "Ført i journal 23. november 2026 kl. 12:00",
        ):
            assert text in found

    def test_what_has_not_happened_is_not_mentioned(self) -> None:
        found = words(note())

        for text in ("Avsluttet", "Ført i journal", "Vedlegg", "Dette tror vi"):
            assert text not in found


class TestCopy:
    def test_it_says_what_was_agreed_who_wrote_what_and_what_came_with_it(self) -> None:
        found = words(whole(note="Interne merknader er ikke med."))

        for text in (
            "E-konsultasjon: Medisin Pasient: Kari Nordmann Status: Avsluttet",
            "Kopien er laget: 23. november 2026 kl. 12:00",
            "Hva det koster Pris: Du betaler ingenting.",
            "Dette har skjedd 23. november 2026 kl. 12:00: Sendt",
            "23. november 2026 kl. 12:00 – Kari Nordmann Det klør. Vedlegg: arm.jpg (1,0 MB)",
            "Interne merknader er ikke med.",
        ):
            assert text in found

    def test_a_fact_of_several_lines_keeps_them(self) -> None:
        found = words(whole(facts=(("Levaxin", "Fornyet\nHent den i dag"),)))

        assert "Levaxin: Fornyet Hent den i dag" in found

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_people_write_is_shown_and_never_run(self, text: str) -> None:
        entry = NoteEntry(at=NOON, author=text, text=text)

        found = words(whole(entries=((entry, (text,)),), facts=((text, text),)))

        assert bare(found).count(bare(text)) >= 5


def root_of(data: bytes) -> Any:
    return PdfReader(BytesIO(data)).trailer["/Root"]
