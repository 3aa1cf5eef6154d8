"""What is printed is read aloud, kept for years, and taken back as an attachment."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from dialog.conversations import pdf_contents
from tests.conversations.test_paper import card, note, post, root_of, whole


@pytest.mark.parametrize("made", [post, card, note, whole])
class TestForEverybody:
    def test_a_screen_reader_finds_language_title_and_tags(self, made: Any) -> None:
        data = made()

        root = root_of(data)
        metadata = PdfReader(BytesIO(data)).metadata
        assert root["/Lang"] == "nb"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/K"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert metadata is not None
        assert metadata.title

    def test_it_declares_the_standards_for_reading_aloud_and_for_keeping(self, made: Any) -> None:
        declared = root_of(made())["/Metadata"].get_data()

        assert b"<pdfuaid:part>1</pdfuaid:part>" in declared
        assert b"<pdfaid:part>2</pdfaid:part>" in declared
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in declared

    def test_headings_are_headings(self, made: Any) -> None:
        kinds = kinds_of(root_of(made())["/StructTreeRoot"])

        assert kinds.count("/H1") == 1

    def test_its_fonts_are_inside(self, made: Any) -> None:
        pages: Any = PdfReader(BytesIO(made())).pages
        fonts = [
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            for page in pages
            for font in page["/Resources"]["/Font"].values()
        ]

        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & font.keys() for font in fonts)

    def test_we_would_take_it_back_as_an_attachment(self, made: Any) -> None:
        pdf_contents.must_be_plain(made())

    def test_the_same_document_is_the_same_bytes(self, made: Any) -> None:
        assert made() == made()


def kinds_of(found: Any) -> list[str]:
    """The kinds of the tags of a document, all the way down."""
    found = found.get_object() if hasattr(found, "get_object") else found
    if isinstance(found, list):
        return [kind for each in found for kind in kinds_of(each)]
    if not isinstance(found, dict):
        return []
    return [str(found.get("/S", "")), *kinds_of(found.get("/K", []))]
