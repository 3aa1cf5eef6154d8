"""Text made printable: what the fonts have, what they lack, and how it is divided."""

import pytest

from dialog.conversations import printable


class TestPrintable:
    def test_every_sign_taken_as_known_is_in_the_fonts(self) -> None:
        known = [chr(n) for n in range(32, 0x2030) if printable._WELL_KNOWN.match(chr(n))]

        assert len(known) > 600
        assert printable._has_glyph("".join(known))

    def test_the_fonts_are_asked_about_few_signs_and_the_rest_is_replaced(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(printable, "MOST_RARE", 2)
        texts = printable.Printable()

        found = texts.line("ა ბ გ ა")

        assert found == "ა ბ □ ა"
        assert texts.lost

    def test_paragraphs_are_as_they_were_divided(self) -> None:
        found = printable.Printable().paragraphs("\r\n en \r\nto\r\n\r\n \r\ntre\u2028fire\n")

        assert found == [["en", "to"], ["tre", "fire"]]

    def test_an_endless_word_is_not_broken_between_a_sign_and_its_marks(self) -> None:
        found = printable.Printable().line("q\u0301" * 40)

        assert found == "\u200b".join(("q\u0301" * 30, "q\u0301" * 10))
