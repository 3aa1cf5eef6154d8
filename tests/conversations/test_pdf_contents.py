"""PDF files: plain pages are taken, and whatever can run, open or carry something is not."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from dialog.conversations import pdf_contents
from dialog.conversations.files import clean
from dialog.errors import InvalidInput

ACTIVE = "skript eller andre filer"
BROKEN = "PDF-en er skadet"


def pages(count: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    return writer


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    keys = {NameObject("/S"): NameObject(kind)}
    return DictionaryObject(
        keys | {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    )


def with_action(found: DictionaryObject) -> bytes:
    writer = pages()
    writer.root_object[NameObject("/OpenAction")] = found
    return written(writer)


def in_an_object_stream(content: bytes) -> bytes:
    """A PDF whose open action lies in a compressed stream of objects, where no search sees it."""
    inside = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 7 0 R >> ",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >> ",
        content,
    ]
    second, third = len(inside[0]), len(inside[0] + inside[1])
    header = f"1 0 2 {second} 7 {third} ".encode()
    body = zlib.compress(header + b"".join(inside))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    objects = stream(b"/Type /ObjStm /N 3 /First %d /Filter /FlateDecode" % len(header), body)
    start = b"%PDF-1.7\n"
    page_at, objects_at = len(start), len(start + numbered(3, page))
    written = start + numbered(3, page) + numbered(4, objects)
    rows = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (1, page_at, 0), (1, objects_at, 0),
            (1, len(written), 0), (0, 0, 0), (2, 4, 2)]  # fmt: skip
    table = b"".join(bytes([kind, *at.to_bytes(4, "big"), index]) for kind, at, index in rows)
    where = stream(b"/Type /XRef /Size 8 /W [1 4 1] /Root 1 0 R", table)
    return written + numbered(5, where) + b"startxref\n%d\n%%%%EOF\n" % len(written)


def numbered(number: int, content: bytes) -> bytes:
    return b"%d 0 obj %s endobj\n" % (number, content)


def stream(keys: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >> stream\n%s\nendstream" % (keys, len(body), body)


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        clean("svar.pdf", data)
    assert refused.value.field == "files"
    return str(refused.value.sentence)


class TestTaken:
    def test_plain_pages_come_through_as_they_are(self) -> None:
        data = written(pages(3))

        found = clean("Epikrise fra sykehuset.PDF", data)

        assert (found.name, found.media_type, found.data) == (
            "Epikrise fra sykehuset.pdf",
            "application/pdf",
            data,
        )

    def test_a_link_to_a_page_on_the_web_is_nothing_to_fear(self) -> None:
        writer = pages()
        link = Link(rect=(0, 0, 50, 50), url="https://legekontor.example/")
        writer.add_annotation(0, link)

        assert clean("svar.pdf", written(writer)).media_type == "application/pdf"

    def test_the_made_up_compressed_file_is_whole_when_its_action_is_harmless(self) -> None:
        data = in_an_object_stream(b"<< /S /GoTo /D [3 0 R /Fit] >>")

        assert clean("svar.pdf", data).data == data


class TestRefused:
    @pytest.mark.parametrize(
        "found",
        [
            action("/JavaScript", JS="app.alert(1)"),
            action("/Launch", F="cmd.exe"),
            action("/SubmitForm", F="https://attacker.example/"),
            action("/ImportData", F="x.fdf"),
            action("/GoToE", F="x.pdf"),
            action("/GoToR", F="//attacker.example/x.pdf"),
            action("/Rendition", JS="x"),
        ],
    )
    def test_an_action_that_does_something(self, found: DictionaryObject) -> None:
        assert ACTIVE in refusal(with_action(found))

    def test_an_action_hidden_behind_a_harmless_one(self) -> None:
        first = action("/GoTo")
        first[NameObject("/Next")] = ArrayObject([action("/Launch", F="cmd.exe")])

        assert ACTIVE in refusal(with_action(first))

    def test_a_script_under_a_twisted_name(self) -> None:
        data = with_action(action("/JavaScript", JS="x"))

        assert ACTIVE in refusal(data.replace(b"/JavaScript", b"/J#61vaScrip#74", 1))

    def test_a_script_in_a_compressed_stream_of_objects(self) -> None:
        data = in_an_object_stream(b"<< /S /JavaScript /JS (app.alert(1)) >>")

        assert b"JavaScript" not in data
        assert ACTIVE in refusal(data)

    def test_a_script_no_page_leads_to(self) -> None:
        writer = pages()
        writer._add_object(action("/JavaScript", JS="x"))

        assert ACTIVE in refusal(written(writer))

    def test_a_script_only_another_reader_would_find(self) -> None:
        data = written(pages())
        lost = b"\n99 0 obj << /S /Launch /F (cmd.exe) >> endobj\n"

        assert ACTIVE in refusal(data.replace(b"startxref", lost + b"startxref"))

    def test_a_file_inside_the_file(self) -> None:
        writer = pages()
        writer.add_attachment("lonn.xlsx", b"PK")

        assert ACTIVE in refusal(written(writer))

    def test_a_film_on_the_page(self) -> None:
        writer = pages()
        film = DictionaryObject({NameObject("/Subtype"): NameObject("/RichMedia")})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([film])

        assert ACTIVE in refusal(written(writer))

    def test_a_locked_file(self) -> None:
        writer = pages()
        writer.encrypt("passord", algorithm="RC4-128")

        assert "låst med passord" in refusal(written(writer))

    @pytest.mark.parametrize(
        "data",
        [
            b"%PDF-1.7\n",
            b"%PDF-1.7\n%%EOF",
            b"%PDF-1.7\n1 0 obj << >> endobj\nstartxref\n0\n%%EOF",
            written(pages())[:-40],
            written(PdfWriter()),
        ],
    )
    def test_a_broken_file(self, data: bytes) -> None:
        assert BROKEN in refusal(data)

    def test_a_file_with_too_many_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf_contents, "MOST_OBJECTS", 3)

        assert "for sammensatt" in refusal(written(pages(5)))

    def test_a_file_nested_without_end(self) -> None:
        deep = b"<< /A " * 500 + b"1" + b" >>" * 500
        data = in_an_object_stream(b"<< /S /GoTo /D " + deep + b" >>")

        assert BROKEN in refusal(data)

    def test_a_stream_that_would_fill_the_memory(self) -> None:
        assert BROKEN in refusal(in_an_object_stream(bytes(80_000_000)))

    @given(st.integers(9, 600), st.binary(min_size=1, max_size=12))
    def test_a_twisted_file_is_taken_or_refused_and_never_worse(
        self, at: int, noise: bytes
    ) -> None:
        data = written(pages(2))

        try:
            clean("svar.pdf", data[:at] + noise + data[at + len(noise) :])
        except InvalidInput as refused:
            assert refused.sentence
