"""Files people send: which kinds are taken, and under which name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.conversations import files
from dialog.conversations.files import CleanFile, clean_name
from tests.conversations.pictures import HEIC, half_and_half, refusal, written


class TestOtherFiles:
    @pytest.mark.parametrize(
        "data",
        [
            b"hei",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"<!doctype html><script>alert(1)</script>",
            b"MZ\x90\x00" + bytes(200),
            b"PK\x03\x04" + bytes(200),
            written(half_and_half(), "GIF"),
            written(half_and_half(), "TIFF"),
            written(half_and_half(), "AVIF"),
            written(half_and_half(), "BMP"),
            b" %PDF-1.7\n%%EOF",
            HEIC[:8] + b"avif" + HEIC[12:],
        ],
    )
    def test_what_we_do_not_take_is_refused_whatever_it_calls_itself(self, data: bytes) -> None:
        assert "Send et bilde (JPEG, PNG, HEIC) eller en PDF" in refusal("bilde.jpg", data)

    def test_an_empty_file_is_refused(self) -> None:
        assert "tom" in refusal("bilde.jpg", b"")

    def test_a_file_over_ten_megabytes_is_refused_before_it_is_read(self) -> None:
        assert "opptil 10 MB" in refusal("bilde.jpg", bytes(10 * 1024 * 1024 + 1))

    @pytest.mark.parametrize("opinion", ["filetype", "puremagic"])
    def test_both_opinions_must_agree(self, opinion: str, monkeypatch: pytest.MonkeyPatch) -> None:
        data = written(half_and_half(), "PNG")
        if opinion == "filetype":
            monkeypatch.setattr("filetype.guess_mime", lambda data: "image/jpeg")
        else:
            monkeypatch.setattr("puremagic.magic_string", lambda data: [])

        assert "denne typen fil" in refusal("bilde.png", data)


class TestNames:
    @pytest.mark.parametrize(
        ("name", "cleaned"),
        [
            ("utslett.JPG", "utslett.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\Users\\Kari\\bilde.png", "bilde.jpg"),
            ("bilde.jpg.exe", "bilde.jpg.jpg"),
            ("gpj\u202e.exe", "gpj.jpg"),
            ("a\x00b\r\nc.jpg", "a b c.jpg"),
            ('<"rart?">.jpg', "rart.jpg"),
            ("Čáhppes æøå.jpg", "Čáhppes æøå.jpg"),
            ("  .jpg", "jpg.jpg"),
            ("...", "Bilde.jpg"),
            ("", "Bilde.jpg"),
            ("/", "Bilde.jpg"),
            ("å" * 300 + ".png", "å" * 96 + ".jpg"),
        ],
    )
    def test_a_name_is_shown_without_tricks(self, name: str, cleaned: str) -> None:
        assert clean_name(name, "image/jpeg") == cleaned

    def test_a_nameless_pdf_is_a_document(self) -> None:
        assert clean_name("", files.PDF) == "Dokument.pdf"

    @given(st.text(max_size=300))
    def test_any_name_is_short_printable_and_ends_as_it_should(self, name: str) -> None:
        found = clean_name(name, "image/png")

        assert len(found) <= 100
        assert found.endswith(".png")
        assert found.isprintable()
        assert not set(found) & set('/\\<>:"|?*')
        assert not found.startswith((".", " "))

    def test_printing_a_file_tells_neither_name_nor_content(self) -> None:
        assert (
            repr(CleanFile("Kari.pdf", files.PDF, b"abc")) == "CleanFile(application/pdf, 3 bytes)"
        )
